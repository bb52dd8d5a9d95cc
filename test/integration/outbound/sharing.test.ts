import { beforeEach, describe, expect, it } from 'vitest';
import { SLOT_COUNT, slotOf } from '../../../src/domain/slot.ts';
import { eventually } from '../../support/eventually.ts';
import { hang, startReceiver } from './receiver.ts';
import type { Receiver } from './receiver.ts';
import { anEndpoint, openWorld } from './world.ts';
import type { World } from './world.ts';

let world: World;
let receiver: Receiver;

beforeEach(async () => {
  world = await openWorld();
  receiver = await startReceiver();
});

const ids = Array.from({ length: 10 }, (_, index) => `e${index}`);
const useTen = (): void => world.setEndpoints(...ids.map((id) => anEndpoint(id, receiver.url(`/${id}`))));
const slotRow = (id: string) => ({ _id: `slot:${String(slotOf(id)).padStart(2, '0')}` });

function expectEachOnceInOrder(count: number): void {
  for (const id of ids) {
    const sequences = receiver.arrivals(`/${id}`).map(({ sequence }) => sequence);
    expect(sequences).toHaveLength(count);
    expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
    expect(new Set(sequences).size).toBe(count);
  }
}

describe('two processes', () => {
  it('share the slots; nothing is sent twice or out of order, also when one leaves midway', async () => {
    useTen();
    const first = await world.start();
    await eventually(
      () => first.slots(),
      (count) => count === SLOT_COUNT,
      { withinMs: 5000, what: 'all slots' },
    );
    // One incident to each endpoint, so that order can be seen over all of it.
    for (const id of ids)
      await world.fanOut(
        id,
        Array.from({ length: 60 }, () => 'i1'),
      );
    const second = await world.start();
    await eventually(
      () => [first.slots(), second.slots()],
      ([one, two]) => one === 32 && two === 32,
      { withinMs: 10_000, what: 'half of the slots each' },
    );
    for (const id of ids)
      await world.fanOut(
        id,
        Array.from({ length: 60 }, () => 'i1'),
      );
    await eventually(
      () => receiver.arrivals().length,
      (count) => count > 700,
      {
        withinMs: 10_000,
        what: 'some of it is sent',
      },
    );
    await first[Symbol.asyncDispose]();
    expect(first.slots()).toBe(0);
    for (const id of ids) await world.settled(id, 15_000);
    expectEachOnceInOrder(120);
    const all = await world.read();
    expect(all.every(({ state, attemptCount }) => state === 'DELIVERED' && attemptCount === 1)).toBe(true);
    await eventually(
      () => second.slots(),
      (count) => count === SLOT_COUNT,
      {
        withinMs: 5000,
        what: 'the other takes all over',
      },
    );
  }, 60_000);

  it('finish what is in flight before a slot changes hands', async () => {
    world.setEndpoints(anEndpoint('e1', receiver.url('/a')));
    let answer: (() => void) | undefined;
    receiver.answer('/a', (response) => {
      if (receiver.arrivals('/a').length > 1) response.end();
      else answer = () => response.end();
    });
    await world.fanOut('e1', ['i1', 'i1']);
    const first = await world.start();
    await eventually(
      () => answer,
      (given) => given !== undefined,
      { withinMs: 5000, what: 'it is in flight' },
    );
    const closed = first[Symbol.asyncDispose]();
    await world.start();
    expect(receiver.arrivals('/a')).toHaveLength(1);
    answer?.();
    await closed;
    const [one, two] = await world.settled('e1');
    expect(receiver.arrivals('/a').map(({ sequence }) => sequence)).toEqual([1, 2]);
    expect([one?.attemptCount, two?.attemptCount]).toEqual([1, 1]);
  });
});

