import type { Connection } from 'mongoose';
import { beforeEach, describe, expect, it } from 'vitest';
import { startPresence } from '../../../src/eventlog/presence.ts';
import { describeThisProcess, isProcessAlive } from '../../../src/kernel/process-identity.ts';
import type { ProcessIdentity } from '../../../src/kernel/process-identity.ts';
import { leaseModel } from '../../../src/store/lease-row.ts';
import { createLeaseStore } from '../../../src/store/lease-store.ts';
import type { LeaseStore } from '../../../src/store/lease-store.ts';
import { nativeCollection } from '../../../src/store/native-collection.ts';
import { createRunTransaction } from '../../../src/store/transaction.ts';
import { prepareEventLog, silent, until } from '../../support/event-log.ts';
import { openTestDatabase } from '../../support/test-database.ts';

let connection: Connection;
let one: LeaseStore;
let two: LeaseStore;

/** The leases of a process on a host that nobody can look into, unless said otherwise. */
async function processOn(host: string, fields: Partial<ProcessIdentity> = {}): Promise<LeaseStore> {
  const self = { ...(await describeThisProcess()), host, ...fields };
  return createLeaseStore({ connection, self, isProcessAlive });
}

async function runOut(name: string): Promise<void> {
  await nativeCollection(leaseModel(connection)).updateOne({ _id: name }, { $set: { until: new Date(1) } });
}

beforeEach(async () => {
  connection = await openTestDatabase();
  await prepareEventLog(connection);
  one = await processOn('host-1');
  two = await processOn('host-2');
});

describe('a lease', () => {
  it('is held by one process at a time', async () => {
    expect(await one.acquire('slot:01')).toEqual({ name: 'slot:01', epoch: 1 });
    expect(await two.acquire('slot:01')).toBeNull();
    expect(await two.acquire('slot:02')).toEqual({ name: 'slot:02', epoch: 1 });
  });

  it('goes to one only of many that ask at once', async () => {
    const stores = await Promise.all(Array.from({ length: 8 }, (_, index) => processOn(`host-${index}`)));
    const first = await Promise.all(stores.map((store) => store.acquire('sequencer')));
    expect(first.filter((lease) => lease !== null)).toHaveLength(1);
    await runOut('sequencer');
    const second = await Promise.all(stores.map((store) => store.acquire('sequencer')));
    expect(second.filter((lease) => lease !== null)).toEqual([{ name: 'sequencer', epoch: 2 }]);
  });

  it('lasts ten seconds by the clock of the database', async () => {
    await one.acquire('sequencer');
    const [seen] = await nativeCollection(leaseModel(connection))
      .aggregate<{ left: number }>([{ $project: { left: { $subtract: ['$until', '$$NOW'] } } }])
      .toArray();
    expect(seen?.left).toBeGreaterThan(5_000);
    expect(seen?.left).toBeLessThanOrEqual(10_000);
  });

  it('is free at once when released, and its next holder has a higher epoch', async () => {
    const lease = await one.acquire('sequencer');
    if (lease) await one.release(lease);
    expect(await two.acquire('sequencer')).toEqual({ name: 'sequencer', epoch: 2 });
  });

  it('can be taken over when it ran out, and not before', async () => {
    await one.acquire('sequencer');
    expect(await two.acquire('sequencer')).toBeNull();
    await runOut('sequencer');
    expect(await two.acquire('sequencer')).toEqual({ name: 'sequencer', epoch: 2 });
  });

  it('can be taken over at once from a dead process of the same host', async () => {
    const self = await describeThisProcess();
    const dead = await processOn(self.host, { startedAt: 'before' });
    const successor = await processOn(self.host);
    await dead.acquire('sequencer');
    expect(await two.acquire('sequencer')).toBeNull();
    expect(await successor.acquire('sequencer')).toEqual({ name: 'sequencer', epoch: 2 });
  });

  it('is not released by who lost it', async () => {
    const lost = await one.acquire('sequencer');
    await runOut('sequencer');
    await two.acquire('sequencer');
    if (lost) await one.release(lost);
    expect(await one.acquire('sequencer')).toBeNull();
  });

  it('tells its holder on renewal which ones are lost', async () => {
    await one.acquire('slot:01');
    await one.acquire('slot:02');
    await runOut('slot:02');
    await two.acquire('slot:02');
    expect(await one.renew(['slot:01', 'slot:02', 'slot:03'])).toEqual(new Set(['slot:01']));
  });

  it('is held again by who renews it too late, if nobody took it', async () => {
    await one.acquire('sequencer');
    await runOut('sequencer');
    expect(await one.renew(['sequencer'])).toEqual(new Set(['sequencer']));
    expect(await two.acquire('sequencer')).toBeNull();
  });

  it('shows to others whether it is free', async () => {
    await one.acquire('slot:01');
    await one.acquire('slot:02');
    await runOut('slot:02');
    const free = async (store: LeaseStore) =>
      (await store.states('slot:')).map((state) => [state.name, state.free, state.holder?.host]);
    expect(await free(two)).toEqual([
      ['slot:01', false, 'host-1'],
      ['slot:02', true, 'host-1'],
    ]);
    expect(await free(one)).toEqual([
      ['slot:01', false, 'host-1'],
      ['slot:02', false, 'host-1'],
    ]);
  });
});

