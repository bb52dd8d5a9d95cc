import { beforeEach, describe, expect, it } from 'vitest';
import { createEventStore } from '../../../src/store/event-store.ts';
import { createRunTransaction } from '../../../src/store/transaction.ts';
import type { RunTransaction } from '../../../src/store/transaction.ts';
import { eventually } from '../../support/eventually.ts';
import { startReceiver } from './receiver.ts';
import type { Receiver } from './receiver.ts';
import { anEndpoint, openWorld } from './world.ts';
import type { World } from './world.ts';

let world: World;
let receiver: Receiver;

beforeEach(async () => {
  world = await openWorld();
  receiver = await startReceiver();
  world.setEndpoints(anEndpoint('e1', receiver.url('/a')));
});

describe('a result', () => {
  it('is recorded once where the answer of its commit was lost', async () => {
    const run = createRunTransaction(world.connection);
    let losses = 2;
    const runTransaction: RunTransaction = async (work) => {
      const value = await run(work);
      if (losses-- > 0) throw new Error('the answer was lost');
      return value;
    };
    receiver.answer('/a', (response, { sequence }) => response.writeHead(sequence === 1 ? 500 : 200).end());
    await world.fanOut('e1', ['i1', 'i2', 'i3']);
    await world.start({ runTransaction, schedule: [0] });
    const all = await world.settled('e1');
    expect(all.map(({ state, attempts, attemptCount }) => [state, attempts.length, attemptCount])).toEqual([
      ['DEAD', 1, 1],
      ['DELIVERED', 1, 1],
      ['DELIVERED', 1, 1],
    ]);
    // What was recorded shows before its answer is lost.
    await eventually(
      () => losses,
      (left) => left < 0,
      { withinMs: 5000, what: 'the result is recorded once more' },
    );
  });

  it('is recorded when the database is back, and nothing is sent again meanwhile', async () => {
    const run = createRunTransaction(world.connection);
    let isAway = true;
    const runTransaction: RunTransaction = (work) => (isAway ? Promise.reject(new Error('away')) : run(work));
    await world.fanOut('e1', ['i1', 'i1', 'i2']);
    await world.start({ runTransaction });
    await eventually(
      () => receiver.arrivals('/a').length,
      (count) => count === 3,
      { withinMs: 5000, what: 'all are sent' },
    );
    isAway = false;
    await world.settled('e1');
    expect(receiver.arrivals('/a')).toHaveLength(3);
  });

  it('that cannot be recorded for long holds up sending before too many would have to be sent again', async () => {
    let isAway = true;
    const run = createRunTransaction(world.connection);
    const runTransaction: RunTransaction = (work) => (isAway ? Promise.reject(new Error('away')) : run(work));
    const incidents = Array.from({ length: 300 }, (_, index) => `i${index}`);
    const ids = ['e1', 'e2', 'e3'];
    world.setEndpoints(...ids.map((id) => anEndpoint(id, receiver.url(`/${id}`))));
    for (const id of ids) await world.fanOut(id, incidents);
    const outbound = await world.start({ runTransaction });
    await eventually(
      () => [receiver.arrivals().length, outbound.inFlight()],
      ([count, inFlight]) => (count ?? 0) >= 512 && inFlight === 0,
      { withinMs: 10_000, what: 'sending stops' },
    );
    expect(receiver.arrivals().length).toBeLessThan(512 + 128);
    isAway = false;
    for (const id of ids) await world.settled(id);
    expect(receiver.arrivals()).toHaveLength(900);
  });

  it('that the database refuses holds up neither the others nor the end', async () => {
    world.setEndpoints(anEndpoint('e1', receiver.url('/a')), anEndpoint('e2', receiver.url('/b')));
    receiver.answer('/a', (response) => response.writeHead(500).end());
    await world.fanOut('e1', ['i1']);
    // As a person may leave it: nothing can be pushed to it any more.
    await world.deliveries.updateOne({ endpointId: 'e1' }, { $set: { attempts: null as never } });
    const outbound = await world.start({ totalTimeoutMs: 500 });
    await eventually(
      () => receiver.arrivals('/a').length,
      (count) => count === 1,
      { withinMs: 5000, what: 'the one with the damaged row is sent' },
    );
    await world.fanOut('e2', ['i1', 'i1', 'i2', 'i3']);
    await world.settled('e2');
    await outbound[Symbol.asyncDispose]();
    expect(receiver.arrivals('/a')).toHaveLength(1);
  });
});

it('a body that cannot be read is read again a second later', async () => {
  const events = createEventStore(world.connection);
  let failures = 1;
  const bodies = (ids: readonly string[]) =>
    failures-- > 0 ? Promise.reject(new Error('away')) : events.bodies(ids);
  await world.fanOut('e1', ['i1', 'i1', 'i2']);
  await world.start({ events: { bodies } });
  const all = await world.settled('e1');
  expect(all.every(({ state, attemptCount }) => state === 'DELIVERED' && attemptCount === 1)).toBe(true);
});