describe('a slot that another process took', () => {
  it('is let go: nothing is recorded, and what is in flight is aborted', async () => {
    world.setEndpoints(anEndpoint('e1', receiver.url('/a')));
    let answer: (() => void) | undefined;
    receiver.answer('/a', (response, { sequence }) => {
      if (sequence === 1) answer = () => response.end();
    });
    await world.fanOut('e1', ['i1', 'i2']);
    const outbound = await world.start();
    await eventually(
      () => receiver.arrivals('/a').length,
      (count) => count === 2,
      {
        withinMs: 5000,
        what: 'both are in flight',
      },
    );
    const other = { instance: 'other', host: 'elsewhere', pid: 1, startedAt: '' };
    const until = new Date(Date.now() + 60_000);
    await world.leases.updateOne(slotRow('e1'), { $set: { holder: other, until }, $inc: { epoch: 1 } });
    answer?.();
    await eventually(
      () => receiver.cutOff('/a'),
      (count) => count === 1,
      {
        withinMs: 5000,
        what: 'the other push is aborted',
      },
    );
    await eventually(
      () => outbound.slots(),
      (count) => count === SLOT_COUNT - 1,
      {
        withinMs: 5000,
        what: 'the others are held',
      },
    );
    const all = await world.read({ endpointId: 'e1' });
    expect(all.map(({ state, attemptCount }) => ({ state, attemptCount }))).toEqual([
      { state: 'PENDING', attemptCount: 0 },
      { state: 'PENDING', attemptCount: 0 },
    ]);
  });

  it('costs the results of other slots in the same batch nothing', async () => {
    const mine = ids.find((id) => slotOf(id) !== slotOf('e0')) ?? '';
    world.setEndpoints(anEndpoint('e0', receiver.url('/lost')), anEndpoint(mine, receiver.url('/kept')));
    const answers: (() => void)[] = [];
    const later = (path: string) =>
      receiver.answer(path, (response) => void answers.push(() => response.end()));
    later('/lost');
    later('/kept');
    await world.fanOut('e0', ['i1']);
    await world.fanOut(mine, ['i1']);
    await world.start();
    await eventually(
      () => answers.length,
      (count) => count === 2,
      { withinMs: 5000, what: 'both in flight' },
    );
    const other = { instance: 'other', host: 'elsewhere', pid: 1, startedAt: '' };
    await world.leases.updateOne(slotRow('e0'), {
      $set: { holder: other, until: new Date(Date.now() + 60_000) },
      $inc: { epoch: 1 },
    });
    for (const answer of answers) answer();
    expect(await world.settled(mine)).toMatchObject([{ state: 'DELIVERED' }]);
    expect(await world.read({ endpointId: 'e0' })).toMatchObject([{ state: 'PENDING', attemptCount: 0 }]);
  });

  it('is given up before its lease runs out where it cannot be renewed', async () => {
    world.setEndpoints(anEndpoint('e1', receiver.url('/a')));
    receiver.answer('/a', hang);
    await world.fanOut('e1', ['i1']);
    let cannotRenew = false;
    const outbound = await world.start({ leaseSafeMs: 700 }, (leases) => ({
      ...leases,
      renew: (names) => (cannotRenew ? new Promise(() => undefined) : leases.renew(names)),
      acquire: (name) => (cannotRenew ? Promise.resolve(null) : leases.acquire(name)),
    }));
    await eventually(
      () => receiver.arrivals('/a').length,
      (count) => count === 1,
      {
        withinMs: 5000,
        what: 'it is in flight',
      },
    );
    cannotRenew = true;
    await eventually(
      () => receiver.cutOff('/a'),
      (count) => count === 1,
      { withinMs: 3000, what: 'it is aborted' },
    );
    await eventually(
      () => outbound.slots(),
      (count) => count === 0,
      { withinMs: 3000, what: 'none is held' },
    );
    expect(await world.read({ endpointId: 'e1' })).toMatchObject([{ state: 'PENDING', attemptCount: 0 }]);
  });

  it('comes back to a process that had lost it and finds it free', async () => {
    world.setEndpoints(anEndpoint('e1', receiver.url('/a')));
    const outbound = await world.start();
    await eventually(
      () => outbound.slots(),
      (count) => count === SLOT_COUNT,
      { withinMs: 5000, what: 'all' },
    );
    await world.leases.updateMany({ kind: 'LEASE' }, { $inc: { epoch: 5 } });
    await world.fanOut('e1', ['i1']);
    await world.settled('e1');
  });
});

describe('a restart', () => {
  it('on the same host need not wait out the lease of a process that was killed', async () => {
    world.setEndpoints(anEndpoint('e1', receiver.url('/a')));
    await world.leases.insertMany(
      Array.from({ length: SLOT_COUNT }, (_, index) => ({
        _id: `slot:${String(index).padStart(2, '0')}`,
        kind: 'LEASE' as const,
        holder: { ...world.self, instance: 'killed', startedAt: 'before' },
        epoch: 3,
        until: new Date(Date.now() + 10_000),
      })),
    );
    await world.fanOut('e1', ['i1']);
    const before = performance.now();
    await world.start();
    await eventually(
      () => receiver.arrivals('/a').length,
      (count) => count === 1,
      {
        withinMs: 2000,
        what: 'it is sent',
      },
    );
    expect(performance.now() - before).toBeLessThan(2000);
  });
});
