import type { Connection } from 'mongoose';
import { expect, test } from 'vitest';
import type { Delivery } from '../../../src/domain/delivery.ts';
import { deliveryModel, toDeliveryRow } from '../../../src/store/delivery-row.ts';
import { ensureCollections } from '../../../src/store/ensure-collections.ts';
import { nativeCollection } from '../../../src/store/native-collection.ts';
import { createOpenAgeReader } from '../../../src/store/open-age-reader.ts';
import { openTestDatabase } from '../../support/test-database.ts';

const START = Date.parse('2026-05-01T10:00:00Z');

function at(minutes: number): Date {
  return new Date(START + minutes * 60_000);
}

/** The n-th delivery of an endpoint, made in the n-th minute. */
function aDelivery(endpointId: string, n: number, fields: Partial<Delivery> = {}): Delivery {
  const eventId = `event-${String(n).padStart(6, '0')}`;
  return {
    id: `${eventId}:${endpointId}`,
    eventId,
    eventType: 'INCIDENT_CREATED',
    endpointId,
    incidentId: `incident-${n % 100}`,
    sequence: n,
    previousSequence: n === 1 ? null : n - 1,
    priority: n % 5,
    bodyBytes: 2,
    state: 'PENDING',
    dueAt: at(n),
    attemptCount: 0,
    attempts: [],
    createdAt: at(n),
    completedAt: null,
    ...fields,
  };
}

async function open() {
  const connection = await openTestDatabase();
  const reader = createOpenAgeReader(connection);
  await ensureCollections(connection);
  const store = async (deliveries: readonly Delivery[]): Promise<void> => {
    await nativeCollection(deliveryModel(connection)).insertMany(deliveries.map(toDeliveryRow));
  };
  return { connection, reader, store };
}

test('the oldest open delivery is found whatever its priority and whether it waits; final ones do not count', async () => {
  const { reader, store } = await open();
  expect(await reader.oldest('one')).toBeNull();
  expect(await reader.count('one')).toEqual({ count: 0, isExact: true });

  await store([
    aDelivery('one', 1, { state: 'DELIVERED', completedAt: at(2) }),
    aDelivery('one', 2, { state: 'DEAD', completedAt: at(3) }),
    aDelivery('one', 5, { priority: 0 }),
    aDelivery('one', 4, { priority: 3 }),
    aDelivery('two', 3),
  ]);
  expect(await reader.oldest('one')).toEqual({ id: 'event-000004:one', openSince: at(4) });

  await store([aDelivery('one', 3, { state: 'WAITING', dueAt: at(500) })]);
  expect(await reader.oldest('one')).toEqual({ id: 'event-000003:one', openSince: at(3) });
  expect(await reader.count('one')).toEqual({ count: 3, isExact: true });
});

test('what was sent again is as old as that, not as its event', async () => {
  const { reader, store } = await open();
  const redelivery = { at: at(90), by: null, attemptsBefore: 8 };
  await store([
    aDelivery('one', 1, { state: 'WAITING', dueAt: at(90), redelivery }),
    aDelivery('one', 60, { state: 'WAITING' }),
  ]);
  expect(await reader.oldest('one')).toEqual({ id: 'event-000060:one', openSince: at(60) });
});

const MANY = 50_000;

test('fifty thousand pending and as many waiting are answered about from few of their index keys', async () => {
  const { connection, reader, store } = await open();
  for (let n = 1; n <= MANY; n += 5000) {
    const page = Array.from({ length: 5000 }, (_, index) => n + index);
    await store(page.map((number) => aDelivery('one', number + 10)));
    await store(page.map((number) => aDelivery('one', number + MANY + 10, { state: 'WAITING' })));
  }
  await store(Array.from({ length: 10_000 }, (_, n) => aDelivery('two', n + 1)));

  const seen = await watched(connection, async () => {
    expect(await reader.oldest('one')).toEqual({ id: 'event-000011:one', openSince: at(11) });
    expect(await reader.count('one')).toEqual({ count: 10_000, isExact: false });
    expect(await reader.count('two')).toEqual({ count: 10_000, isExact: true });
  });
  expect(seen.length).toBeGreaterThanOrEqual(5);
  for (const one of seen) {
    expect(one.keys, one.summary).toBeLessThanOrEqual(10_010);
    expect(one.sorted, one.summary).toBe(false);
    expect(one.summary).not.toContain('COLLSCAN');
  }
  expect(Math.min(...seen.map(({ keys }) => keys))).toBeLessThan(20);
});

interface Seen {
  keys: number;
  sorted: boolean;
  summary: string;
}

/** What the database itself noted of the reads that `work` made. */
async function watched(connection: Connection, work: () => Promise<void>): Promise<Seen[]> {
  const db = connection.getClient().db(connection.name);
  await db.command({ profile: 2 });
  await work();
  await db.command({ profile: 0 });
  const found = await db
    .collection('system.profile')
    .find({ ns: `${connection.name}.deliveries`, op: { $in: ['query', 'command'] } })
    .toArray();
  return found.map((entry) => ({
    keys: Number(entry['keysExamined']),
    sorted: entry['hasSortStage'] === true,
    summary: `${String(entry['planSummary'])} ${String(entry['millis'])} ms`,
  }));
}
