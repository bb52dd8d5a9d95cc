import type { EndpointSecrets } from '../domain/endpoint-rotation.ts';
import type { Refusal } from '../domain/submission.ts';
import type { WebhookEndpoint } from '../domain/webhook-endpoint.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { WebhookEndpointStore } from '../store/webhook-endpoint-store.ts';
import { noSuchEndpoint } from './update-webhook-endpoint.ts';

export interface ChangeEndpointSecretsDeps {
  endpoints: Pick<WebhookEndpointStore, 'byId' | 'replaceSecrets'>;
  clock: Pick<Clock, 'now'>;
  logger: Pick<Logger, 'info'>;
}

export interface ChangeEndpointSecretsInput {
  id: string;
  /** Names the API key; null where nobody had to say. */
  by: string | null;
}

/**
 * Changes an endpoint's secrets by a pure decision, and logs that it was done. Of two at the same time the second is
 * refused, not decided anew: it would end the secret that the first has just shown.
 */
export async function changeEndpointSecrets(
  { endpoints, clock, logger }: ChangeEndpointSecretsDeps,
  { id, by }: ChangeEndpointSecretsInput,
  {
    what,
    decide,
  }: { what: string; decide: (before: WebhookEndpoint, now: Date) => EndpointSecrets | Refusal },
): Promise<{ endpoint: WebhookEndpoint } | { refusals: Refusal[] }> {
  const before = await endpoints.byId(id);
  if (before === null) return { refusals: [noSuchEndpoint(id)] };
  const now = clock.now();
  const secrets = decide(before, now);
  if ('code' in secrets) return { refusals: [secrets] };
  const endpoint = await endpoints.replaceSecrets(before, { ...secrets, updatedAt: now });
  if (endpoint === null) return { refusals: [noSuchEndpoint(id)] };
  if (endpoint === 'CHANGED_MEANWHILE') return { refusals: [CHANGED_MEANWHILE] };
  logger.info({ endpointId: endpoint.id, by, overlapUntil: secrets.nextSecret?.until ?? null }, what);
  return { endpoint };
}

const CHANGED_MEANWHILE: Refusal = {
  code: 'CONFLICT',
  message: 'its secret was changed by somebody else at the same time: look at it before you ask again',
  path: ['input', 'id'],
};
