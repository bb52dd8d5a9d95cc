import { expect, test } from 'vitest';
import type { Event } from '../../../../src/domain/event.ts';
import { createEventPages } from '../../../../src/graphql/live/event-pages.ts';
import { beginReplay } from '../../../../src/graphql/live/replay-events.ts';

/** What is kept, and what retention takes away while somebody reads. */
function history(kept: number[], head: { sequence: number; floor: number }) {
  const self = {
    retain(floor: number) {
      head = { ...head, floor };
      kept = kept.filter((number) => number > floor);
    },
    head: () => Promise.resolve(head),
    after: (sequence: number, limit: number) =>
      Promise.resolve(
        kept
          .filter((number) => number > sequence)
          .slice(0, limit)
          .map((number) => ({ sequence: number }) as Event),
      ),
  };
  return self;
}

const coded = (code: string): unknown =>
  expect.objectContaining({ extensions: expect.objectContaining({ code }) });
const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, index) => from + 1 + index);

function replay(events: ReturnType<typeof history>, after: number, upTo = Infinity) {
  const delivered: number[] = [];
  const deliver = ({ sequence }: Event): Promise<boolean> => {
    if (sequence > upTo) return Promise.resolve(false);
    delivered.push(sequence);
    return Promise.resolve(true);
  };
  const begin = async () => {
    const pages = createEventPages({ history: events });
    const going = await beginReplay({ history: events, pages, after, matches: () => true, deliver });
    return { from: going.from, page: async () => going.page((await events.head()).sequence) };
  };
  return { delivered, begun: begin() };
}

test('0 begins with the oldest kept, and the floor itself is still a place to begin', async () => {
  const events = history([6, 7], { sequence: 7, floor: 5 });
  for (const [after, from] of [
    [0, 5],
    [5, 5],
    [7, 7],
  ] as const) {
    expect((await replay(events, after).begun).from()).toBe(from);
  }
  await expect(replay(events, 4).begun).rejects.toEqual(coded('SEQUENCE_EXPIRED'));
  await expect(replay(events, 8).begun).rejects.toEqual(coded('SEQUENCE_AHEAD'));
});

test('a replay that retention overtakes ends in SEQUENCE_EXPIRED instead of leaving a hole', async () => {
  const events = history(numbers(0, 250), { sequence: 250, floor: 0 });
  const { begun, delivered } = replay(events, 3);
  const going = await begun;
  await going.page();
  expect(delivered).toEqual(numbers(3, going.from()));
  events.retain(going.from() + 1);
  await expect(going.page()).rejects.toEqual(coded('SEQUENCE_EXPIRED'));
  events.retain(250);
  await expect(going.page()).rejects.toEqual(coded('SEQUENCE_EXPIRED'));
  expect(delivered).toEqual(numbers(3, going.from()));
});

test('who wants what is kept gets that, also where retention takes from it before the first page', async () => {
  const events = history(numbers(0, 20), { sequence: 20, floor: 0 });
  const { begun, delivered } = replay(events, 0);
  const going = await begun;
  events.retain(5);
  while (going.from() < 20) await going.page();
  expect(delivered).toEqual(numbers(5, 20));

  const late = replay(history(numbers(0, 250), { sequence: 250, floor: 0 }), 0);
  await (await late.begun).page();
  expect(late.delivered[0]).toBe(1);
});

test('who wants what is kept and was given some of it is told of a hole behind that', async () => {
  const events = history(numbers(0, 250), { sequence: 250, floor: 0 });
  const going = await replay(events, 0).begun;
  await going.page();
  events.retain(going.from() + 1);
  await expect(going.page()).rejects.toEqual(coded('SEQUENCE_EXPIRED'));
});

test('a hole behind the first event of a page, which an open delivery kept, ends it too', async () => {
  const events = history([4, 6, 7], { sequence: 7, floor: 3 });
  const { begun, delivered } = replay(events, 3);
  const going = await begun;
  events.retain(3);
  const kept = history([4, 6, 7], { sequence: 7, floor: 5 });
  events.head = kept.head;
  await expect(going.page()).rejects.toEqual(coded('SEQUENCE_EXPIRED'));
  expect(delivered).toEqual([]);
});

test('a hole that retention did not make is a fault, not an end', async () => {
  const going = await replay(history([6, 7], { sequence: 7, floor: 0 }), 3).begun;
  await expect(going.page()).rejects.toThrow(/event 4 is missing/);
});

test('a page ends where its receiver stops it, and the next goes on there', async () => {
  const { begun, delivered } = replay(history([1, 2, 3, 4], { sequence: 4, floor: 0 }), 0, 2);
  const going = await begun;
  await going.page();
  expect(going.from()).toBe(2);
  await going.page();
  expect(delivered).toEqual([1, 2]);
});
