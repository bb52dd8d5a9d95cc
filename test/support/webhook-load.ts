import type { AcceptedWebhook } from './find-losses.ts';
import type { Poster } from './post-webhook.ts';
import { atOnce } from './post-webhook.ts';

export interface WebhookLoad {
  /** What was taken so far. */
  accepted: AcceptedWebhook[];
  /** Resolves as soon as so many are; rejects when the load fails. */
  reaches(count: number): Promise<void>;
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
 * exactly one event. Loads of different names have nothing in common.
 */
export function startWebhookLoad(
  poster: Poster,
  { count, width, name = 'load' }: { count: number; width: number; name?: string },
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
    await post(`${name}-lone-${index}`, { title: `Disk ${index} is full` }, STEPS[0].event);
    for (const { status, event } of STEPS) {
      const title = `Checkout ${index} is down`;
      await post(`${name}-${index}-${status}`, { title, status, dedup_key: `${name}-${index}` }, event);
    }
  });

  const done = atOnce(width, jobs).then(() => undefined);
  // Whoever waits for it hears of it; until then it must not end the test run.
  done.catch(() => undefined);
  return {
    accepted,
    async reaches(wanted) {
      const reached = new Promise<void>((resolve) => {
        if (accepted.length >= wanted) resolve();
        else awaited.push({ count: wanted, resolve });
      });
      await Promise.race([reached, done]);
    },
    done,
  };
}
