import type { Refusal } from '../domain/submission.ts';
import type { WebhookEndpoint } from '../domain/webhook-endpoint.ts';
import type { WebhookEndpointStore } from '../store/webhook-endpoint-store.ts';
import { noSuchEndpoint } from './update-webhook-endpoint.ts';

export interface DeleteWebhookEndpointDeps {
  endpoints: Pick<WebhookEndpointStore, 'remove'>;
}

/** The endpoint as it last was. */
export type DeleteWebhookEndpointResult = { endpoint: WebhookEndpoint } | { refusals: Refusal[] };

/** Removes a receiver, hand-made ones included. Its open deliveries are cancelled when they are met. */
export async function deleteWebhookEndpoint(
  { endpoints }: DeleteWebhookEndpointDeps,
  { id }: { id: string },
): Promise<DeleteWebhookEndpointResult> {
  const endpoint = await endpoints.remove(id);
  return endpoint === null ? { refusals: [noSuchEndpoint(id)] } : { endpoint };
}
