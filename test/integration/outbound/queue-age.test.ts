import { expect, onTestFinished, test } from 'vitest';
import { toDeliveryRow } from '../../../src/store/delivery-row.ts';
import { createDeliveryStore } from '../../../src/store/delivery-store.ts';
import { createOpenAgeReader } from '../../../src/store/open-age-reader.ts';
import type { OpenAgeReader } from '../../../src/store/open-age-reader.ts';
import { startQueueAge } from '../../../src/outbound/queue-age.ts';
import type { QueueAge } from '../../../src/outbound/queue-age.ts';
import { eventually } from '../../support/eventually.ts';
import { openWorld } from './world.ts';
import type { World } from './world.ts';

const NOW = Date.now() + 1_000_000;

function start(world: World, openAges: OpenAgeReader = createOpenAgeReader(world.connection)): QueueAge {
  const age = startQueueAge({
    deliveries: createDeliveryStore(world.connection),
    openAges,
    isOurs: (endpointId) => endpointId !== 'of another process',
    clock: { now: () => new Date(NOW) },
    trouble: () => undefined,
    pollMs: 10,
  });
  onTestFinished(() => age[Symbol.asyncDispose]());
  return age;
}

async function becomes(age: QueueAge, seconds: number): Promise<void> {
  await eventually(age.seconds, (value) => Object.is(value, seconds), {
    withinMs: 10_000,
    what: `the age is ${seconds}`,
  });
}

/** One open delivery of each endpoint, the n-th of them as old as it says. */
async function store(world: World, ages: Record<string, number>): Promise<void> {
  for (const [endpointId, seconds] of Object.entries(ages)) {
    const [delivery] = await world.fanOut(endpointId, ['incident']);
    const row = toDeliveryRow(delivery ?? expect.fail());
    await world.deliveries.updateOne(
      { _id: row._id },
      { $set: { createdAt: new Date(NOW - seconds * 1000) } },
    );
  }
}

test('the age is that of the oldest delivery of all endpoints of the process, and 0 once nothing is open', async () => {
  const world = await openWorld();
  const age = start(world);
  await becomes(age, 0);
  const many = Object.fromEntries(Array.from({ length: 120 }, (_, n) => [`endpoint-${n}`, n + 1]));
  await store(world, { ...many, 'of another process': 9000 });
  await becomes(age, 120);
  await world.deliveries.updateMany({}, { $set: { state: 'DELIVERED' } });
  await becomes(age, 0);
});

test('while the store cannot be read the age is unknown, rather than what it was', async () => {
  const world = await openWorld();
  await store(world, { one: 70 });
  const reader = createOpenAgeReader(world.connection);
  let broken = false;
  const oldest: OpenAgeReader['oldest'] = (id) =>
    broken ? Promise.reject(new Error('away')) : reader.oldest(id);
  const age = start(world, { ...reader, oldest });
  await becomes(age, 70);
  broken = true;
  await becomes(age, Number.NaN);
  broken = false;
  await becomes(age, 70);
});