describe('a lease extended in a transaction', () => {
  it('fences what the transaction writes: all or nothing of it', async () => {
    const runTransaction = createRunTransaction(connection);
    const held = [await one.acquire('slot:01'), await one.acquire('slot:02')].filter(
      (lease) => lease !== null,
    );
    expect(await runTransaction((tx) => one.extendInTransaction(held, tx))).toBe(true);
    await runOut('slot:02');
    await two.acquire('slot:02');
    expect(await runTransaction((tx) => one.extendInTransaction(held, tx))).toBe(false);
  });

  it('is lost to an epoch of its own process too', async () => {
    const runTransaction = createRunTransaction(connection);
    const old = await one.acquire('slot:01');
    await one.acquire('slot:01');
    expect(old && (await runTransaction((tx) => one.extendInTransaction([old], tx)))).toBe(false);
  });

  it('cannot be taken over between the extension and the commit', async () => {
    const runTransaction = createRunTransaction(connection);
    const lease = await one.acquire('slot:01');
    await runOut('slot:01');
    const takeOver = await runTransaction(async (tx) => {
      expect(lease && (await one.extendInTransaction([lease], tx))).toBe(true);
      const taking = two.acquire('slot:01');
      // It has to wait for the end of this transaction.
      await one.states('slot:');
      return { taking };
    });
    expect(await takeOver.taking).toBeNull();
  });
});

describe('presence', () => {
  it('is seen by the others until it is withdrawn', async () => {
    await one.heartbeat();
    await two.heartbeat();
    expect((await one.liveProcesses()).map(({ host }) => host).sort()).toEqual(['host-1', 'host-2']);
    await two.withdraw();
    expect((await one.liveProcesses()).map(({ host }) => host)).toEqual(['host-1']);
  });

  it('ends without a heartbeat, and at once for a dead process of the same host', async () => {
    const self = await describeThisProcess();
    const dead = await processOn(self.host, { startedAt: 'before' });
    await dead.heartbeat();
    await two.heartbeat();
    await nativeCollection(leaseModel(connection)).updateOne(
      { 'holder.host': 'host-2' },
      { $set: { until: new Date(1) } },
    );
    expect(await (await processOn(self.host)).liveProcesses()).toEqual([]);
    expect(await one.liveProcesses()).toHaveLength(1);
  });

  it('is not shown among the leases', async () => {
    await one.heartbeat();
    expect(await one.states('slot:')).toEqual([]);
  });

  it('tells a process when it is no longer alone', async () => {
    const self = await describeThisProcess();
    const leases = createLeaseStore({ connection, self, isProcessAlive });
    await using presence = await startPresence({ leases, self, logger: silent });
    expect(presence.isAlone()).toBe(true);
    await two.heartbeat();
    await until(
      () => Promise.resolve(presence.isAlone()),
      (alone) => !alone,
    );
    expect(presence.processes()).toHaveLength(2);
  });
});
