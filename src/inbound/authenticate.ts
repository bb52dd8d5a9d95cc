import type { IntakeRequest, Problem, VerifiedRequest } from './intake.ts';
import type { Provider, Verification, VerifyContext } from './provider.ts';
import type { Source, SourceSecret } from './source.ts';

export type Authentication =
  { kind: 'VERIFIED'; request: VerifiedRequest } | { kind: 'REFUSED'; problem: Problem };

export interface AuthenticateOptions extends Pick<VerifyContext, 'now' | 'unsignedAllowed' | 'fetchText'> {
  provider: Pick<Provider, 'name' | 'verify' | 'signsWithOwnKey'>;
  source: Source;
}

/** Whether to believe a webhook. A source that has a secret is believed by that secret alone, whatever is allowed. */
export function authenticate(
  request: IntakeRequest,
  options: AuthenticateOptions,
): Authentication | Promise<Authentication> {
  const { provider, source, unsignedAllowed, now, fetchText } = options;
  if (source.secrets === null && provider.signsWithOwnKey !== true) {
    return unsignedAllowed ? verified(request, null, null) : noSecret(provider, source);
  }
  const held = source.secrets ?? [];
  const usable = held.filter(({ value, until }) => value !== '' && (until === null || until > now));
  if (source.secrets !== null && usable.length === 0) {
    return refused(`the secret of the source ${source.name} is empty or has expired`);
  }
  const secrets = usable.map(({ value }) => value);
  const { settings } = source;
  const verification = provider.verify(request, { secrets, settings, now, unsignedAllowed, fetchText });
  return verification instanceof Promise
    ? verification.then((settled) => conclude(request, settled, usable))
    : conclude(request, verification, usable);
}

function noSecret(provider: AuthenticateOptions['provider'], source: Source): Authentication {
  return refused(
    `the source ${source.name} has no secret: set one (${provider.name.toUpperCase()}_WEBHOOK_SECRET), ` +
      `or name ${provider.name} in UNSIGNED_INTAKE to accept webhooks that prove nothing`,
  );
}

function conclude(
  request: IntakeRequest,
  verification: Verification,
  usable: readonly SourceSecret[],
): Authentication {
  if (!verification.matched) return { kind: 'REFUSED', problem: verification.problem };
  const secret = verification.secret === null ? undefined : usable[verification.secret];
  const name = secret?.id == null ? '' : ` with secret ${secret.id}`;
  const generation = secret?.generation === 'PREVIOUS' ? ' (previous secret)' : '';
  return verified(request, `${verification.how}${name}${generation}`, secret?.id ?? null);
}

function verified(
  { headers, body }: IntakeRequest,
  verifiedWith: string | null,
  secretId: string | null,
): Authentication {
  return { kind: 'VERIFIED', request: { headers, body, verifiedWith, secretId } };
}

function refused(message: string): Authentication {
  return { kind: 'REFUSED', problem: { path: '', message } };
}
