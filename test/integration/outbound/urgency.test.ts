import { beforeEach, describe, expect, it } from 'vitest';
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
  receiver.answer('/a', (response) => setTimeout(() => response.end(), 5));
});

const incidents = (count: number, name: string): string[] =>
  Array.from({ length: count }, (_, index) => `${name}${index}`);

async function someSent(count: number): Promise<number> {
  return eventually(
    () => receiver.arrivals('/a').length,
    (arrived) => arrived >= count,
    { withinMs: 20_000, what: `${count} are sent` },
  );
}

describe('an endpoint with a backlog', () => {
  it('gets what is critical before what is not, though it was numbered later', async () => {
    await world.fanOut('e1', incidents(4000, 'info'), undefined, () => ({ priority: 4 }));
    await world.start();
    await someSent(100);
    const critical = await world.fanOut('e1', incidents(20, 'critical'), undefined, () => ({ priority: 0 }));
    const before = receiver.arrivals('/a').length;
    await eventually(
      () => receiver.arrivals('/a').filter(({ sequence }) => sequence > 4000).length,
      (count) => count === 20,
      { withinMs: 10_000, what: 'the critical ones are sent' },
    );
    const between = receiver
      .arrivals('/a')
      .slice(before)
      .filter(({ sequence }) => sequence <= 4000);
    expect(between.length).toBeLessThan(1000);
    expect(critical).toHaveLength(20);
  }, 60_000);

  it('gets what is critical before very much else that is due to be sent again', async () => {
    await world.fanOut('e1', incidents(3000, 'again'), undefined, () => ({ priority: 4 }));
    const again = { state: 'WAITING' as const, dueAt: new Date(), priority: 4 };
    await world.deliveries.updateMany({ endpointId: 'e1' }, { $set: again });
    await world.start();
    await someSent(100);
    const before = receiver.arrivals('/a').length;
    const [critical] = await world.fanOut('e1', ['critical'], undefined, () => ({ priority: 0 }));
    const arrived = await eventually(
      () => receiver.arrivals('/a').map(({ sequence }) => sequence),
      (sequences) => sequences.includes(critical?.sequence ?? 0),
      { withinMs: 20_000, what: 'the critical one is sent' },
    );
    expect(arrived.indexOf(critical?.sequence ?? 0) - before).toBeLessThan(1500);
  }, 60_000);

  it('gets an incident that became critical in order', async () => {
    await world.fanOut('e1', [...incidents(1500, 'info'), 'worse', 'worse', 'worse'], undefined, () => ({
      priority: 4,
    }));
    const [urgent] = await world.fanOut('e1', ['worse'], undefined, () => ({ priority: 0 }));
    await world.start();
    await eventually(
      () => receiver.arrivals('/a').some(({ sequence }) => sequence === urgent?.sequence),
      (came) => came,
      { withinMs: 20_000, what: 'the urgent one is sent' },
    );
    const arrived = receiver.arrivals('/a').map(({ sequence }) => sequence);
    expect(arrived.filter((sequence) => sequence > 1500)).toEqual([1501, 1502, 1503, 1504]);
    expect(arrived.length).toBeLessThan(1000);
  }, 60_000);
});

describe('a delivery that is to be sent again', () => {
  const again = (id: string) =>
    world.deliveries.updateOne(
      { _id: id },
      {
        $set: {
          state: 'WAITING',
          dueAt: new Date(),
          completedAt: null,
          redelivery: { at: new Date(), by: null, attemptsBefore: 1 },
        },
      },
    );
  const timesSent = (sequence: number): number =>
    receiver.arrivals('/a').filter((arrival) => arrival.sequence === sequence).length;

  for (const isTold of [true, false]) {
    it(`goes out while thousands of others are pending, ${isTold ? 'at once' : 'found by itself where another process asked for it'}`, async () => {
      const [first] = await world.fanOut('e1', ['busy', ...incidents(4000, 'i')]);
      await world.fanOut(
        'e1',
        Array.from({ length: 500 }, () => 'busy'),
      );
      const outbound = await world.start();
      await someSent(300);
      await eventually(
        () => world.read({ incidentId: 'busy', state: 'DELIVERED' }),
        (all) => all.length > 0,
        { withinMs: 10_000, what: 'the first is recorded' },
      );
      await again(first?.id ?? '');
      if (isTold) outbound.steered('e1');
      await eventually(
        () => timesSent(1),
        (count) => count === 2,
        { withinMs: 6000, what: 'it is sent again' },
      );
      expect((await world.read({ state: 'PENDING' })).length).toBeGreaterThan(500);
    }, 60_000);
  }
});
