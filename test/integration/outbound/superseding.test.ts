import { beforeEach, expect, it } from 'vitest';
import type { Delivery } from '../../../src/domain/delivery.ts';
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

/** Created, then updates; every tenth is something else, which is never needless. */
const asStory = (index: number): Partial<Delivery> =>
  index % 10 === 0
    ? { eventType: index === 0 ? 'INCIDENT_CREATED' : 'TIMELINE_UPDATED' }
    : { eventType: 'INCIDENT_UPDATED', collapsible: true };

function expectAllTold(all: readonly Delivery[]): void {
  const told = receiver.arrivals('/a').flatMap(({ headers, sequence }) => {
    const named = String(headers['x-opslens-superseded'] ?? '');
    return [...(named === '' ? [] : named.split(',').map(Number)), sequence];
  });
  expect(new Set(told)).toEqual(new Set(all.map(({ sequence }) => sequence)));
}

it('an endpoint that was paused gets the newest update of each incident, and all that is no update', async () => {
  const other = anEndpoint('other', receiver.url('/other'));
  world.setEndpoints(anEndpoint('e1', receiver.url('/a'), { state: 'PAUSED' }), other);
  await world.start();
  await world.fanOut(
    'e1',
    Array.from({ length: 40 }, (_, index) => `i${index % 2}`),
    undefined,
    (index) => asStory(index >> 1),
  );
  await world.fanOut('other', ['i1']);
  await world.settled('other');
  expect((await world.read({ endpointId: 'e1' })).every(({ state }) => state === 'PENDING')).toBe(true);
  expect(receiver.arrivals('/a')).toHaveLength(0);
  world.setEndpoints(anEndpoint('e1', receiver.url('/a')), other);
  const all = await world.settled('e1', 20_000);
  expectAllTold(all);
  for (const incidentId of ['i0', 'i1']) {
    const lane = all.filter((delivery) => delivery.incidentId === incidentId);
    expect(
      lane.filter(({ state }) => state === 'DELIVERED').map((delivery) => lane.indexOf(delivery)),
    ).toEqual([0, 10, 19]);
    const newest = lane[19];
    expect(newest?.supersedes).toHaveLength(17);
    expect(
      lane.filter(({ state }) => state === 'SUPERSEDED').every((one) => one.supersededBy === newest?.id),
    ).toBe(true);
  }
});

it('a long lane that waited is gone through to its end; at most 500 numbers stand in one header', async () => {
  world.setEndpoints(anEndpoint('e1', receiver.url('/a')));
  let isWell = false;
  receiver.answer('/a', (response) => response.writeHead(isWell ? 200 : 500).end());
  await world.fanOut('e1', ['i1'], undefined, asStory);
  await world.start({ schedule: [0, ...Array.from({ length: 30 }, () => 0.3)] });
  await eventually(
    () => receiver.arrivals('/a').length,
    (count) => count > 0,
    { withinMs: 10_000, what: 'it fails' },
  );
  await world.fanOut(
    'e1',
    Array.from({ length: 1300 }, () => 'i1'),
    undefined,
    (index) => asStory(index + 1),
  );
  isWell = true;
  const all = await world.settled('e1', 30_000);
  expectAllTold(all);
  const updates = all.filter(({ collapsible }) => collapsible);
  const sent = updates.filter(({ state }) => state === 'DELIVERED');
  // Some may have gone out before those behind them were there.
  expect(sent.length).toBeLessThan(30);
  expect(updates.length - sent.length).toBe(
    sent.reduce((sum, { supersedes }) => sum + (supersedes?.length ?? 0), 0),
  );
  expect(Math.max(...sent.map(({ supersedes }) => supersedes?.length ?? 0))).toBeLessThanOrEqual(500);
  expect(all.filter(({ collapsible }) => !collapsible).every(({ state }) => state === 'DELIVERED')).toBe(
    true,
  );
  const sequences = receiver.arrivals('/a').map(({ sequence }) => sequence);
  expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
}, 60_000);

it('an endpoint that keeps up gets every update', async () => {
  world.setEndpoints(anEndpoint('e1', receiver.url('/a')));
  await world.start();
  await world.fanOut(
    'e1',
    Array.from({ length: 60 }, (_, index) => `i${index % 3}`),
    undefined,
    asStory,
  );
  const all = await world.settled('e1');
  expect(all.every(({ state }) => state === 'DELIVERED')).toBe(true);
});
