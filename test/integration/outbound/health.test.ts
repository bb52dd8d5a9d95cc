import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_RETRY_SCHEDULE } from '../../../src/domain/retry-plan.ts';
import { createEndpointHealthStore } from '../../../src/store/endpoint-health-store.ts';
import { eventually } from '../../support/eventually.ts';
import { ok, refuse, startReceiver } from './receiver.ts';
import type { Answer, Receiver } from './receiver.ts';
import { anEndpoint, openWorld } from './world.ts';
import type { World } from './world.ts';

let world: World;
let receiver: Receiver;
let now: number;

/** Time passes when the test says so. */
const clock = { now: () => new Date(now), monotonic: () => performance.now() };
const atTheClock = { clock, schedule: DEFAULT_RETRY_SCHEDULE };

beforeEach(async () => {
  world = await openWorld();
  receiver = await startReceiver();
  now = Date.now();
  world.setEndpoints(anEndpoint('e1', receiver.url('/a')), anEndpoint('well', receiver.url('/well')));
});

const busy =
  (status: number, retryAfter: string): Answer =>
  (response) => {
    response.writeHead(status, { 'retry-after': retryAfter }).end();
  };

function arrives(count: number, path = '/a'): Promise<unknown> {
  return eventually(
    () => receiver.arrivals(path).length,
    (arrived) => arrived >= count,
    { withinMs: 10_000, what: `${count} have arrived at ${path}` },
  );
}

/** Whatever could be sent to any endpoint by now has been: one that is well was sent something that came after. */
async function everythingElseIsSent(): Promise<void> {
  const before = receiver.arrivals('/well').length;
  for (let round = 1; round <= 3; round++) {
    await world.fanOut('well', [`w${before + round}`]);
    await arrives(before + round, '/well');
  }
}

function healthIs(state: string | undefined, endpointId = 'e1') {
  return eventually(
    () => world.health(endpointId),
    (health) => health?.state === state,
    { withinMs: 10_000, what: `the health of ${endpointId} is ${state}` },
  );
}

async function afterAttempt(count: number): Promise<Date> {
  const [delivery] = await eventually(
    () => world.read({ endpointId: 'e1' }),
    ([first]) => first?.attemptCount === count,
    { withinMs: 10_000, what: `attempt ${count} is recorded` },
  );
  return delivery?.dueAt ?? new Date(0);
}

describe('a delivery that is answered 500', () => {
  it('is tried ten times on the schedule, and is dead then', async () => {
    receiver.answer('/a', refuse(500));
    await world.fanOut('e1', ['i1']);
    await world.start(atTheClock);
    for (let count = 1; count <= 9; count++) now = (await afterAttempt(count)).getTime();
    const [dead] = await world.settled('e1');
    expect(dead).toMatchObject({ state: 'DEAD', attemptCount: 10 });
    const times = dead?.attempts.map(({ at }) => at.getTime()) ?? [];
    const waits = times.slice(1).map((at, index) => (at - (times[index] ?? 0)) / 1000);
    expect(waits).toEqual([5, 30, 120, 600, 1800, 7200, 21_600, 43_200, 86_400]);
    await everythingElseIsSent();
    expect(receiver.arrivals('/a')).toHaveLength(10);
  });
});

describe('an endpoint that asks for a pause', () => {
  it.each([
    ['429 with seconds', busy(429, '60')],
    [
      '503 with a date',
      ((response) => {
        response.writeHead(503, { 'retry-after': new Date(now + 60_000).toUTCString() }).end();
      }) satisfies Answer,
    ],
  ])('by %s gets nothing in any lane until then, then one, then all in order', async (_name, answer) => {
    now = Math.ceil(now / 1000) * 1000;
    receiver.answer('/a', answer);
    await world.fanOut('e1', ['i1', 'i2', 'i3', 'i1', 'i2', 'i3']);
    await world.start(atTheClock);
    expect(await healthIs('THROTTLED')).toMatchObject({ circuit: { retryAt: new Date(now + 60_000) } });
    await world.fanOut('e1', ['i4', 'i1']);
    await everythingElseIsSent();
    const before = receiver.arrivals('/a').length;
    expect(before).toBeLessThanOrEqual(3);

    now += 59_999;
    await everythingElseIsSent();
    expect(receiver.arrivals('/a')).toHaveLength(before);

    let release = (): void => undefined;
    receiver.answer('/a', (response, arrival) => {
      receiver.answer('/a', ok);
      release = () => ok(response, arrival);
    });
    now += 1;
    await arrives(before + 1);
    await everythingElseIsSent();
    expect(receiver.arrivals('/a')).toHaveLength(before + 1);
    release();
    const all = await world.settled('e1');
    expect(all.map(({ state }) => state)).toEqual(Array.from({ length: 8 }, () => 'DELIVERED'));
    for (const lane of [[1, 4, 8], [2, 5], [3, 6], [7]]) {
      const sent = receiver.arrivals('/a').map(({ sequence }) => sequence);
      expect([...new Set(sent)].filter((sequence) => lane.includes(sequence))).toEqual(lane);
    }
    expect(await world.health('e1')).toMatchObject({ state: 'HEALTHY', circuit: null });
  });

  it('is still left alone by a process that is started anew', async () => {
    receiver.answer('/a', busy(429, '3600'));
    await world.fanOut('e1', ['i1', 'i2']);
    const first = await world.start(atTheClock);
    await healthIs('THROTTLED');
    await first[Symbol.asyncDispose]();
    const before = receiver.arrivals('/a').length;

    receiver.answer('/a', ok);
    await world.fanOut('e1', ['i3']);
    await world.start(atTheClock);
    await everythingElseIsSent();
    expect(receiver.arrivals('/a')).toHaveLength(before);
    now += 3_600_000;
    expect((await world.settled('e1')).every(({ state }) => state === 'DELIVERED')).toBe(true);
  });

  it('gets its webhooks at once where its owner gives it another url', async () => {
    receiver.answer('/a', busy(429, '86400'));
    await world.fanOut('e1', ['i1']);
    await world.start(atTheClock);
    await healthIs('THROTTLED');
    await world.fanOut('e1', ['i2']);
    world.setEndpoints(anEndpoint('e1', receiver.url('/b')));
    expect((await world.settled('e1')).every(({ state }) => state === 'DELIVERED')).toBe(true);
    await healthIs('HEALTHY');
  });
});

