import { sourceVariables } from '../domain/source-variables.ts';
import type { IntakeRequest, Problem, VerifiedRequest } from './intake.ts';
import type { Provider, Verification, VerifyContext } from './provider.ts';
import type { Source, SourceSecret } from './source.ts';

export type Authentication =
  | { kind: 'VERIFIED'; request: VerifiedRequest }
  /** 503 where the fault is ours: the sender may be right, and is to come again. */
  | { kind: 'REFUSED'; status: 401 | 503; problem: Problem };

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
  const inForce = held.filter(({ value, until }) => value !== '' && (until === null || until > now));
  const usable = inForce.filter(isOpen);
  const shut = inForce.find((secret) => !isOpen(secret));
  if (source.secrets !== null && usable.length === 0) {
    return shut === undefined
      ? refused(`the secret of the source ${source.name} is empty or has expired`)
      : cannotOpen(source, shut);
  }
  const secrets = usable.map(({ value }) => value);
  const { settings } = source;
  const verification = provider.verify(request, { secrets, settings, now, unsignedAllowed, fetchText });
  const settle = (settled: Verification): Authentication =>
    !settled.matched && shut !== undefined ? cannotOpen(source, shut) : conclude(request, settled, usable);
  return verification instanceof Promise ? verification.then(settle) : settle(verification);
}

type OpenSecret = SourceSecret & { value: string };

function isOpen(secret: SourceSecret): secret is OpenSecret {
  return secret.value !== null;
}

function cannotOpen({ name }: Source, { id }: SourceSecret): Authentication {
  const message =
    `secret ${id ?? ''} of the source ${name} cannot be opened, so nobody can tell whether this is its sender: ` +
    'start OpsLens with the SECRET_KEY that it was sealed with as SECRET_KEY_PREVIOUS, or rotate the secret';
  return { kind: 'REFUSED', status: 503, problem: { path: '', message } };
}

function noSecret(provider: AuthenticateOptions['provider'], source: Source): Authentication {
  // Default sources are named like their provider, and no other source is.
  const how =
    source.name === provider.name ? sourceVariables(provider).secret : 'mutation rotateSourceSecret';
  return refused(
    `the source ${source.name} has no secret: set one (${how}), ` +
      `or name ${provider.name} in UNSIGNED_INTAKE to accept webhooks that prove nothing`,
  );
}

function conclude(
  request: IntakeRequest,
  verification: Verification,
  usable: readonly SourceSecret[],
): Authentication {
  if (!verification.matched) {
    const { status = 401, problem } = verification;
    return { kind: 'REFUSED', status, problem };
  }
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
  return { kind: 'REFUSED', status: 401, problem: { path: '', message } };
}
