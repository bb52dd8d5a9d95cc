import { beforeEach, expect, it } from 'vitest';
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
});

const incidents = (count: number): string[] => Array.from({ length: count }, (_, index) => `i${index}`);

it('an endpoint gets no more a second than its owner wants, and what it wants', async () => {
  const times: number[] = [];
  receiver.answer('/a', (response) => {
    times.push(performance.now());
    response.end();
  });
  world.setEndpoints(anEndpoint('e1', receiver.url('/a'), { ratePerSecond: 20 }));
  await world.fanOut('e1', incidents(60));
  await world.start();
  await world.settled('e1', 20_000);
  const seconds = (Number(times.at(-1)) - Number(times[0])) / 1000;
  expect(seconds).toBeGreaterThan((60 - 1 - 20 * 0.1 - 8) / 20);
  expect(seconds).toBeLessThan(10);
});

it('an endpoint has as many in flight as its owner wants, up to 32', async () => {
  for (const path of ['/few', '/many', '/most'])
    receiver.answer(path, (response) => setTimeout(() => response.end(), 60));
  world.setEndpoints(
    anEndpoint('few', receiver.url('/few'), { maxInFlight: 2 }),
    anEndpoint('many', receiver.url('/many'), { maxInFlight: 20 }),
    anEndpoint('most', receiver.url('/most'), { maxInFlight: 1000 }),
  );
  await world.start();
  for (const id of ['few', 'many', 'most']) {
    await world.fanOut(id, incidents(100));
    await world.settled(id, 20_000);
  }
  expect(receiver.mostAtOnce('/few')).toBe(2);
  expect(receiver.mostAtOnce('/many')).toBe(20);
  expect(receiver.mostAtOnce('/most')).toBe(32);
}, 60_000);

it('an endpoint that is switched off with very many open deliveries has them all cancelled, and costs others nothing', async () => {
  const off = anEndpoint('off', receiver.url('/off'), { state: 'INACTIVE', isActive: false });
  world.setEndpoints(off, anEndpoint('well', receiver.url('/well')));
  await world.fanOut('off', incidents(20_000));
  await world.start();
  await eventually(
    () => world.deliveries.findOne({ endpointId: 'off', state: 'CANCELLED' }),
    (found) => found !== null,
    { withinMs: 10_000, what: 'some are cancelled' },
  );
  await world.fanOut('well', incidents(100));
  await world.settled('well', 10_000);
  await eventually(
    () => world.deliveries.findOne({ endpointId: 'off', state: { $ne: 'CANCELLED' } }),
    (found) => found === null,
    { withinMs: 60_000, what: 'all are cancelled' },
  );
  expect(receiver.arrivals('/off')).toHaveLength(0);
}, 120_000);

it('an endpoint that is gone has all its open deliveries cancelled, thousands a second', async () => {
  world.setEndpoints();
  await world.fanOut('gone', incidents(8000));
  await world.start();
  await eventually(
    () => world.deliveries.findOne({ endpointId: 'gone', state: { $ne: 'CANCELLED' } }),
    (found) => found === null,
    { withinMs: 10_000, what: 'all are cancelled' },
  );
}, 60_000);
