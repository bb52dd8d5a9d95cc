var __addDisposableResource =
  (this && this.__addDisposableResource) ||
  function (env, value, async) {
    if (value !== null && value !== void 0) {
      if (typeof value !== 'object' && typeof value !== 'function') throw new TypeError('Object expected.');
      var dispose, inner;
      if (async) {
        if (!Symbol.asyncDispose) throw new TypeError('Symbol.asyncDispose is not defined.');
        dispose = value[Symbol.asyncDispose];
      }
      if (dispose === void 0) {
        if (!Symbol.dispose) throw new TypeError('Symbol.dispose is not defined.');
        dispose = value[Symbol.dispose];
        if (async) inner = dispose;
      }
      if (typeof dispose !== 'function') throw new TypeError('Object not disposable.');
      if (inner)
        dispose = function () {
          try {
            inner.call(this);
          } catch (e) {
            return Promise.reject(e);
          }
        };
      env.stack.push({ value: value, dispose: dispose, async: async });
    } else if (async) {
      env.stack.push({ async: true });
    }
    return value;
  };
var __disposeResources =
  (this && this.__disposeResources) ||
  (function (SuppressedError) {
    return function (env) {
      function fail(e) {
        env.error = env.hasError
          ? new SuppressedError(e, env.error, 'An error was suppressed during disposal.')
          : e;
        env.hasError = true;
      }
      var r,
        s = 0;
      function next() {
        while ((r = env.stack.pop())) {
          try {
            if (!r.async && s === 1) return ((s = 0), env.stack.push(r), Promise.resolve().then(next));
            if (r.dispose) {
              var result = r.dispose.call(r.value);
              if (r.async)
                return (
                  (s |= 2),
                  Promise.resolve(result).then(next, function (e) {
                    fail(e);
                    return next();
                  })
                );
            } else s |= 1;
          } catch (e) {
            fail(e);
          }
        }
        if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
        if (env.hasError) throw env.error;
      }
      return next();
    };
  })(
    typeof SuppressedError === 'function'
      ? SuppressedError
      : function (error, suppressed, message) {
          var e = new Error(message);
          return ((e.name = 'SuppressedError'), (e.error = error), (e.suppressed = suppressed), e);
        },
  );
import { beforeEach, describe, expect, it } from 'vitest';
import { startPresence } from '../../../src/eventlog/presence.js';
import { describeThisProcess, isProcessAlive } from '../../../src/kernel/process-identity.js';
import { leaseModel } from '../../../src/store/lease-row.js';
import { createLeaseStore } from '../../../src/store/lease-store.js';
import { nativeCollection } from '../../../src/store/native-collection.js';
import { createRunTransaction } from '../../../src/store/transaction.js';
import { prepareEventLog, silent, until } from '../../support/event-log.js';
import { openTestDatabase } from '../../support/test-database.js';
let connection;
let one;
let two;
/** The leases of a process on a host that nobody can look into, unless said otherwise. */
async function processOn(host, fields = {}) {
  const self = { ...(await describeThisProcess()), host, ...fields };
  return createLeaseStore({ connection, self, isProcessAlive });
}
async function runOut(name) {
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
      .aggregate([{ $project: { left: { $subtract: ['$until', '$$NOW'] } } }])
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
    const free = async (store) =>
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
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
      const self = await describeThisProcess();
      const leases = createLeaseStore({ connection, self, isProcessAlive });
      const presence = __addDisposableResource(
        env_1,
        await startPresence({ leases, self, logger: silent }),
        true,
      );
      expect(presence.isAlone()).toBe(true);
      await two.heartbeat();
      await until(
        () => Promise.resolve(presence.isAlone()),
        (alone) => !alone,
      );
      expect(presence.processes()).toHaveLength(2);
    } catch (e_1) {
      env_1.error = e_1;
      env_1.hasError = true;
    } finally {
      const result_1 = __disposeResources(env_1);
      if (result_1) await result_1;
    }
  });
});
