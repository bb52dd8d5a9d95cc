import type { Refusal } from '../domain/submission.ts';
import { whyItReceivesNothing } from '../domain/why-it-receives-nothing.ts';
import type { WebhookEndpointStore } from '../store/webhook-endpoint-store.ts';
import { noSuchEndpoint } from './update-webhook-endpoint.ts';

/** Why nothing can be sent to the endpoint; null where it can. `path` is where the input names it. */
export async function refuseToSend(
  endpoints: Pick<WebhookEndpointStore, 'byId'>,
  id: string,
  path: string[],
): Promise<Refusal | null> {
  const endpoint = await endpoints.byId(id);
  if (endpoint === null) return { ...noSuchEndpoint(id), path };
  const why = whyItReceivesNothing(endpoint);
  return why === null ? null : { code: 'CONFLICT', message: `nothing can be sent: ${why}`, path };
}
