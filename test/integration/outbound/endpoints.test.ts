import { beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { hang, refuse, startReceiver } from './receiver.ts';
import type { Receiver } from './receiver.ts';
import { anEndpoint, openWorld } from './world.ts';
import type { World } from './world.ts';

let world: World;
let receiver: Receiver;

beforeEach(async () => {
  world = await openWorld();
  receiver = await startReceiver();
});

const waitUntil = (path: string, count: number, withinMs = 5000) =>
  eventually(
    () => receiver.arrivals(path).length,
    (arrived) => arrived >= count,
    {
      withinMs,
      what: `${count} arrive at ${path}`,
    },
  );

describe('an endpoint', () => {
  it('that is deactivated gets nothing more: what is open is cancelled, waiting or not', async () => {
    world.setEndpoints(anEndpoint('e1', receiver.url('/a')));
    receiver.answer('/a', refuse(500));
    await world.fanOut('e1', ['i1', 'i1', 'i1']);
    await world.start({ schedule: [0, 3600] });
    await waitUntil('/a', 1);
    world.setEndpoints(anEndpoint('e1', receiver.url('/a'), { isActive: false, state: 'INACTIVE' }));
    const all = await world.settled('e1', 5000);
    expect(all.map(({ state, attemptCount }) => [state, attemptCount])).toEqual([
      ['CANCELLED', 1],
      ['CANCELLED', 0],
      ['CANCELLED', 0],
    ]);
    expect(receiver.arrivals('/a')).toHaveLength(1);
  });

  it('that is removed gets nothing more, also where nobody remembers it after a restart', async () => {
    await world.fanOut(
      'gone',
      Array.from({ length: 1200 }, (_, index) => `i${index % 7}`),
    );
    await world.start();
    const all = await world.settled('gone', 10_000);
    expect(all.every(({ state }) => state === 'CANCELLED')).toBe(true);
  });

  it('that is deactivated while a push is in flight still has its attempt recorded', async () => {
    world.setEndpoints(anEndpoint('e1', receiver.url('/a')));
    let answer: (() => void) | undefined;
    receiver.answer('/a', (response) => {
      answer = () => response.end('late');
    });
    await world.fanOut('e1', ['i1', 'i1']);
    await world.start();
    await waitUntil('/a', 1);
    world.setEndpoints(anEndpoint('e1', receiver.url('/a'), { isActive: false, state: 'INACTIVE' }));
    await eventually(
      () => world.read({ state: 'CANCELLED' }),
      (all) => all.length === 1,
      {
        withinMs: 5000,
        what: 'the other is cancelled',
      },
    );
    answer?.();
    expect(await world.settled('e1')).toMatchObject([
      { state: 'DELIVERED', attempts: [{ responseBody: 'late' }] },
      { state: 'CANCELLED', attempts: [] },
    ]);
  });

  it('that is reactivated is sent what comes from then on', async () => {
    world.setEndpoints(anEndpoint('e1', receiver.url('/a'), { isActive: false, state: 'INACTIVE' }));
    await world.fanOut('e1', ['i1']);
    await world.start();
    await world.settled('e1', 5000);
    world.setEndpoints(anEndpoint('e1', receiver.url('/a')));
    await world.fanOut('e1', ['i1']);
    await eventually(
      () => world.read({ state: 'DELIVERED' }),
      (all) => all.length === 1,
      {
        withinMs: 5000,
        what: 'it is delivered',
      },
    );
  });

  it('that got another url is sent there within a second', async () => {
    world.setEndpoints(anEndpoint('e1', receiver.url('/old')));
    await world.fanOut('e1', ['i1']);
    await world.start();
    await waitUntil('/old', 1);
    world.setEndpoints(anEndpoint('e1', receiver.url('/new')));
    const every = setInterval(() => void world.fanOut('e1', ['i1']), 100);
    await waitUntil('/new', 1, 2000).finally(() => clearInterval(every));
  });

  it('that was made by hand while running is served within a second of its first event', async () => {
    const outbound = await world.start();
    await eventually(
      () => outbound.lastTurnAt(),
      (at) => at !== undefined,
      { withinMs: 5000, what: 'it runs' },
    );
    world.setEndpoints(anEndpoint('e1', receiver.url('/a')));
    await world.fanOut('e1', ['i1']);
    await waitUntil('/a', 1, 2000);
  });

  it('whose secret cannot be opened is left alone: nothing is sent and nothing cancelled', async () => {
    world.setEndpoints(anEndpoint('e1', receiver.url('/a')), anEndpoint('e2', receiver.url('/b')));
    await world.fanOut('e1', ['i1']);
    await world.fanOut('e2', ['i1']);
    await world.start({
      openSecret({ id }) {
        if (id === 'e1') throw new Error('sealed with another key');
        return 'secret';
      },
    });
    await world.settled('e2');
    expect(await world.read({ endpointId: 'e1' })).toMatchObject([{ state: 'PENDING' }]);
    expect(receiver.arrivals('/a')).toHaveLength(0);
  });

  it('whose secret became one that cannot be opened is left alone, whatever it was before', async () => {
    const sealed = { secret: { form: 'SEALED', sealed: 'with another key' } } as const;
    const inactive = { isActive: false, state: 'INACTIVE' } as const;
    world.setEndpoints(
      anEndpoint('e1', receiver.url('/a')),
      anEndpoint('e2', receiver.url('/b'), inactive),
      anEndpoint('e3', receiver.url('/c')),
    );
    for (const id of ['e1', 'e2']) await world.fanOut(id, ['i1']);
    await world.start({
      openSecret({ secret }) {
        if (secret?.form !== 'PLAIN') throw new Error('sealed with another key');
        return secret.value;
      },
    });
    for (const id of ['e1', 'e2']) await world.settled(id);
    world.setEndpoints(
      anEndpoint('e1', receiver.url('/new'), sealed),
      anEndpoint('e2', receiver.url('/b'), sealed),
      anEndpoint('e3', receiver.url('/d')),
    );
    await eventually(
      async () => {
        await world.fanOut('e3', ['i1']);
        return receiver.arrivals('/d').length;
      },
      (arrived) => arrived > 0,
      { withinMs: 5000, what: 'the endpoints are read anew' },
    );
    for (const id of ['e1', 'e2']) await world.fanOut(id, ['i2']);
    await world.fanOut('e3', ['i2']);
    await world.settled('e3');
    for (const endpointId of ['e1', 'e2']) {
      expect((await world.read({ endpointId })).at(-1)).toMatchObject({ incidentId: 'i2', state: 'PENDING' });
    }
    expect(receiver.arrivals('/a')).toHaveLength(1);
    expect(receiver.arrivals('/new')).toHaveLength(0);

    world.setEndpoints(anEndpoint('e1', receiver.url('/new')), anEndpoint('e2', receiver.url('/b')));
    for (const id of ['e1', 'e2'])
      expect((await world.settled(id)).at(-1)).toMatchObject({ state: 'DELIVERED' });
  });
});

describe('open deliveries', () => {
  it('that nobody announced are found by polling', async () => {
    world.setEndpoints(anEndpoint('e1', receiver.url('/a')));
    const outbound = await world.start({ wake: { subscribe: () => () => undefined } });
    await eventually(
      () => outbound.lastTurnAt(),
      (at) => at !== undefined,
      { withinMs: 5000, what: 'it runs' },
    );
    await world.fanOut('e1', ['i1']);
    await waitUntil('/a', 1, 3000);
  });

  it('that became pending again by another hand are sent', async () => {
    world.setEndpoints(anEndpoint('e1', receiver.url('/a')));
    await world.fanOut('e1', ['i1', 'i2']);
    await world.start();
    const [first] = await world.settled('e1');
    await world.deliveries.updateOne(
      { _id: first?.id ?? '' },
      { $set: { state: 'PENDING', completedAt: null } },
    );
    await waitUntil('/a', 3);
    const [again] = await world.settled('e1');
    expect(again?.attemptCount).toBe(2);
  });

  it('whose event is gone are cancelled and hold nobody up', async () => {
    world.setEndpoints(anEndpoint('e1', receiver.url('/a')));
    const [first] = await world.fanOut('e1', ['i1', 'i1']);
    await world.connection.collection('events').deleteOne({ _id: (first?.eventId ?? '') as never });
    await world.start();
    expect(await world.settled('e1')).toMatchObject([{ state: 'CANCELLED' }, { state: 'DELIVERED' }]);
  });

  it('that became final by another hand while in flight keep their state and get the attempt', async () => {
    world.setEndpoints(anEndpoint('e1', receiver.url('/a')));
    let answer: (() => void) | undefined;
    receiver.answer('/a', (response) => {
      answer = () => response.end();
    });
    await world.fanOut('e1', ['i1']);
    await world.start();
    await waitUntil('/a', 1);
    await world.deliveries.updateOne({}, { $set: { state: 'SUPERSEDED', completedAt: new Date() } });
    answer?.();
    await eventually(
      () => world.read(),
      ([row]) => row?.attemptCount === 1,
      {
        withinMs: 5000,
        what: 'the attempt is recorded',
      },
    );
    expect(await world.read()).toMatchObject([{ state: 'SUPERSEDED', attempts: [{ outcome: 'DELIVERED' }] }]);
  });
});

describe('closing', () => {
  it('aborts what has not finished by then, and records it', async () => {
    world.setEndpoints(anEndpoint('e1', receiver.url('/a')));
    receiver.answer('/a', hang);
    await world.fanOut('e1', ['i1', 'i1']);
    const outbound = await world.start({ totalTimeoutMs: 500, schedule: [0, 3600] });
    await waitUntil('/a', 1);
    await outbound[Symbol.asyncDispose]();
    const [first, second] = await world.read();
    expect(first).toMatchObject({ state: 'WAITING', attemptCount: 1, attempts: [{ outcome: 'FAILED' }] });
    expect(second).toMatchObject({ state: 'WAITING', attemptCount: 0 });
    expect(await world.leases.countDocuments({ 'holder.pid': process.pid })).toBe(0);
  });
});
