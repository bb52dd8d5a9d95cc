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
  return {
    registry,
    /** One webhook was answered, or will never be. `outcome` is a word of ours. */
    webhookReceived(provider: string, outcome: string, seconds: number): void {
      webhooks.inc({ source: provider, outcome });
      ingestDuration.observe({ source: provider }, seconds);
    },
    deliveries: new Counter({
      name: 'opslens_deliveries_total',
      help: 'Deliveries that became final, by state.',
      labelNames: ['outcome'],
      registers,
    }),
    deliveryAttempts: new Counter({
      name: 'opslens_delivery_attempts_total',
      help: 'Pushes made, by class of status (2xx, none) and kind of error.',
      labelNames: ['status_class', 'error'],
      registers,
    }),
    deliveryAttemptDuration: new Histogram({
      name: 'opslens_delivery_attempt_duration_seconds',
      help: 'How long pushes took.',
      buckets: SECONDS,
      registers,
    }),
    deliveryLag: new Histogram({
      name: 'opslens_delivery_lag_seconds',
      help: 'From the commit of an event to the first 2xx for it.',
      buckets: [...SECONDS, 60, 600, 3600, 21_600],
      registers,
    }),
    leasesLost: new Counter({
      name: 'opslens_leases_lost_total',
      help: 'Leases that another process took before this one gave them up.',
      registers,
    }),
    subscriptionsActive: new Gauge({
      name: 'opslens_subscriptions_active',
      help: 'Open GraphQL subscriptions.',
      registers,
    }),
  };
}
