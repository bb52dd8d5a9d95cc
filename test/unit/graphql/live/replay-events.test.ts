import { expect, test } from 'vitest';
import type { Event } from '../../../../src/domain/event.ts';
import { replayFrom, replayPage } from '../../../../src/graphql/live/replay-events.ts';

function history(kept: number[], head: { sequence: number; floor: number }) {
  return {
    head: () => Promise.resolve(head),
    after: (sequence: number, limit: number) =>
      Promise.resolve(
        kept
          .filter((number) => number > sequence)
          .slice(0, limit)
          .map((number) => ({ sequence: number }) as Event),
      ),
  };
}

const coded = (code: string): unknown =>
  expect.objectContaining({ extensions: expect.objectContaining({ code }) });

test('0 begins with the oldest kept, and the floor itself is still a place to begin', async () => {
  const events = history([6, 7], { sequence: 7, floor: 5 });
  expect(await replayFrom(events, 0)).toBe(5);
  expect(await replayFrom(events, 5)).toBe(5);
  expect(await replayFrom(events, 7)).toBe(7);
  await expect(replayFrom(events, 4)).rejects.toEqual(coded('SEQUENCE_EXPIRED'));
  await expect(replayFrom(events, 8)).rejects.toEqual(coded('SEQUENCE_AHEAD'));
});

test('a replay that retention overtook ends in SEQUENCE_EXPIRED instead of leaving a hole', async () => {
  const deliver = () => Promise.resolve(true);
  await expect(replayPage(history([6, 7], { sequence: 7, floor: 5 }), 3, deliver)).rejects.toEqual(
    coded('SEQUENCE_EXPIRED'),
  );
  await expect(replayPage(history([], { sequence: 7, floor: 7 }), 3, deliver)).rejects.toEqual(
    coded('SEQUENCE_EXPIRED'),
  );
});

test('a hole behind the first event of a page, which an open delivery kept, ends it too', async () => {
  const delivered: number[] = [];
  const deliver = ({ sequence }: Event) => {
    delivered.push(sequence);
    return Promise.resolve(true);
  };
  await expect(replayPage(history([4, 6, 7], { sequence: 7, floor: 5 }), 3, deliver)).rejects.toEqual(
    coded('SEQUENCE_EXPIRED'),
  );
  expect(delivered).toEqual([]);
});

test('a hole that retention did not make is a fault, not an end', async () => {
  const deliver = () => Promise.resolve(true);
  await expect(replayPage(history([6, 7], { sequence: 7, floor: 0 }), 3, deliver)).rejects.toThrow(
    /event 4 is missing/,
  );
});

test('a page ends where its receiver stops it', async () => {
  const events = history([1, 2, 3, 4], { sequence: 4, floor: 0 });
  expect(await replayPage(events, 0, () => Promise.resolve(true))).toBe(4);
  expect(await replayPage(events, 0, (event) => Promise.resolve(event.sequence < 3))).toBe(2);
});
