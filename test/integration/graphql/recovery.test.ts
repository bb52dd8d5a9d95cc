import { describe, expect, test } from 'vitest';
import { startWorkOffRecoveries } from '../../../src/commands/work-off-recoveries.ts';
import { systemClock } from '../../../src/kernel/clock.ts';
import { createRecoveryBatchStore } from '../../../src/store/recovery-batch-store.ts';
import { createRecoveryStore } from '../../../src/store/recovery-store.ts';
import { createWebhookEndpointStore } from '../../../src/store/webhook-endpoint-store.ts';
import { anEvent, silent } from '../../support/event-log.ts';
import { eventually } from '../../support/eventually.ts';
import { startSteeringApp } from './steering-app.ts';
import type { SteeringApp } from './steering-app.ts';

const RECOVERY =
  'recovery { id state reason since until states missed recovered added expired workedUpTo completedAt endpoint { id } }';
const ALWAYS = '2000-01-01T00:00:00.000Z';

const manyEvents = (count: number, incidents = 40) =>
  Array.from({ length: count }, (_, index) =>
    anEvent({ incidentId: `incident-${index % incidents}`, incidentSeq: 1 + Math.floor(index / incidents) }),
  );

async function ended(app: SteeringApp, id: string): Promise<any> {
  return eventually(
    async () =>
      (await app.ask(`query($id: ID!) { recovery(id: $id) ${RECOVERY.slice('recovery'.length)} }`, { id }))
        .data.recovery,
    ({ state }) => state !== 'RUNNING',
    { withinMs: 20_000, what: 'the recovery ends' },
  );
}

/** Recoveries are asked for, but not worked off until they are released. */
async function startHeldApp() {
  let release!: () => void;
  const recoveriesHeld = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { app: await startSteeringApp({ recoveriesHeld }), release };
}

/** Starts it and waits for its end. */
async function recover(app: SteeringApp, input: object): Promise<any> {
  const { recovery, errors } = await app.mutate('recoverDeliveries', { since: ALWAYS, ...input }, RECOVERY);
  expect(errors).toEqual([]);
  expect(recovery).toMatchObject({ recovered: 0, added: 0, expired: 0 });
  return ended(app, recovery.id);
}

async function states(app: SteeringApp, endpointId: string): Promise<Record<string, number>> {
  const groups = await app.deliveries
    .aggregate<{ _id: string; count: number }>([
      { $match: { endpointId } },
      { $group: { _id: '$state', count: { $sum: 1 } } },
    ])
    .toArray();
  return Object.fromEntries(groups.map(({ _id, count }) => [_id, count]));
}

