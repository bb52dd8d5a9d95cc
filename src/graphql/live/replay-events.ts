import type { Event } from '../../domain/event.ts';
import type { EventReader } from '../../store/event-reader.ts';
import { codedError } from '../errors/coded-error.ts';

export type EventHistory = Pick<EventReader, 'after' | 'head'>;

const PAGE = 100;

export interface Replay {
  /** The caller has everything up to here that it asked for. */
  from(): number;
  /** Hands over one page behind it. Throws `SEQUENCE_EXPIRED` where retention overtook the replay. */
  page(): Promise<void>;
}

interface ReplayOptions {
  history: EventHistory;
  /** The caller has everything up to here; 0: what is kept. */
  after: number;
  /** False to stop before this event: to wait here would be to hold the page meanwhile. */
  deliver: (event: Event) => Promise<boolean>;
}

/** Throws `SEQUENCE_EXPIRED` or `SEQUENCE_AHEAD` where `after` is no place to begin. */
export async function beginReplay({ history, after, deliver }: ReplayOptions): Promise<Replay> {
  let from = await beginning(history, after);
  let untouched = true;
  return {
    from: () => from,

    async page() {
      const page = await history.after(from, PAGE);
      const floor = await floorOfHole(history, from, page);
      if (floor !== null) {
        // Whoever wants what is kept has seen nothing yet, so that nothing is missing.
        if (after !== 0 || !untouched) throw expired(from, floor);
        from = floor;
        return;
      }
      for (const event of page) {
        if (!(await deliver(event))) break;
        untouched = false;
        from = event.sequence;
      }
    },
  };
}

async function beginning(history: EventHistory, after: number): Promise<number> {
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
  history: EventHistory,
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
