import type { Sealer } from '../access/sealing.ts';
import { checkEndpointInput } from '../domain/endpoint-input.ts';
import { rotateEndpointSecret, signingSecrets } from '../domain/endpoint-rotation.ts';
import { refuseOverlap } from '../domain/rotation-overlap.ts';
import { generateSecret } from '../domain/signing.ts';
import type { Refusal } from '../domain/submission.ts';
import type { WebhookEndpoint } from '../domain/webhook-endpoint.ts';
import { changeEndpointSecrets } from './change-endpoint-secrets.ts';
import type { ChangeEndpointSecretsDeps, ChangeEndpointSecretsInput } from './change-endpoint-secrets.ts';
import { endpointSecretPlace } from './create-webhook-endpoint.ts';
import { isSealedAs } from './is-sealed-as.ts';

export interface RotateWebhookEndpointSecretDeps extends ChangeEndpointSecretsDeps {
  sealer: Sealer;
}

export interface RotateWebhookEndpointSecretInput extends ChangeEndpointSecretsInput {
  /** Null has one made. */
  secret: string | null;
  /** How long the one before it goes on signing; 0 ends it at once. */
  overlapHours: number;
}

/** `secret` is the one that was made, to be shown once; null where one was given. */
export type RotateWebhookEndpointSecretResult =
  { endpoint: WebhookEndpoint; secret: string | null } | { refusals: Refusal[] };

/** Gives an endpoint another secret, beside which the one before it signs for a while, so that no receiver breaks. */
export async function rotateWebhookEndpointSecret(
  deps: RotateWebhookEndpointSecretDeps,
  { secret: given, overlapHours, ...input }: RotateWebhookEndpointSecretInput,
): Promise<RotateWebhookEndpointSecretResult> {
  const { sealer } = deps;
  const result = checkEndpointInput({ secret: given });
  const refusals = 'refusals' in result ? result.refusals : [];
  const overlap = refuseOverlap(overlapHours);
  if (overlap !== null) refusals.push(overlap);
  if (refusals.length > 0) return { refusals };

  const made = given === null ? generateSecret() : null;
  const secret = given ?? made ?? '';
  const changed = await changeEndpointSecrets(deps, input, {
    what: 'webhook secret rotated',
    decide(before, now) {
      // By its own id: a person may have named it by another text of the same one.
      const sealed = sealer.seal(secret, endpointSecretPlace(before.id));
      const secrets = rotateEndpointSecret(before, sealed, { overlapHours, now });
      return !('code' in secrets) && isCurrent(sealer, before, secret, now) ? SAME_SECRET : secrets;
    },
  });
  return 'refusals' in changed ? changed : { endpoint: changed.endpoint, secret: made };
}

const SAME_SECRET: Refusal = {
  code: 'INVALID',
  message: 'this is its secret already: give another one, or leave it out to have one made',
  path: ['input', 'secret'],
};

function isCurrent(
  sealer: Pick<Sealer, 'open'>,
  endpoint: WebhookEndpoint,
  secret: string,
  now: Date,
): boolean {
  const current = signingSecrets(endpoint, now)?.current;
  if (current === undefined) return false;
  if (current.form === 'PLAIN') return current.value === secret;
  return isSealedAs(sealer, { sealed: current.sealed, place: endpointSecretPlace(endpoint.id) }, secret);
}
