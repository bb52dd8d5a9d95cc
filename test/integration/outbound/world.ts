import { generateKeyPairSync } from 'node:crypto';
import type { Connection } from 'mongoose';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { Delivery } from '../../../src/domain/delivery.ts';
import type { EndpointHealth } from '../../../src/domain/endpoint-health.ts';
import { NO_SETTINGS } from '../../../src/domain/webhook-endpoint.ts';
import type { WebhookEndpoint } from '../../../src/domain/webhook-endpoint.ts';
import { createBroadcast } from '../../../src/kernel/broadcast.ts';
import { createMetrics } from '../../../src/kernel/metrics.ts';
import { systemClock } from '../../../src/kernel/clock.ts';
import { describeThisProcess, isProcessAlive } from '../../../src/kernel/process-identity.ts';
import type { ProcessIdentity } from '../../../src/kernel/process-identity.ts';
import { startOutbound } from '../../../src/outbound/outbound.ts';
import type { Outbound, OutboundDeps } from '../../../src/outbound/outbound.ts';
import { deliveryModel, toDelivery, toDeliveryRow } from '../../../src/store/delivery-row.ts';
import { createDeliveryStore } from '../../../src/store/delivery-store.ts';
import { endpointHealthModel, toEndpointHealth } from '../../../src/store/endpoint-health-row.ts';
import { createEndpointHealthStore } from '../../../src/store/endpoint-health-store.ts';
import { ensureCollections } from '../../../src/store/ensure-collections.ts';
import { eventModel, toEventRow } from '../../../src/store/event-row.ts';
import { createEventStore } from '../../../src/store/event-store.ts';
import { leaseModel } from '../../../src/store/lease-row.ts';
import { createLeaseStore } from '../../../src/store/lease-store.ts';
import type { LeaseStore } from '../../../src/store/lease-store.ts';
import { nativeCollection } from '../../../src/store/native-collection.ts';
import { createRunTransaction } from '../../../src/store/transaction.ts';
import { eventually } from '../../support/eventually.ts';
import { anEvent } from '../../support/event-log.ts';
import { loopbackGuard } from '../../support/target-guard.ts';
import { openTestDatabase } from '../../support/test-database.ts';

export const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

export type World = Awaited<ReturnType<typeof openWorld>>;

export function anEndpoint(id: string, url: string, fields: Partial<WebhookEndpoint> = {}): WebhookEndpoint {
  return {
    id,
    url,
    events: ['INCIDENT_CREATED'],
    description: null,
    isActive: true,
    state: 'ACTIVE',
    invalidReason: null,
    secret: { form: 'PLAIN', value: SECRET },
    ...NO_SETTINGS,
    nextSecret: null,
    pausedAt: null,
    disabledAt: null,
    disabledReason: null,
    createdAt: null,
    updatedAt: null,
    ...fields,
  };
}

