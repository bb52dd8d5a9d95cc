import { pino } from 'pino';
import type { Connection } from 'mongoose';
import type { EventType, UnnumberedEvent } from '../../src/domain/event.ts';
import type { FilteringEndpoint } from '../../src/domain/endpoint-filter.ts';
import { createBroadcast } from '../../src/kernel/broadcast.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { newId } from '../../src/kernel/ids.ts';
import { describeThisProcess, isProcessAlive } from '../../src/kernel/process-identity.ts';
import type { ProcessIdentity } from '../../src/kernel/process-identity.ts';
import type { Numbered } from '../../src/eventlog/numbered.ts';
import { startSequencer } from '../../src/eventlog/sequencer.ts';
import type { Sequencer, SequencerDeps } from '../../src/eventlog/sequencer.ts';
import { deliveryModel } from '../../src/store/delivery-row.ts';
import { eventModel, toEventRow } from '../../src/store/event-row.ts';
import { ensureCollection } from '../../src/store/ensure-collections.ts';
import { createEventStore } from '../../src/store/event-store.ts';
import { endpointHeadModel, headModel } from '../../src/store/head-row.ts';
import { createHeadStore } from '../../src/store/head-store.ts';
import { leaseModel } from '../../src/store/lease-row.ts';
import { createLeaseStore } from '../../src/store/lease-store.ts';
import { nativeCollection } from '../../src/store/native-collection.ts';
import { createRunTransaction } from '../../src/store/transaction.ts';
import type { Transaction } from '../../src/store/transaction.ts';

export const silent = pino({ level: 'silent' });

export type FakeEndpoint = FilteringEndpoint;

export function anEndpoint(id: string, fields: Partial<FakeEndpoint> = {}): FakeEndpoint {
  const nothingFiltered = { minSeverity: null, sources: [], services: [] };
  const events = ['INCIDENT_CREATED', 'INCIDENT_UPDATED'] as const;
  return { id, events, state: 'ACTIVE', ...nothingFiltered, ...fields };
}

export interface EventFields {
  incidentId?: string;
  incidentSeq?: number;
  type?: EventType;
  recordedAt?: Date;
}

export function anEvent(fields: EventFields = {}): UnnumberedEvent {
  const { incidentId = 'incident-1', incidentSeq = 1, type = 'INCIDENT_CREATED' } = fields;
  const recordedAt = fields.recordedAt ?? new Date();
  const snapshot: UnnumberedEvent['snapshot'] = {
    incidentId,
    externalKey: null,
    status: 'OPEN',
    title: 'Checkout is down',
    description: 'x'.repeat(200),
    severity: 'HIGH',
    service: 'checkout',
    url: null,
    source: 'monitor',
    createdAt: recordedAt,
    openedAt: recordedAt,
    acknowledgedAt: null,
    resolvedAt: null,
    updatedAt: recordedAt,
    triggerCount: 1,
    lastSeenAt: recordedAt,
  };
  return {
    id: newId(),
    type,
    incidentId,
    incidentSeq,
    occurredAt: recordedAt,
    recordedAt,
    snapshot,
    details: { changes: [], entries: [], evidence: [] },
    body: JSON.stringify({ event: type, data: snapshot }),
  };
}

/** Collections and indexes as the server makes them at its start. */
export async function prepareEventLog(connection: Connection): Promise<void> {
  const models = [
    eventModel(connection),
    deliveryModel(connection),
    headModel(connection),
    endpointHeadModel(connection),
    leaseModel(connection),
  ];
  for (const model of models) {
    await ensureCollection(model);
  }
}

export type EventLog = Awaited<ReturnType<typeof openEventLog>>;

/** What one server process has of the event log, with endpoints that the test chooses. */
export async function openEventLog(connection: Connection, identity: Partial<ProcessIdentity> = {}) {
  const self = { ...(await describeThisProcess()), ...identity };
  const endpoints: FakeEndpoint[] = [];
  const events = createEventStore(connection);
  const rows = nativeCollection(eventModel(connection));
  const runTransaction = createRunTransaction(connection);
  const committed = createBroadcast<void>();
  const numbered = createBroadcast<Numbered>();
  return {
    self,
    events,
    heads: createHeadStore(connection),
    leases: createLeaseStore({ connection, self, isProcessAlive }),
    runTransaction,
    /** What `endpoints.all` answers from now on. */
    setEndpoints(...all: FakeEndpoint[]) {
      endpoints.splice(0, Infinity, ...all);
    },
    endpoints: { all: (_tx: Transaction) => Promise.resolve([...endpoints]) },
    committed,
    numbered,
    clock: systemClock,
    logger: silent,
    presence: { isAlone: () => true },
    async commit(...facts: UnnumberedEvent[]): Promise<void> {
      if (facts.length > 0) {
        await runTransaction((session) => rows.insertMany(facts.map(toEventRow), { session }));
      }
      committed.emit();
    },
  };
}

export function sequence(log: EventLog, deps: Partial<SequencerDeps> = {}): Sequencer {
  return startSequencer({ ...log, ...deps });
}

/** Commits the events of three incidents in transactions of differing size, as one server process does. */
export async function commitMany(writer: number, log: EventLog, transactions: number): Promise<number> {
  const counts = [0, 0, 0];
  let total = 0;
  for (let turn = 0; turn < transactions; turn += 1) {
    const facts = Array.from({ length: 1 + ((turn * 7 + writer) % 5) }, (_, index) => {
      const which = (turn + index) % 3;
      const incidentSeq = (counts[which] = (counts[which] ?? 0) + 1);
      return anEvent({ incidentId: `incident-${writer}-${which}`, incidentSeq });
    });
    await log.commit(...facts);
    total += facts.length;
  }
  return total;
}

/** Resolves when `read` gives what `isEnough` accepts, asking again with each of the database's answers. */
export async function until<T>(read: () => Promise<T>, isEnough: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await read();
    if (isEnough(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
