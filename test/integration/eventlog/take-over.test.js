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
import { describeThisProcess } from '../../../src/kernel/process-identity.js';
import { leaseModel } from '../../../src/store/lease-row.js';
import { nativeCollection } from '../../../src/store/native-collection.js';
import { expectGapless, numbered } from '../../support/event-log-checks.js';
import { anEvent, openEventLog, prepareEventLog, sequence, until } from '../../support/event-log.js';
import { openTestDatabase } from '../../support/test-database.js';
let connection;
let log;
beforeEach(async () => {
  connection = await openTestDatabase();
  await prepareEventLog(connection);
  log = await openEventLog(connection);
});
describe('two processes', () => {
  it('have one sequencer; when it closes the other takes over at once', async () => {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
      const other = await openEventLog(connection, { host: 'another host' });
      const first = sequence(log);
      await until(() => Promise.resolve(first.isHolder()), Boolean);
      const second = __addDisposableResource(env_1, sequence(other), true);
      await until(
        () => Promise.resolve(second.lastTurnAt()),
        (at) => at !== undefined,
      );
      expect(second.isHolder()).toBe(false);
      await first[Symbol.asyncDispose]();
      expect(first.isHolder()).toBe(false);
      await other.commit(anEvent());
      expectGapless(await numbered(log, 1));
      expect(second.isHolder()).toBe(true);
    } catch (e_1) {
      env_1.error = e_1;
      env_1.hasError = true;
    } finally {
      const result_1 = __disposeResources(env_1);
      if (result_1) await result_1;
    }
  });
  it('number what either of them commits', async () => {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
      const other = await openEventLog(connection, { host: 'another host' });
      const presence = { isAlone: () => false };
      const first = __addDisposableResource(env_2, sequence(log, { presence }), true);
      await until(() => Promise.resolve(first.isHolder()), Boolean);
      const _second = __addDisposableResource(env_2, sequence(other, { presence }), true);
      await other.commit(anEvent({ incidentSeq: 1 }));
      await numbered(log, 1);
      await log.commit(anEvent({ incidentSeq: 2 }));
      expectGapless(await numbered(log, 2));
    } catch (e_2) {
      env_2.error = e_2;
      env_2.hasError = true;
    } finally {
      const result_2 = __disposeResources(env_2);
      if (result_2) await result_2;
    }
  });
  it('of the same host need not wait out a lease when one was killed', async () => {
    const env_3 = { stack: [], error: void 0, hasError: false };
    try {
      const self = await describeThisProcess();
      const killed = await openEventLog(connection, { host: self.host, startedAt: 'before' });
      await killed.leases.acquire('sequencer');
      const sequencer = __addDisposableResource(env_3, sequence(log), true);
      await log.commit(anEvent());
      expectGapless(await numbered(log, 1));
      expect(sequencer.isHolder()).toBe(true);
    } catch (e_3) {
      env_3.error = e_3;
      env_3.hasError = true;
    } finally {
      const result_3 = __disposeResources(env_3);
      if (result_3) await result_3;
    }
  });
  it('wait out the lease of one that was killed on another host', async () => {
    const env_4 = { stack: [], error: void 0, hasError: false };
    try {
      const killed = await openEventLog(connection, { host: 'another host' });
      await killed.leases.acquire('sequencer');
      const sequencer = __addDisposableResource(env_4, sequence(log), true);
      await log.commit(anEvent());
      await until(
        () => Promise.resolve(sequencer.lastTurnAt()),
        (at) => at !== undefined,
      );
      expect(sequencer.isHolder()).toBe(false);
      await nativeCollection(leaseModel(connection)).updateOne(
        { _id: 'sequencer' },
        { $set: { until: new Date(1) } },
      );
      expectGapless(await numbered(log, 1));
    } catch (e_4) {
      env_4.error = e_4;
      env_4.hasError = true;
    } finally {
      const result_4 = __disposeResources(env_4);
      if (result_4) await result_4;
    }
  });
  it('do not both number after one of them slept past its lease', async () => {
    const env_5 = { stack: [], error: void 0, hasError: false };
    try {
      let monotonic = 0;
      const clock = { now: () => new Date(), monotonic: () => monotonic };
      const sleeper = __addDisposableResource(env_5, sequence(log, { clock }), true);
      await until(() => Promise.resolve(sleeper.isHolder()), Boolean);
      const other = await openEventLog(connection, { host: 'another host' });
      await nativeCollection(leaseModel(connection)).updateOne(
        { _id: 'sequencer' },
        { $set: { until: new Date(1) } },
      );
      const second = __addDisposableResource(env_5, sequence(other), true);
      await until(() => Promise.resolve(second.isHolder()), Boolean);
      monotonic = 60_000;
      expect(sleeper.isHolder()).toBe(false);
      await log.commit(anEvent({ incidentSeq: 1 }));
      await other.commit(anEvent({ incidentSeq: 2 }));
      expectGapless(await numbered(log, 2));
      expect(sleeper.isHolder()).toBe(false);
    } catch (e_5) {
      env_5.error = e_5;
      env_5.hasError = true;
    } finally {
      const result_5 = __disposeResources(env_5);
      if (result_5) await result_5;
    }
  });
});
