import type { Refusal } from '../domain/submission.ts';
import type { WebhookEndpoint } from '../domain/webhook-endpoint.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { WebhookEndpointStore } from '../store/webhook-endpoint-store.ts';
import { noSuchEndpoint } from './update-webhook-endpoint.ts';

export interface SetPublicKeySignatureDeps {
  endpoints: Pick<WebhookEndpointStore, 'update'>;
  clock: Pick<Clock, 'now'>;
  logger: Pick<Logger, 'info'>;
}

export interface SetPublicKeySignatureInput {
  id: string;
  enabled: boolean;
  /** Names the API key; null where nobody had to say. */
  by: string | null;
}

/** Has an endpoint's webhooks signed with the installation's key pair beside its secret, or no longer. */
export async function setPublicKeySignature(
  { endpoints, clock, logger }: SetPublicKeySignatureDeps,
  { id, enabled, by }: SetPublicKeySignatureInput,
): Promise<{ endpoint: WebhookEndpoint } | { refusals: Refusal[] }> {
  const endpoint = await endpoints.update(id, { publicKeySignature: enabled, updatedAt: clock.now() });
  if (endpoint === null) return { refusals: [noSuchEndpoint(id)] };
  logger.info({ endpointId: endpoint.id, by, enabled }, 'webhook signature by public key set');
  return { endpoint };
}
