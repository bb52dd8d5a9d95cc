import type { IntakeRequest, Problem, VerifiedRequest } from './intake.ts';
import type { Provider } from './provider.ts';
import type { Source } from './sources.ts';

export type Authentication =
  { kind: 'VERIFIED'; request: VerifiedRequest } | { kind: 'REFUSED'; problem: Problem };

export interface AuthenticateOptions {
  provider: Pick<Provider, 'name' | 'verify'>;
  source: Source;
  unsignedIntakeAllowed: (provider: string) => boolean;
  now: Date;
}

/** Whether to believe a webhook. A source that has a secret is believed by that secret alone, whatever is allowed. */
export function authenticate(request: IntakeRequest, options: AuthenticateOptions): Authentication {
  const { provider, source, unsignedIntakeAllowed, now } = options;
  if (source.secrets === null) {
    if (unsignedIntakeAllowed(provider.name)) return verified(request, null);
    return refused(
      `the source ${source.name} has no secret: set one (${provider.name.toUpperCase()}_WEBHOOK_SECRET), ` +
        `or name ${provider.name} in UNSIGNED_INTAKE to accept webhooks that prove nothing`,
    );
  }
  const usable = source.secrets.filter(({ value, until }) => value !== '' && (until === null || until > now));
  if (usable.length === 0) return refused(`the secret of the source ${source.name} is empty or has expired`);
  const verification = provider.verify(
    request,
    usable.map(({ value }) => value),
  );
  if (!verification.matched) return { kind: 'REFUSED', problem: verification.problem };
  const previous = usable[verification.secret]?.generation === 'PREVIOUS';
  return verified(request, previous ? `${verification.how} (previous secret)` : verification.how);
}

function verified({ headers, body }: IntakeRequest, verifiedWith: string | null): Authentication {
  return { kind: 'VERIFIED', request: { headers, body, verifiedWith } };
}

function refused(message: string): Authentication {
  return { kind: 'REFUSED', problem: { path: '', message } };
}
