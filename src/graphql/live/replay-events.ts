import type { Event } from '../../domain/event.ts';
import type { EventReader } from '../../store/event-reader.ts';
import { codedError } from '../errors/coded-error.ts';

export type EventHistory = Pick<EventReader, 'after' | 'head'>;

const PAGE = 200;

/** Where to begin for a caller who has everything up to `after`. Throws `SEQUENCE_EXPIRED` or `SEQUENCE_AHEAD`. */
export async function replayFrom(history: EventHistory, after: number): Promise<number> {
  const { sequence, floor } = await history.head();
  if (after > sequence) {
    throw codedError(
      'SEQUENCE_AHEAD',
      `The newest event has number ${sequence}: ${after} was not given yet.`,
      {
        head: sequence,
      },
    );
  }
  if (after > 0 && after < floor) throw expired(after, floor);
  return Math.max(after, floor);
}

/**
 * Hands over one page behind `from` and returns where it ended. Throws `SEQUENCE_EXPIRED` where retention overtook it.
 * `deliver` may wait; it returns false to stop.
 */
export async function replayPage(
  history: EventHistory,
  from: number,
  deliver: (event: Event) => Promise<boolean>,
): Promise<number> {
  const page = await history.after(from, PAGE);
  const found = page.findIndex((event, index) => event.sequence !== from + 1 + index);
  if (page.length === 0 || found !== -1) {
    const { sequence, floor } = await history.head();
    if (floor > from) throw expired(from, floor);
    const missing = from + 1 + Math.max(found, 0);
    throw new Error(`event ${missing} is missing, though the head is ${sequence} and the floor ${floor}`);
  }
  let last = from;
  for (const event of page) {
    if (!(await deliver(event))) break;
    last = event.sequence;
  }
  return last;
}

function expired(after: number, floor: number): Error {
  return codedError(
    'SEQUENCE_EXPIRED',
    `Events up to ${floor} are no longer kept: what came after ${after} cannot be told. Read what you follow anew.`,
    { floor },
  );
}
