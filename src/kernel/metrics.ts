import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

export type Metrics = ReturnType<typeof createMetrics>;

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** One registry with everything that is counted. Labels are words of ours: never an id, a url or a name from outside. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const webhooks = new Counter({
    name: 'opslens_webhooks_received_total',
    help: 'Inbound webhooks answered, by provider and outcome.',
    labelNames: ['source', 'outcome'],
    registers,
  });
  const ingestDuration = new Histogram({
    name: 'opslens_ingest_duration_seconds',
    help: 'From the first byte of an inbound webhook to its answer.',
    labelNames: ['source'],
    buckets: SECONDS,
    registers,
  });
  const attempts = new Counter({
    name: 'opslens_delivery_attempts_total',
    help: 'Pushes made, by class of status (2xx to 5xx, or none), by why no answer came (or none), and by what followed.',
    labelNames: ['status_class', 'error', 'outcome'],
    registers,
  });
  const attemptDuration = new Histogram({
    name: 'opslens_delivery_attempt_duration_seconds',
    help: 'How long pushes took.',
    buckets: SECONDS,
    registers,
  });
  const lag = new Histogram({
    name: 'opslens_delivery_lag_seconds',
    help: 'From the fan-out of an event to the 2xx for it.',
    buckets: [...SECONDS, 60, 600, 3600, 21_600],
    registers,
  });
  const slotsLost = new Counter({
    name: 'opslens_slots_lost_total',
    help: 'Slots of endpoints that another process took before this one gave them up.',
    registers,
  });
  const ssrfBlocked = new Counter({
    name: 'opslens_ssrf_blocked_total',
    help: 'Targets of outgoing webhooks that were refused, at registration or when a connection was to be made.',
    labelNames: ['stage'],
    registers,
  });
  return {
    registry,
    /** One webhook was answered, or will never be. `outcome` is a word of ours. */
    webhookReceived(provider: string, outcome: string, seconds: number): void {
      webhooks.inc({ source: provider, outcome });
      ingestDuration.observe({ source: provider }, seconds);
    },
    deliveryAttempted({ status, error, outcome, durationMs, lagMs }: DeliveryAttempt): void {
      const statusClass = status === null ? 'none' : `${Math.floor(status / 100)}xx`;
      attempts.inc({ status_class: statusClass, error: error ?? 'none', outcome });
      attemptDuration.observe(durationMs / 1000);
      if (outcome === 'DELIVERED') lag.observe(lagMs / 1000);
    },
    slotLost: (): void => slotsLost.inc(),
    ssrfBlocked: (stage: 'registration' | 'connect'): void => ssrfBlocked.inc({ stage }),
    /** A number that is asked for whenever the metrics are read. */
    gauge(name: string, help: string, read: () => number): void {
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(read());
        },
      });
    },
  };
}

export interface DeliveryAttempt {
  /** Null where no answer came. */
  status: number | null;
  /** A word of ours for why none came; null where one did. */
  error: string | null;
  /** What followed for the delivery. */
  outcome: 'DELIVERED' | 'WAITING' | 'DEAD';
  durationMs: number;
  /** Since the event was fanned out. */
  lagMs: number;
}
