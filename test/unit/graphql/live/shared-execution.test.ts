import { expect, test } from 'vitest';
import { createSharedExecution } from '../../../../src/graphql/live/shared-execution.ts';
import type { Member } from '../../../../src/graphql/live/shared-execution.ts';

function member(from = 0, takes = Infinity): Member & { got: string[]; cut: boolean } {
  const self = {
    from,
    got: [] as string[],
    cut: false,
    subscriber: {
      send(text: string) {
        if (self.got.length >= takes) return false;
        self.got.push(text);
        return true;
      },
      hasRoom: () => true,
      ready: () => Promise.resolve(),
      cutOff: () => void (self.cut = true),
      fail: () => undefined,
    },
  };
  return self;
}

/** Executions that the test finishes one by one. */
function controlled() {
  const waiting: { value: number; finish: () => void }[] = [];
  let emptied = 0;
  const run = (value: number): Promise<string> =>
    new Promise((resolve) => waiting.push({ value, finish: () => resolve(`r${value}`) }));
  return { waiting, run, onEmpty: () => void (emptied += 1), emptied: () => emptied };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('one execution serves all members, in order, whatever the executions take', async () => {
  const { waiting, run, onEmpty } = controlled();
  const shared = createSharedExecution<number>({ run, coalesce: false, onEmpty });
  const [a, b] = [member(), member()];
  shared.add(a);
  shared.add(b);
  for (const value of [1, 2, 3]) shared.offer({ value, sequence: value });
  await settle();
  waiting.find(({ value }) => value === 1)?.finish();
  await settle();
  expect(a.got).toEqual(['r1']);
  for (const { finish } of [...waiting].reverse()) finish();
  await settle();
  for (const { finish } of waiting) finish();
  await settle();
  expect(waiting).toHaveLength(3);
  expect(a.got).toEqual(['r1', 'r2', 'r3']);
  expect(b.got).toEqual(a.got);
});

test('a member that joins while earlier events wait for their turn does not get those it had in its replay', async () => {
  const { waiting, run, onEmpty } = controlled();
  const shared = createSharedExecution<number>({ run, coalesce: false, onEmpty });
  const early = member(0);
  shared.add(early);
  for (const value of [1, 2, 3]) shared.offer({ value, sequence: value });
  await settle();
  const late = member(2);
  shared.add(late);
  for (let turn = 0; turn < 3; turn++) {
    waiting[turn]?.finish();
    await settle();
  }
  expect(early.got).toEqual(['r1', 'r2', 'r3']);
  expect(late.got).toEqual(['r3']);
});

test('what only says that something changed waits once, however often it changed', async () => {
  const { waiting, run, onEmpty } = controlled();
  const shared = createSharedExecution<number>({ run, coalesce: true, onEmpty });
  const a = member();
  shared.add(a);
  for (const sequence of [1, 2, 3, 4]) shared.offer({ value: 1, sequence });
  await settle();
  waiting[0]?.finish();
  await settle();
  waiting[1]?.finish();
  await settle();
  expect(waiting).toHaveLength(2);
  expect(a.got).toEqual(['r1', 'r1']);
});

test('many that join at once, each to be told how things are, are told by one execution', async () => {
  const { waiting, run, onEmpty } = controlled();
  const shared = createSharedExecution<number>({ run, coalesce: true, onEmpty });
  const members = Array.from({ length: 100 }, () => member(-1));
  for (const one of members) {
    shared.add(one);
    shared.offer({ value: 1, sequence: 0, only: one });
  }
  waiting[0]?.finish();
  await settle();
  waiting[1]?.finish();
  await settle();
  expect(waiting).toHaveLength(2);
  for (const { got } of members) expect(got).toEqual(['r1']);
});

test('a change while some wait to be told how things are reaches all', async () => {
  const { waiting, run, onEmpty } = controlled();
  const shared = createSharedExecution<number>({ run, coalesce: true, onEmpty });
  const [first, second] = [member(-1), member(-1)];
  for (const one of [first, second]) {
    shared.add(one);
    shared.offer({ value: 1, sequence: 0, only: one });
  }
  shared.offer({ value: 1, sequence: 5 });
  shared.offer({ value: 1, sequence: 6 });
  for (const turn of [0, 1]) {
    waiting[turn]?.finish();
    await settle();
  }
  expect(waiting).toHaveLength(2);
  expect(first.got).toEqual(['r1', 'r1']);
  expect(second.got).toEqual(['r1']);
});

test('a member that takes no more is dropped, and the last one ends it', async () => {
  const { run, onEmpty, emptied, waiting } = controlled();
  const shared = createSharedExecution<number>({ run, coalesce: false, onEmpty });
  const [a, b] = [member(0, 0), member()];
  shared.add(a);
  shared.add(b);
  shared.offer({ value: 1, sequence: 1 });
  await settle();
  waiting[0]?.finish();
  await settle();
  expect(emptied()).toBe(0);
  shared.remove(b);
  shared.remove(b);
  expect(emptied()).toBe(1);
});

test('events that come faster than they can be executed cut their members off instead of piling up', async () => {
  const { run, onEmpty, emptied } = controlled();
  const shared = createSharedExecution<number>({ run, coalesce: false, onEmpty });
  const a = member();
  shared.add(a);
  for (let sequence = 1; sequence <= 2000 && !a.cut; sequence++) shared.offer({ value: sequence, sequence });
  await settle();
  expect(a.cut).toBe(true);
  expect(emptied()).toBe(1);
});
