import type { Event } from '../../domain/event.ts';
import type { EventReader } from '../../store/event-reader.ts';
import { codedError } from '../errors/coded-error.ts';
import type { EventPages } from './event-pages.ts';

export type EventHistory = Pick<EventReader, 'after' | 'head'>;

export interface Replay {
  /** The caller has everything up to here that it asked for. */
  from(): number;
  /** Hands over one page behind it, `position` being given. Throws `SEQUENCE_EXPIRED` where retention overtook it. */
  page(position: number): Promise<void>;
}

interface ReplayOptions {
  history: Pick<EventHistory, 'head'>;
  pages: EventPages;
  /** The caller has everything up to here; 0: what is kept. */
  after: number;
  /** Whether the caller asked for it. */
  matches: (event: Event) => boolean;
  /** False to stop before this event: to wait here would be to hold the page meanwhile. */
  deliver: (event: Event) => Promise<boolean>;
}

/** Throws `SEQUENCE_EXPIRED` or `SEQUENCE_AHEAD` where `after` is no place to begin. */
export async function beginReplay({
  history,
  pages,
  after,
  matches,
  deliver,
}: ReplayOptions): Promise<Replay> {
  let from = await beginning(history, after);
  let untouched = true;
  return {
    from: () => from,

    async page(position) {
      const page = await pages.after(from, position);
      const floor = await floorOfHole(history, from, page);
      if (floor !== null) {
        // Whoever wants what is kept has seen nothing yet, so that nothing is missing.
        if (after !== 0 || !untouched) throw expired(from, floor);
        from = floor;
        return;
      }
      for (const event of page) {
        if (matches(event) && !(await deliver(event))) break;
        untouched = false;
        from = event.sequence;
      }
    },
  };
}

async function beginning(history: ReplayOptions['history'], after: number): Promise<number> {
  const { sequence, floor } = await history.head();
  if (after > sequence) {
    throw codedError(
      'SEQUENCE_AHEAD',
      `The newest event has number ${sequence}: ${after} was not given yet.`,
      { head: sequence },
    );
  }
  if (after > 0 && after < floor) throw expired(after, floor);
  return Math.max(after, floor);
}

/** Null where the page follows `from` without a hole; up to where events are gone, where retention made one. */
async function floorOfHole(
  history: ReplayOptions['history'],
  from: number,
  page: readonly Event[],
): Promise<number | null> {
  const found = page.findIndex((event, index) => event.sequence !== from + 1 + index);
  if (page.length > 0 && found === -1) return null;
  const { sequence, floor } = await history.head();
  if (floor > from) return floor;
  const missing = from + 1 + Math.max(found, 0);
  throw new Error(`event ${missing} is missing, though the head is ${sequence} and the floor ${floor}`);
}

function expired(after: number, floor: number): Error {
  return codedError(
    'SEQUENCE_EXPIRED',
    `Events up to ${floor} are no longer kept: what came after ${after} cannot be told. Read what you follow anew.`,
    { floor },
  );
}
