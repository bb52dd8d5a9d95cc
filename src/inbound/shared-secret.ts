import { secretsEqual } from '../domain/signing.ts';
import type { IntakeRequest } from './intake.ts';
import { notVerified } from './not-verified.ts';
import type { Verification, VerifyContext } from './provider.ts';

export const SHARED_SECRET_WAYS = [
  'X-Webhook-Secret: <secret>',
  'Authorization: Bearer <secret>',
  'Authorization: Basic, the secret as password',
  'the secret as last part of the URL: /api/v1/webhooks/{provider}/{source}/{secret}',
] as const;

/**
 * For senders that cannot sign: the source's secret itself, in a header or in the URL. `further` is what a provider may hold
 * it in beside these.
 */
export function verifySharedSecret(
  request: IntakeRequest,
  { secrets }: Pick<VerifyContext, 'secrets'>,
  further: readonly string[] = [],
): Verification {
  const presented = presentedSecrets(request, further);
  for (const [index, secret] of secrets.entries()) {
    if (presented.some((candidate) => secretsEqual(candidate, secret))) {
      return { matched: true, how: 'shared secret', secret: index };
    }
  }
  const message =
    presented.length === 0
      ? 'is missing: this source has a secret, to be sent here, as Authorization: Bearer, or in the URL'
      : 'the secret sent is not that of this source';
  return notVerified('X-Webhook-Secret', message);
}

function presentedSecrets({ headers, token }: IntakeRequest, further: readonly string[]): string[] {
  const inHeaders = [headers['x-webhook-secret'], ...authorizationSecrets(headers['authorization'])];
  const sent = [...inHeaders, token, ...further];
  return sent.filter((secret) => typeof secret === 'string').flatMap(spellings);
}

function authorizationSecrets(header: string | undefined): string[] {
  const [, scheme, credentials] = /^(bearer|basic) +(\S.*)$/i.exec(header ?? '') ?? [];
  if (scheme === undefined || credentials === undefined) return [];
  if (scheme.toLowerCase() === 'bearer') return [credentials.trim()];
  const pair = Buffer.from(credentials, 'base64').toString();
  const colon = pair.indexOf(':');
  return colon === -1 ? [] : [pair.slice(colon + 1)];
}

/** Node reads header bytes as Latin-1, so that a secret in UTF-8 arrives in another spelling. */
function spellings(secret: string): string[] {
  const asUtf8 = Buffer.from(secret, 'latin1').toString();
  return asUtf8 === secret ? [secret] : [secret, asUtf8];
}
