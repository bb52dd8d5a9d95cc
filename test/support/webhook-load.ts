import type { AcceptedWebhook } from './find-losses.ts';
import type { Poster } from './post-webhook.ts';
import { atOnce } from './post-webhook.ts';

/** What was taken so far. */
export interface LoadProgress {
  accepted: AcceptedWebhook[];
  /** Resolves as soon as so many are. */
  reaches(count: number): Promise<void>;
}

export interface WebhookLoad extends LoadProgress {
  /** Resolves when all are. */
  done: Promise<void>;
}

const STEPS = [
  { status: 'triggered', event: { type: 'INCIDENT_CREATED', status: 'OPEN' } },
  { status: 'acknowledged', event: { type: 'INCIDENT_UPDATED', status: 'ACKNOWLEDGED' } },
  { status: 'resolved', event: { type: 'INCIDENT_UPDATED', status: 'RESOLVED' } },
] as const;

/**
 * Posts `count` generic webhooks over the poster's connections. Of four, three belong to one incident (its trigger,
 * acknowledgement and resolve, each posted once the one before was taken) and one names no key. Each brings about
 * exactly one event.
 */
export function startWebhookLoad(
  poster: Poster,
  { count, width }: { count: number; width: number },
): WebhookLoad {
  const accepted: AcceptedWebhook[] = [];
  const awaited: { count: number; resolve: () => void }[] = [];

  const post = async (
    idempotencyKey: string,
    body: Record<string, string>,
    event: AcceptedWebhook['event'],
  ): Promise<void> => {
    const { status, json } = await poster.post({ provider: 'generic', idempotencyKey, body });
    if (status !== 200) throw new Error(`${idempotencyKey} was answered ${status}: ${JSON.stringify(json)}`);
    accepted.push({
      idempotencyKey,
      receiptId: String(json['receipt_id']),
      incidentId: String(json['incident_id']),
      event,
    });
    for (const waiter of awaited) if (accepted.length >= waiter.count) waiter.resolve();
  };

  const jobs = Array.from({ length: count / 4 }, (_, index) => async () => {
    await post(`lone-${index}`, { title: `Disk ${index} is full` }, STEPS[0].event);
    for (const { status, event } of STEPS) {
      const title = `Checkout ${index} is down`;
      await post(`keyed-${index}-${status}`, { title, status, dedup_key: `outage-${index}` }, event);
    }
  });

  return {
    accepted,
    reaches: (wanted) =>
      new Promise((resolve) => {
        if (accepted.length >= wanted) resolve();
        else awaited.push({ count: wanted, resolve });
      }),
    done: atOnce(width, jobs).then(() => undefined),
  };
}