describe('recoverDeliveries', () => {
  test('sends all that died again, over many batches, and counts what it did', async () => {
    const steered: string[] = [];
    const app = await startSteeringApp({ steered: (id) => steered.push(id) });
    const endpointId = await app.register();
    const other = await app.register();
    const events = manyEvents(1_300);
    await app.commit(...events);
    const completedAt = new Date();
    const end = (state: string, from: number, to: number, endpoint = endpointId): Promise<unknown> =>
      app.deliveries.updateMany(
        { _id: { $in: events.slice(from, to).map(({ id }) => `${id}:${endpoint}`) } },
        { $set: { state: state as 'DEAD', completedAt, attemptCount: 10 } },
      );
    await end('DEAD', 0, 1_200);
    await end('DELIVERED', 1_200, 1_250);
    await end('DEAD', 0, 100, other);
    await app.events.deleteMany({ _id: { $in: events.slice(0, 7).map(({ id }) => id) } });

    expect(await recover(app, { endpointId })).toMatchObject({
      state: 'DONE',
      reason: null,
      recovered: 1_193,
      added: 0,
      expired: 7,
      states: ['DEAD'],
      missed: false,
      endpoint: { id: endpointId },
      completedAt: expect.any(String),
    });
    expect(await states(app, endpointId)).toEqual({ WAITING: 1_193, DEAD: 7, DELIVERED: 50, PENDING: 50 });
    expect(await states(app, other)).toEqual({ DEAD: 100, PENDING: 1_200 });
    const [row] = await app.deliveries.find({ endpointId, state: 'WAITING' }).limit(1).toArray();
    expect(row).toMatchObject({ completedAt: null, redelivery: { attemptsBefore: 10, by: null } });
    expect(new Set(steered)).toEqual(new Set([endpointId]));

    expect(await recover(app, { endpointId, states: ['DELIVERED'] })).toMatchObject({ recovered: 50 });
    expect(await recover(app, { endpointId })).toMatchObject({ recovered: 0, expired: 7 });
    const list = await app.ask(
      'query($id: ID!) { recoveries(endpointId: $id, first: 2) { nodes { recovered } pageInfo { hasNextPage } } }',
      { id: endpointId },
    );
    expect(list.data.recoveries).toEqual({
      nodes: [{ recovered: 0 }, { recovered: 50 }],
      pageInfo: { hasNextPage: true },
    });
  });

  test('takes events by when they were recorded, the last moment excluded', async () => {
    const app = await startSteeringApp();
    const endpointId = await app.register();
    const at = (ms: number): Date => new Date(Date.now() - 10_000 + ms);
    const times = [at(0), at(1_000), at(2_000), at(3_000)];
    const events = times.map((recordedAt, index) => anEvent({ incidentSeq: index + 1, recordedAt }));
    await app.commit(...events);
    await app.deliveries.updateMany({ endpointId }, { $set: { state: 'DEAD', completedAt: new Date() } });
    await recover(app, { endpointId, since: times[1], until: times[3] });
    const found = await app.deliveries.find({ endpointId, state: 'WAITING' }).sort({ sequence: 1 }).toArray();
    expect(found.map(({ eventId }) => eventId)).toEqual([events[1]?.id, events[2]?.id]);
  });

  test('with `missed` also sends what the endpoint wants and has no delivery of, once', async () => {
    const app = await startSteeringApp();
    const endpointId = await app.register({ events: ['INCIDENT_CREATED'], isActive: false });
    const events = manyEvents(600);
    const unwanted = anEvent({ type: 'INCIDENT_UPDATED', incidentSeq: 99 });
    await app.commit(...events, unwanted, { ...anEvent({ incidentSeq: 100 }), notFor: endpointId });
    expect(await states(app, endpointId)).toEqual({});
    await app.mutate('updateWebhookEndpoint', { id: endpointId, isActive: true }, 'webhookEndpoint { id }');

    expect(await recover(app, { endpointId, states: [], missed: true })).toMatchObject({
      state: 'DONE',
      recovered: 0,
      added: 600,
    });
    expect(await states(app, endpointId)).toEqual({ WAITING: 600 });
    const [first] = await app.deliveries.find({ endpointId }).sort({ sequence: 1 }).limit(1).toArray();
    const event = await app.events.findOne({ _id: first?.eventId ?? '' });
    expect(first).toMatchObject({
      _id: `${event?._id}:${endpointId}`,
      sequence: event?.sequence,
      priority: 1,
      bodyBytes: Buffer.byteLength(event?.body ?? ''),
      previousSequence: null,
      completedAt: null,
    });
    await app.end(first?._id ?? '', { state: 'DEAD' });
    expect(await recover(app, { endpointId, missed: true })).toMatchObject({ recovered: 1, added: 0 });
  });

  test('says what is wrong with what was asked', async () => {
    const app = await startSteeringApp();
    const endpointId = await app.register();
    const off = await app.register({ isActive: false });
    const refused = async (input: object): Promise<any> =>
      (await app.mutate('recoverDeliveries', { endpointId, since: ALWAYS, ...input }, RECOVERY)).errors;
    expect(await refused({ since: '2999-01-01T00:00:00Z' })).toMatchObject([
      { code: 'INVALID', path: ['input', 'since'] },
    ]);
    expect(await refused({ states: ['PENDING'] })).toMatchObject([
      { code: 'INVALID', path: ['input', 'states'] },
    ]);
    expect(await refused({ states: [] })).toMatchObject([{ code: 'INVALID', path: ['input', 'states'] }]);
    expect(await refused({ endpointId: 'nobody' })).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect(await refused({ endpointId: off })).toMatchObject([
      { code: 'CONFLICT', message: expect.stringContaining('switched off'), path: ['input', 'endpointId'] },
    ]);
    const answer = await app.ask('query { recovery(id: "nothing") { id } }');
    expect(answer.data).toEqual({ recovery: null });
  });

  test('one runs for an endpoint at a time; it can be cancelled, and fails when its endpoint is switched off', async () => {
    const { app, release } = await startHeldApp();
    const endpointId = await app.register();
    const ask = (): Promise<any> => app.mutate('recoverDeliveries', { endpointId, since: ALWAYS }, RECOVERY);
    const { id } = (await ask()).recovery;
    expect((await ask()).errors).toMatchObject([
      { code: 'CONFLICT', message: expect.stringContaining(id), path: ['input', 'endpointId'] },
    ]);
    const cancel = (): Promise<any> => app.mutate('cancelRecovery', { id }, RECOVERY);
    expect((await cancel()).recovery).toMatchObject({ state: 'CANCELLED', completedAt: expect.any(String) });
    expect((await cancel()).errors).toEqual([]);
    const unknown = await app.mutate('cancelRecovery', { id: 'nothing' }, RECOVERY);
    expect(unknown.errors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'id'] }]);

    const second = (await ask()).recovery.id;
    await app.mutate('updateWebhookEndpoint', { id: endpointId, isActive: false }, 'webhookEndpoint { id }');
    release();
    expect(await ended(app, second)).toMatchObject({
      state: 'FAILED',
      reason: expect.stringContaining('switched off'),
    });
    expect((await app.mutate('cancelRecovery', { id: second }, RECOVERY)).errors).toMatchObject([
      { code: 'CONFLICT' },
    ]);
  });

  test('a batch that another worker has done, or that comes after a cancellation, is not done', async () => {
    const { app, release } = await startHeldApp();
    const endpointId = await app.register();
    const { recovery } = await app.mutate('recoverDeliveries', { endpointId, since: ALWAYS }, RECOVERY);
    const store = createRecoveryStore(app.connection);
    const seen = await store.byId(recovery.id);
    if (seen === null) throw new Error('the recovery is not stored');
    const advance = (from: string, cursor: string): Promise<boolean> =>
      app.log.runTransaction((tx) =>
        store.advance(
          { id: seen.id, cursor: from },
          { cursor, recovered: 1, added: 0, expired: 0, doneAt: null },
          tx,
        ),
      );
    expect(await advance(seen.cursor, 'b')).toBe(true);
    expect(await advance(seen.cursor, 'c')).toBe(false);
    expect(await advance('b', 'c')).toBe(true);
    await app.mutate('cancelRecovery', { id: seen.id }, RECOVERY);
    expect(await advance('c', 'd')).toBe(false);
    expect(await store.byId(seen.id)).toMatchObject({ cursor: 'c', recovered: 2, state: 'CANCELLED' });
    release();
  });

  test('whatever dies in the middle and however many work on it, each delivery is sent again once', async () => {
    const app = await startSteeringApp();
    const endpointId = await app.register();
    await app.commit(...manyEvents(400));
    const end = { $set: { state: 'DELIVERED' as const, completedAt: new Date() }, $inc: { attemptCount: 1 } };
    await app.deliveries.updateMany({ endpointId }, end);
    const stores = {
      recoveries: createRecoveryStore(app.connection),
      batches: createRecoveryBatchStore(app.connection),
      endpoints: createWebhookEndpointStore(app.connection),
    };
    let batches = 0;
    const others = Array.from({ length: 3 }, (_, index) =>
      startWorkOffRecoveries({
        ...stores,
        // One in five breaks off after its writes, before the commit.
        runTransaction: (work) =>
          app.log.runTransaction(async (tx) => {
            const done = await work(tx);
            batches++;
            if (batches % 5 === 0) throw new Error('died');
            return done;
          }),
        clock: { ...systemClock, monotonic: () => batches * 10_000 },
        logger: silent,
        steered: () => undefined,
        batchSize: 7 + index,
      }),
    );
    const asked = { endpointId, since: ALWAYS, states: ['DELIVERED'] };
    const { recovery } = await app.mutate('recoverDeliveries', asked, RECOVERY);
    const wake = setInterval(() => others.forEach((worker) => worker.wake()), 5);
    // What is sent again is delivered at once, so whoever worked a batch twice would send it twice.
    const deliver = (): Promise<unknown> => app.deliveries.updateMany({ endpointId, state: 'WAITING' }, end);
    const delivering = new AbortController();
    const delivered = (async () => {
      while (!delivering.signal.aborted) await deliver();
    })();
    const done = await ended(app, recovery.id);
    clearInterval(wake);
    delivering.abort();
    await delivered;
    await deliver();
    for (const worker of others) await worker[Symbol.asyncDispose]();
    expect(done).toMatchObject({ state: 'DONE', recovered: 400 });
    expect(await app.deliveries.countDocuments({ endpointId, attemptCount: 2 })).toBe(400);
  });
});
