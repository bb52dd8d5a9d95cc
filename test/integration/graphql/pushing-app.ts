import { generateKeyPairSync } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { createBroadcast } from '../../../src/kernel/broadcast.ts';
import { systemClock } from '../../../src/kernel/clock.ts';
import { createMetrics } from '../../../src/kernel/metrics.ts';
import { startOutbound } from '../../../src/outbound/outbound.ts';
import type { Outbound, OutboundDeps } from '../../../src/outbound/outbound.ts';
import { createDeliveryStore } from '../../../src/store/delivery-store.ts';
import { endpointHealthModel } from '../../../src/store/endpoint-health-row.ts';
import { createEndpointHealthStore } from '../../../src/store/endpoint-health-store.ts';
import { createEventStore } from '../../../src/store/event-store.ts';
import { createWebhookEndpointStore } from '../../../src/store/webhook-endpoint-store.ts';
import { silent } from '../../support/event-log.ts';
import { loopbackGuard } from '../../support/target-guard.ts';
import { startSteeringApp } from './steering-app.ts';

export type PushingApp = Awaited<ReturnType<typeof startPushingApp>>;

/** The API with a process beside it that really pushes. */
export async function startPushingApp(options: Partial<OutboundDeps> = {}) {
  let outbound: Outbound | undefined;
  const app = await startSteeringApp({ steered: (id) => outbound?.steered(id) });
  const { connection, log } = app;
  const wake = createBroadcast<{ endpointIds: readonly string[] }>();
  log.numbered.subscribe(({ endpointIds }) => wake.emit({ endpointIds }));
  outbound = startOutbound({
    deliveries: createDeliveryStore(connection),
    endpoints: createWebhookEndpointStore(connection),
    healths: createEndpointHealthStore(connection),
    events: createEventStore(connection),
    leases: log.leases,
    presence: { processes: () => [log.self] },
    self: log.self,
    runTransaction: log.runTransaction,
    openSecret: () => 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    openHeader: (_endpointId, { sealed }) => sealed,
    privateKey: () => generateKeyPairSync('ed25519').privateKey,
    guard: loopbackGuard(),
    schedule: [0, 0.1, 0.1],
    clock: systemClock,
    random: () => 0,
    logger: silent,
    metrics: createMetrics(),
    figures: { attempted: () => undefined },
    onHealthChanged: () => undefined,
    wake,
    version: '1.2.3',
    ...options,
  });
  const pushing = outbound;
  onTestFinished(() => pushing[Symbol.asyncDispose]());
  return {
    ...app,
    /** As if it had never failed. */
    async deleteHealth(endpointId: string): Promise<void> {
      await endpointHealthModel(connection).collection.deleteOne({ _id: endpointId as never });
    },
  };
}