describe('an endpoint that fails', () => {
  it('is sent one at a time after the fifth failure in a row, and all in order once one succeeds', async () => {
    receiver.answer('/a', refuse(500));
    const incidents = Array.from({ length: 12 }, (_, index) => `i${index}`);
    await world.fanOut('e1', [...incidents, ...incidents]);
    await world.start({ ...atTheClock, perEndpointInFlight: 1 });
    const opened = await healthIs('FAILING');
    expect(opened).toMatchObject({ consecutiveFailures: 5, reason: 'answered 500', circuit: { probes: 0 } });
    expect(opened?.failures).toHaveLength(5);
    await everythingElseIsSent();
    expect(receiver.arrivals('/a')).toHaveLength(5);

    for (const [probes, wait] of [5000, 30_000, 120_000].entries()) {
      now += wait;
      await arrives(6 + probes);
      await eventually(
        () => world.health('e1'),
        (health) => health?.circuit?.probes === probes + 1,
        { withinMs: 5000, what: 'the probe is recorded' },
      );
      await everythingElseIsSent();
      expect(receiver.arrivals('/a')).toHaveLength(6 + probes);
    }
    receiver.answer('/a', ok);
    now += 600_000;
    const all = await world.settled('e1');
    expect(all.every(({ state }) => state === 'DELIVERED')).toBe(true);
    const sent = [...new Set(receiver.arrivals('/a').map(({ sequence }) => sequence))];
    for (let lane = 1; lane <= 12; lane++) {
      expect(sent.filter((sequence) => sequence % 12 === lane % 12)).toEqual([lane, lane + 12]);
    }
    expect(await world.health('e1')).toMatchObject({ state: 'HEALTHY', consecutiveFailures: 0 });
  });

  it('is disabled when it did nothing but fail for five days', async () => {
    receiver.answer('/a', refuse(500));
    await world.fanOut('e1', ['i1', 'i1']);
    await world.start({ clock, schedule: [0, ...Array.from({ length: 9 }, () => 86_400)] });
    for (let count = 1; count <= 5; count++) now = (await afterAttempt(count)).getTime();
    expect(await healthIs('DISABLED')).toMatchObject({ consecutiveFailures: 6, reason: 'answered 500' });
    const all = await world.settled('e1');
    expect(all.map(({ state, attemptCount }) => [state, attemptCount])).toEqual([
      ['CANCELLED', 6],
      ['CANCELLED', 0],
    ]);
  });

  it('costs one that is well no write at all', async () => {
    const healths = createEndpointHealthStore(world.connection);
    let writes = 0;
    const save: typeof healths.save = (...all) => {
      writes++;
      return healths.save(...all);
    };
    await world.start({ healths: { ...healths, save } });
    await everythingElseIsSent();
    await world.settled('well');
    expect([writes, await world.health('well')]).toEqual([0, null]);
  });
});

describe('an endpoint that answers 410', () => {
  it('is disabled at once: its delivery is dead, the others are cancelled', async () => {
    receiver.answer('/a', refuse(410));
    await world.fanOut('e1', ['i1', 'i1', 'i1']);
    await world.start(atTheClock);
    const all = await world.settled('e1');
    expect(all.map(({ state, attemptCount }) => [state, attemptCount])).toEqual([
      ['DEAD', 1],
      ['CANCELLED', 0],
      ['CANCELLED', 0],
    ]);
    expect(await world.health('e1')).toMatchObject({ state: 'DISABLED' });
    expect(receiver.arrivals('/a')).toHaveLength(1);
  });

  it('is sent to again once somebody enables it, as if nothing had been', async () => {
    receiver.answer('/a', refuse(410));
    await world.fanOut('e1', ['i1']);
    await world.start(atTheClock);
    await world.settled('e1');
    receiver.answer('/a', ok);
    world.setEndpoints(anEndpoint('e1', receiver.url('/a')));
    await healthIs('HEALTHY');
    await world.fanOut('e1', ['i2']);
    const [, next] = await world.settled('e1');
    expect(next).toMatchObject({ state: 'DELIVERED', attemptCount: 1 });
  });

  it('is left as it is by a process that lost its slot meanwhile', async () => {
    receiver.answer('/a', refuse(410));
    await world.fanOut('e1', ['i1']);
    let refused = 0;
    await world.start(atTheClock, (leases) => ({
      ...leases,
      extendInTransaction() {
        refused++;
        return Promise.resolve(false);
      },
    }));
    await eventually(
      () => refused,
      (count) => count >= 2,
      { withinMs: 5000, what: 'the slot is found lost' },
    );
    expect(await world.health('e1')).toBeNull();
    expect(await world.read({ endpointId: 'e1' })).toMatchObject([{ attemptCount: 0 }]);
  });
});