/** One database with deliveries, endpoints that the test sets, and as many outbound processes as it starts. */
export async function openWorld() {
  const connection = await openTestDatabase();
  const events = nativeCollection(eventModel(connection));
  const deliveries = nativeCollection(deliveryModel(connection));
  const leases = nativeCollection(leaseModel(connection));
  const healths = nativeCollection(endpointHealthModel(connection));
  await ensureCollections(connection);
  const wake = createBroadcast<{ endpointIds: readonly string[] }>();
  let endpoints: WebhookEndpoint[] = [];
  let present: ProcessIdentity[] = [];
  let sequence = 0;

  const read = async (filter: Partial<Pick<Delivery, 'endpointId' | 'incidentId' | 'state'>> = {}) =>
    (await deliveries.find(filter).sort({ sequence: 1 }).toArray()).map(toDelivery);

  return {
    self: await describeThisProcess(),
    connection,
    deliveries,
    leases,
    read,
    /** What is stored of an endpoint's health; null for nothing. */
    async health(endpointId: string): Promise<EndpointHealth | null> {
      const row = await healths.findOne({ _id: endpointId });
      return row && toEndpointHealth(row);
    },
    setEndpoints(...all: WebhookEndpoint[]) {
      endpoints = all;
    },

    /** Stores an event per incident named, in this order, with its delivery to the endpoint, as the sequencer does. */
    async fanOut(
      endpointId: string,
      incidentIds: readonly string[],
      body?: string,
      fields: (index: number) => Partial<Delivery> = () => ({}),
    ): Promise<Delivery[]> {
      const made = incidentIds.map((incidentId, index) => {
        const fact = { ...anEvent({ incidentId }), ...(body !== undefined && { body }) };
        sequence++;
        const delivery = { ...aDelivery(fact, endpointId, sequence), ...fields(index) };
        return { fact, sequence, delivery };
      });
      await events.insertMany(
        made.map(({ fact, ...numbered }) => {
          const { unnumbered: _, ...row } = toEventRow(fact);
          return { ...row, sequence: numbered.sequence };
        }),
      );
      await deliveries.insertMany(made.map(({ delivery }) => toDeliveryRow(delivery)));
      wake.emit({ endpointIds: [endpointId] });
      return made.map(({ delivery }) => delivery);
    },

    /** Starts a process of its own; disposed when the test ends. */
    async start(
      options: Partial<OutboundDeps> = {},
      tamper: (leases: LeaseStore) => LeaseStore = (leases) => leases,
    ): Promise<Outbound> {
      const self = await describeThisProcess();
      present = [...present, self];
      const outbound = startOutbound({
        deliveries: createDeliveryStore(connection),
        endpoints: {
          all: () => Promise.resolve(endpoints),
          byId: (id) => Promise.resolve(endpoints.find((endpoint) => endpoint.id === id) ?? null),
          replaceSecrets: () => Promise.resolve('CHANGED_MEANWHILE'),
          disable(one) {
            endpoints = endpoints.map((endpoint) =>
              endpoint.id === one.id && endpoint.url === one.url
                ? {
                    ...endpoint,
                    isActive: false,
                    state: 'DISABLED',
                    disabledReason: one.reason,
                    disabledAt: one.at,
                  }
                : endpoint,
            );
            return Promise.resolve();
          },
        },
        healths: createEndpointHealthStore(connection),
        onHealthChanged: () => undefined,
        events: createEventStore(connection),
        leases: tamper(createLeaseStore({ connection, self, isProcessAlive })),
        presence: { processes: () => present },
        self,
        runTransaction: createRunTransaction(connection),
        openSecret: ({ secret }) => (secret?.form === 'PLAIN' ? secret.value : ''),
        openHeader: (_endpointId, { sealed }) => sealed,
        privateKey: () => generateKeyPairSync('ed25519').privateKey,
        guard: loopbackGuard(),
        schedule: [0, 0.1, 0.1],
        clock: systemClock,
        random: () => 0,
        logger: pino({ level: process.env['LOG_LEVEL'] ?? 'silent' }),
        metrics: createMetrics(),
        figures: { attempted: () => undefined },
        wake,
        version: '1.2.3',
        ...options,
      });
      const close = async (): Promise<void> => {
        present = present.filter((other) => other !== self);
        await outbound[Symbol.asyncDispose]();
      };
      onTestFinished(close);
      return { ...outbound, [Symbol.asyncDispose]: close };
    },

    /** Resolves with the endpoint's deliveries once they are all final. */
    settled(endpointId: string, withinMs = 10_000): Promise<Delivery[]> {
      return eventually(
        () => read({ endpointId }),
        (all) => all.length > 0 && all.every(({ completedAt }) => completedAt !== null),
        { withinMs, what: `all deliveries of ${endpointId} are final` },
      );
    },
  };
}

function aDelivery(
  fact: { id: string; incidentId: string; body: string },
  endpointId: string,
  sequence: number,
): Delivery {
  const now = new Date();
  return {
    id: `${fact.id}:${endpointId}`,
    eventId: fact.id,
    eventType: 'INCIDENT_CREATED',
    endpointId,
    incidentId: fact.incidentId,
    sequence,
    previousSequence: sequence === 1 ? null : sequence - 1,
    priority: 0,
    bodyBytes: Buffer.byteLength(fact.body),
    state: 'PENDING',
    dueAt: now,
    attemptCount: 0,
    attempts: [],
    createdAt: now,
    completedAt: null,
  };
}

export type { Connection };
