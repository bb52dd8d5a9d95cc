import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TARGET, openPump } from '../../support/pump-over-memory.ts';

/** What happens to an endpoint, in turn. Numbers choose lanes, priorities and outcomes. */
type Step =
  | { do: 'fanOut'; lane: number; priorities: number[]; collapsible: boolean }
  | { do: 'read' }
  | { do: 'readDuring'; send: number; after: number; put: 'no' | 'drop' | 'circuit' }
  | { do: 'send'; count: number; fail: number }
  | { do: 'commit' }
  | { do: 'wait'; ms: number }
  | { do: 'pause' }
  | { do: 'resume' }
  | { do: 'circuit' }
  | { do: 'sendAgain'; pick: number }
  | { do: 'sweep' };

const priority = fc.integer({ min: 0, max: 4 });
const steps = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant('fanOut' as const),
        lane: fc.integer({ min: 0, max: 4 }),
        priorities: fc.oneof(
          fc.array(priority, { minLength: 1, maxLength: 8 }),
          fc.array(priority, { minLength: 60, maxLength: 130 }),
        ),
        collapsible: fc.boolean(),
      }),
    },
    { weight: 4, arbitrary: fc.constant({ do: 'read' as const }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('readDuring' as const),
        after: fc.integer({ min: 0, max: 30 }),
        put: fc.constantFrom('no' as const, 'no' as const, 'drop' as const, 'circuit' as const),
        send: fc.integer({ min: 1, max: 20 }),
      }),
    },
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant('send' as const),
        count: fc.integer({ min: 1, max: 120 }),
        fail: fc.integer({ min: 0, max: 12 }),
      }),
    },
    { weight: 3, arbitrary: fc.constant({ do: 'commit' as const }) },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 60_000 }) }),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        ...(['pause', 'resume', 'circuit', 'sweep'] as const).map((what) => ({ do: what })),
      ),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('sendAgain' as const), pick: fc.nat() }) },
  ),
  { minLength: 5, maxLength: 40 },
);

async function run(plan: readonly Step[]) {
  const world = openPump();
  const again = new Set<string>();
  for (const step of plan) {
    switch (step.do) {
      case 'fanOut':
        world.fanOut(`i${step.lane}`, step.priorities, step.collapsible);
        break;
      case 'read':
        await world.read();
        break;
      case 'readDuring': {
        const read = world.read();
        for (let tick = 0; tick < step.after; tick++) await Promise.resolve();
        world.send(step.send, 3);
        if (step.put === 'circuit') world.circuit();
        if (step.put === 'drop') {
          world.pump.aim(undefined);
          world.pump.aim(TARGET);
        }
        world.commit();
        await read;
        break;
      }
      case 'send':
        world.send(step.count, step.fail);
        break;
      case 'commit':
        world.commit();
        break;
      case 'wait':
        world.wait(step.ms);
        break;
      case 'pause':
        world.pump.aim(undefined);
        break;
      case 'resume':
        world.wait(1);
        world.pump.aim(TARGET);
        break;
      case 'circuit':
        world.wait(1);
        world.circuit();
        break;
      case 'sweep':
        world.pump.sweep();
        break;
      case 'sendAgain': {
        const final = [...world.model.rows.values()].filter((row) => !world.model.isOpen(row));
        const row = final[step.pick % Math.max(1, final.length)];
        if (row === undefined) break;
        again.add(row.id);
        const now = row.createdAt;
        world.model.change(row.id, {
          state: 'WAITING',
          dueAt: now,
          redelivery: { at: now, by: null, attemptsBefore: row.attemptCount },
        });
        if (step.pick % 2 === 0) world.pump.steered();
        break;
      }
    }
  }
  world.pump.aim(undefined);
  world.pump.aim(TARGET);
  for (let turn = 0; turn < 3000; turn++) {
    if (![...world.model.rows.values()].some(world.model.isOpen) && world.idle()) break;
    world.wait(100);
    await world.read();
    world.send(1000, 0);
    world.commit();
    if (turn % 10 === 0) world.pump.sweep();
  }
  return { ...world, again };
}

it('whatever the priorities, pauses and failures: each lane is sent in order, and nothing is left behind', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (plan) => {
      const { model, sent, again } = await run(plan);
      expect([...model.rows.values()].filter(model.isOpen).map(({ id }) => id)).toEqual([]);
      const last = new Map<string, number>();
      for (const { id, incidentId, sequence } of sent) {
        if (again.has(id)) continue;
        if (sequence < (last.get(incidentId) ?? 0))
          throw new Error(`${id} of ${incidentId} comes after a later one`);
        last.set(incidentId, sequence);
      }
      const times = new Map<string, number>();
      for (const { id } of sent) times.set(id, (times.get(id) ?? 0) + 1);
      for (const { id, attemptCount, state } of model.rows.values()) {
        if ((times.get(id) ?? 0) !== attemptCount) throw new Error(`${id} is sent twice`);
        if (state === 'SUPERSEDED' && attemptCount > 0) throw new Error(`${id} is sent, and superseded`);
      }
      const told = new Set(sent.flatMap(({ sequence, supersedes = [] }) => [sequence, ...supersedes]));
      expect(
        [...model.rows.values()].filter(({ sequence }) => !told.has(sequence)).map(({ id }) => id),
      ).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

it('where there is a backlog, critical ones go before all that is not in memory yet', async () => {
  const world = openPump();
  const infos = Array.from({ length: 1000 }, (_, index) => `info${index}`);
  for (const incidentId of infos) world.fanOut(incidentId, [4], false);
  await world.read();
  world.send(50, 0);
  world.commit();
  for (let index = 0; index < 20; index++) world.fanOut(`critical${index}`, [0], false);
  world.wait(1000);
  await world.read();
  world.send(20, 0);
  expect(world.sent.slice(50).every(({ priority: one }) => one === 0)).toBe(true);
});
