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
import { deliveriesTo, numbered } from '../../support/event-log-checks.js';
import { anEndpoint, anEvent, openEventLog, prepareEventLog, sequence } from '../../support/event-log.js';
import { openTestDatabase } from '../../support/test-database.js';
let connection;
let log;
beforeEach(async () => {
  connection = await openTestDatabase();
  await prepareEventLog(connection);
  log = await openEventLog(connection);
});
const never = new AbortController().signal;
describe('fan-out', () => {
  it('gives an endpoint every event committed after it was registered', async () => {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
      const registered = [];
      const rows = connection.getClient().db(connection.name).collection('registered');
      await connection.createCollection('registered');
      const endpoints = {
        async all(tx) {
          const found = await rows.find({}, { ...(tx && { session: tx }) }).toArray();
          return found.map((row) => anEndpoint(row._id));
        },
      };
      const _sequencer = __addDisposableResource(env_1, sequence(log, { endpoints }), true);
      const expected = new Map();
      for (let turn = 0; turn < 20; turn += 1) {
        const endpointId = `endpoint-${turn}`;
        await rows.insertOne({ _id: endpointId });
        registered.push(endpointId);
        const event = anEvent({ incidentSeq: turn + 1 });
        await log.commit(event);
        for (const id of registered) expected.set(id, [...(expected.get(id) ?? []), event.id]);
      }
      await numbered(log, 20);
      for (const [endpointId, eventIds] of expected) {
        const got = (await deliveriesTo(connection, endpointId)).map((delivery) => delivery.eventId);
        expect(got.slice(-eventIds.length)).toEqual(eventIds);
      }
    } catch (e_1) {
      env_1.error = e_1;
      env_1.hasError = true;
    } finally {
      const result_1 = __disposeResources(env_1);
      if (result_1) await result_1;
    }
  });
  it('keeps the chain of previous numbers over batches, skipped types, pauses and deletions', async () => {
    await log.heads.prepare();
    const number = async (seq, type = 'INCIDENT_CREATED') => {
      await log.commit(anEvent({ incidentSeq: seq, type }));
      await numberBatch(log, never);
    };
    const created = anEndpoint('created', { events: ['INCIDENT_CREATED'] });
    const all = anEndpoint('all', { events: ['INCIDENT_CREATED', 'EVIDENCE_ADDED'] });
    log.setEndpoints(created, all);
    await number(1);
    await number(2, 'EVIDENCE_ADDED');
    log.setEndpoints({ ...created, state: 'INACTIVE' }, all);
    await number(3);
    log.setEndpoints(created);
    await number(4);
    log.setEndpoints(created, all, anEndpoint('late'));
    await number(5);
    const chain = async (id) =>
      (await deliveriesTo(connection, id)).map(({ previousSequence, sequence }) => [
        previousSequence,
        sequence,
      ]);
    expect(await chain('created')).toEqual([
      [null, 1],
      [1, 4],
      [4, 5],
    ]);
    expect(await chain('all')).toEqual([
      [null, 1],
      [1, 2],
      [2, 3],
      [3, 5],
    ]);
    expect(await chain('late')).toEqual([[null, 5]]);
  });
  it('tells the size of the body in bytes', async () => {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
      log.setEndpoints(anEndpoint('endpoint-1'));
      const event = { ...anEvent(), body: '{"title": "Störung"}' };
      await log.commit(event);
      const _sequencer = __addDisposableResource(env_2, sequence(log), true);
      await numbered(log, 1);
      expect(await deliveriesTo(connection, 'endpoint-1')).toMatchObject([
        { bodyBytes: Buffer.byteLength(event.body) },
      ]);
      expect(await log.events.bodies([event.id, 'unknown'])).toEqual(new Map([[event.id, event.body]]));
    } catch (e_2) {
      env_2.error = e_2;
      env_2.hasError = true;
    } finally {
      const result_2 = __disposeResources(env_2);
      if (result_2) await result_2;
    }
  });
});
