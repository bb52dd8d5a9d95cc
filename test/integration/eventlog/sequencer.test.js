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
import { numberBatch } from '../../../src/eventlog/number-batch.js';
import { headModel } from '../../../src/store/head-row.js';
import { nativeCollection } from '../../../src/store/native-collection.js';
import { deliveriesTo, expectChain, expectGapless, numbered } from '../../support/event-log-checks.js';
import {
  anEndpoint,
  anEvent,
  openEventLog,
  prepareEventLog,
  sequence,
  until,
} from '../../support/event-log.js';
import { openTestDatabase } from '../../support/test-database.js';
let connection;
let log;
beforeEach(async () => {
  connection = await openTestDatabase();
  await prepareEventLog(connection);
  log = await openEventLog(connection);
});
const never = new AbortController().signal;
/** Commits the events of three incidents in transactions of differing size, as one server process does. */
async function write(writer, log, transactions) {
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
describe('the sequencer', () => {
  it('numbers what was committed before it started, oldest first', async () => {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
      const at = (ms) => new Date(Date.UTC(2026, 0, 1) + ms);
      await log.commit(
        anEvent({ incidentId: 'b', incidentSeq: 2, recordedAt: at(1) }),
        anEvent({ incidentId: 'b', incidentSeq: 1, recordedAt: at(1) }),
        anEvent({ incidentId: 'a', incidentSeq: 1, recordedAt: at(1) }),
        anEvent({ incidentId: 'z', incidentSeq: 1, recordedAt: at(0) }),
      );
      const _sequencer = __addDisposableResource(env_1, sequence(log), true);
      const events = await numbered(log, 4);
      expect(events.map((event) => `${event.incidentId}${event.incidentSeq}`)).toEqual([
        'z1',
        'a1',
        'b1',
        'b2',
      ]);
      expectGapless(events);
    } catch (e_1) {
      env_1.error = e_1;
      env_1.hasError = true;
    } finally {
      const result_1 = __disposeResources(env_1);
      if (result_1) await result_1;
    }
  });
  it('leaves no gap and keeps the order of each incident while three writers commit', async () => {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
      log.setEndpoints(anEndpoint('endpoint-1'), anEndpoint('endpoint-2'));
      const _sequencer = __addDisposableResource(env_2, sequence(log), true);
      const totals = await Promise.all([1, 2, 3].map((writer) => write(writer, log, 40)));
      const total = totals.reduce((sum, count) => sum + count, 0);
      const events = await numbered(log, total);
      expect(events).toHaveLength(total);
      expectGapless(events);
      for (const endpointId of ['endpoint-1', 'endpoint-2']) {
        expect((await deliveriesTo(connection, endpointId)).map((delivery) => delivery.eventId)).toEqual(
          events.map((event) => event.id),
        );
        await expectChain(connection, endpointId);
      }
      expect(await log.events.head()).toEqual({ sequence: total, floor: 0 });
    } catch (e_2) {
      env_2.error = e_2;
      env_2.hasError = true;
    } finally {
      const result_2 = __disposeResources(env_2);
      if (result_2) await result_2;
    }
  });
  it('gives no number twice even if two of them believe that they hold the lease', async () => {
    const env_3 = { stack: [], error: void 0, hasError: false };
    try {
      const leases = {
        acquire: (name) => Promise.resolve({ name, epoch: 1 }),
        renew: (names) => Promise.resolve(new Set(names)),
        release: () => Promise.resolve(),
      };
      log.setEndpoints(anEndpoint('endpoint-1'));
      const batches = { one: 0, two: 0 };
      const other = await openEventLog(connection);
      other.setEndpoints(anEndpoint('endpoint-1'));
      log.numbered.subscribe(() => (batches.one += 1));
      other.numbered.subscribe(() => (batches.two += 1));
      log.committed.subscribe(() => {
        other.committed.emit();
      });
      const _one = __addDisposableResource(env_3, sequence(log, { leases }), true);
      const _two = __addDisposableResource(env_3, sequence(other, { leases }), true);
      const totals = await Promise.all([1, 2, 3].map((writer) => write(writer, log, 40)));
      const total = totals.reduce((sum, count) => sum + count, 0);
      const events = await numbered(log, total);
      expect(events).toHaveLength(total);
      expectGapless(events);
      expect(await deliveriesTo(connection, 'endpoint-1')).toHaveLength(total);
      await expectChain(connection, 'endpoint-1');
      expect(Math.min(batches.one, batches.two)).toBeGreaterThan(0);
    } catch (e_3) {
      env_3.error = e_3;
      env_3.hasError = true;
    } finally {
      const result_3 = __disposeResources(env_3);
      if (result_3) await result_3;
    }
  });
  it('leaves nothing behind when it dies between numbering and its commit', async () => {
    const env_4 = { stack: [], error: void 0, hasError: false };
    try {
      log.setEndpoints(anEndpoint('endpoint-1'));
      await log.heads.prepare();
      await log.commit(anEvent({ incidentSeq: 1 }), anEvent({ incidentSeq: 2 }));
      const heads = {
        ...log.heads,
        async setLastSequences(...args) {
          await log.heads.setLastSequences(...args);
          throw new Error('died here');
        },
      };
      await expect(numberBatch({ ...log, heads }, never)).rejects.toThrow('died here');
      expect(await log.events.after(0, 10)).toEqual([]);
      expect(await deliveriesTo(connection, 'endpoint-1')).toEqual([]);
      expect(await log.events.head()).toEqual({ sequence: 0, floor: 0 });
      const _sequencer = __addDisposableResource(env_4, sequence(log), true);
      expectGapless(await numbered(log, 2));
      expect(
        (await deliveriesTo(connection, 'endpoint-1')).map((delivery) => delivery.previousSequence),
      ).toEqual([null, 1]);
    } catch (e_4) {
      env_4.error = e_4;
      env_4.hasError = true;
    } finally {
      const result_4 = __disposeResources(env_4);
      if (result_4) await result_4;
    }
  });
  it('goes on after a turn that failed', async () => {
    const env_5 = { stack: [], error: void 0, hasError: false };
    try {
      let failures = 0;
      const endpoints = {
        all: () => (failures++ === 0 ? Promise.reject(new Error('no endpoints')) : Promise.resolve([])),
      };
      const _sequencer = __addDisposableResource(env_5, sequence(log, { endpoints }), true);
      await log.commit(anEvent());
      expectGapless(await numbered(log, 1));
    } catch (e_5) {
      env_5.error = e_5;
      env_5.hasError = true;
    } finally {
      const result_5 = __disposeResources(env_5);
      if (result_5) await result_5;
    }
  });
  it('says after the commit how far it came and which endpoints got something', async () => {
    const env_6 = { stack: [], error: void 0, hasError: false };
    try {
      log.setEndpoints(
        anEndpoint('endpoint-1'),
        anEndpoint('endpoint-2', { events: ['EVIDENCE_ADDED'] }),
        anEndpoint('endpoint-3', { state: 'INACTIVE' }),
      );
      const said = new Promise((resolve) => {
        log.numbered.subscribe((value) => {
          resolve(log.events.head().then((head) => ({ value, stored: head.sequence })));
        });
      });
      await log.commit(anEvent({ incidentSeq: 1 }), anEvent({ incidentSeq: 2 }));
      const _sequencer = __addDisposableResource(env_6, sequence(log), true);
      expect(await said).toEqual({ value: { head: 2, endpointIds: ['endpoint-1'] }, stored: 2 });
    } catch (e_6) {
      env_6.error = e_6;
      env_6.hasError = true;
    } finally {
      const result_6 = __disposeResources(env_6);
      if (result_6) await result_6;
    }
  });
  it('takes as many events at once as fit with their deliveries, and comes back for the rest', async () => {
    const env_7 = { stack: [], error: void 0, hasError: false };
    try {
      log.setEndpoints(...Array.from({ length: 99 }, (_, index) => anEndpoint(`endpoint-${index}`)));
      const heads = [];
      log.numbered.subscribe(({ head }) => heads.push(head));
      await log.commit(...Array.from({ length: 120 }, (_, index) => anEvent({ incidentSeq: index + 1 })));
      const _sequencer = __addDisposableResource(env_7, sequence(log), true);
      expectGapless(await numbered(log, 120));
      await expectChain(connection, 'endpoint-98');
      await until(
        () => Promise.resolve(heads.at(-1)),
        (head) => head === 120,
      );
      expect(heads).toEqual([49, 98, 120]);
    } catch (e_7) {
      env_7.error = e_7;
      env_7.hasError = true;
    } finally {
      const result_7 = __disposeResources(env_7);
      if (result_7) await result_7;
    }
  });
  it('goes on from the events there are when the head document was lost', async () => {
    const env_8 = { stack: [], error: void 0, hasError: false };
    try {
      await log.heads.prepare();
      await log.commit(anEvent({ incidentSeq: 1 }), anEvent({ incidentSeq: 2 }));
      await numberBatch(log, never);
      const _sequencer = __addDisposableResource(env_8, sequence(log), true);
      await nativeCollection(headModel(connection)).deleteMany({});
      await log.commit(anEvent({ incidentSeq: 3 }));
      expectGapless(await numbered(log, 3));
    } catch (e_8) {
      env_8.error = e_8;
      env_8.hasError = true;
    } finally {
      const result_8 = __disposeResources(env_8);
      if (result_8) await result_8;
    }
  });
});
