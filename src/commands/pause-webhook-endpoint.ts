import type { Refusal } from '../domain/submission.ts';
import type { WebhookEndpoint } from '../domain/webhook-endpoint.ts';
import type { Clock } from '../kernel/clock.ts';
import type { WebhookEndpointStore } from '../store/webhook-endpoint-store.ts';
import { noSuchEndpoint } from './update-webhook-endpoint.ts';

export interface PauseWebhookEndpointDeps {
  endpoints: Pick<WebhookEndpointStore, 'byId' | 'update'>;
  clock: Pick<Clock, 'now'>;
}

export interface PauseWebhookEndpointInput {
  id: string;
  /** False resumes it. */
  paused: boolean;
}

export type PausedWebhookEndpoint = { endpoint: WebhookEndpoint } | { refusal: Refusal };

/** While it is paused, what it would receive waits. One that is as it is to be stays untouched. */
export async function pauseWebhookEndpoint(
  { endpoints, clock }: PauseWebhookEndpointDeps,
  { id, paused }: PauseWebhookEndpointInput,
): Promise<PausedWebhookEndpoint> {
  const before = await endpoints.byId(id);
  if (before === null) return { refusal: noSuchEndpoint(id) };
  if ((before.pausedAt !== null) === paused) return { endpoint: before };
  const now = clock.now();
  const endpoint = await endpoints.update(id, { pausedAt: paused ? now : null, updatedAt: now });
  return endpoint === null ? { refusal: noSuchEndpoint(id) } : { endpoint };
}
