import type { Refusal } from '../domain/submission.ts';
import type { WebhookEndpoint } from '../domain/webhook-endpoint.ts';
import { whyItReceivesNothing } from '../domain/why-it-receives-nothing.ts';
import { abortableSleep } from '../kernel/abortable-sleep.ts';
import type { Clock } from '../kernel/clock.ts';
import type { WebhookEndpointStore } from '../store/webhook-endpoint-store.ts';
import { noSuchEndpoint } from './update-webhook-endpoint.ts';

export interface KnownToReceiveDeps {
  endpoints: Pick<WebhookEndpointStore, 'byId'>;
  clock: Pick<Clock, 'now'>;
}

/** Whoever sends for an endpoint reads it anew every second. */
const TAKES_EFFECT_MS = 2_000;

/**
 * The endpoint, or why nothing can be sent to it. One that was just changed is given the time that this takes to be known:
 * a sender that still takes it for inactive would cancel what it is handed.
 */
export async function knownToReceive(
  { endpoints, clock }: KnownToReceiveDeps,
  id: string,
  path: string[],
): Promise<{ endpoint: WebhookEndpoint } | { refusal: Refusal }> {
  const endpoint = await endpoints.byId(id);
  if (endpoint === null) return { refusal: { ...noSuchEndpoint(id), path } };
  const why = whyItReceivesNothing(endpoint);
  if (why !== null) return { refusal: { code: 'CONFLICT', message: `nothing can be sent: ${why}`, path } };
  await abortableSleep(untilKnownMs(endpoint, clock.now()), new AbortController().signal);
  return { endpoint };
}

/** How long until every sender knows of the endpoint's last change; 0 where it does. */
export function untilKnownMs({ createdAt, updatedAt }: WebhookEndpoint, now: Date): number {
  // Of a new one nobody knows anything that is out of date.
  if (updatedAt === null || createdAt?.getTime() === updatedAt.getTime()) return 0;
  const left = updatedAt.getTime() + TAKES_EFFECT_MS - now.getTime();
  return Math.min(Math.max(left, 0), TAKES_EFFECT_MS);
}
