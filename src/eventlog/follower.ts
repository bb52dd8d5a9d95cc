import type { Event } from '../domain/event.ts';
import { createBroadcast } from '../kernel/broadcast.ts';
import type { Logger } from '../kernel/logger.ts';
import { startWorkerLoop } from '../kernel/worker-loop.ts';
import type { EventStore } from '../store/event-store.ts';
import type { HeadWatch } from './head-watch.ts';

export interface FollowerDeps {
  events: Pick<EventStore, 'after' | 'head'>;
  headWatch: Pick<HeadWatch, 'head' | 'headMoved'>;
  logger: Logger;
}

export interface Follower extends AsyncDisposable {
  /** The last event handed on. Whoever has read up to it and subscribes in the same tick misses nothing. */
  position(): number;
  /**
   * From now on every event behind `position()`, in order and without gaps, in non-empty pages. Returns the function
   * that ends it. While nobody subscribes no event is read, and the position moves with the head.
   */
  subscribe(listener: (events: readonly Event[]) => void): () => void;
}

/** The store gave events that do not follow each other. */
export class EventGapError extends Error {
  override readonly name = 'EventGapError';
}

const PAGE = 500;
const POLL_MS = 1_000;

/** Hands on events in order, from the head at its start. One per process. */
export function startFollower({ events, headWatch, logger }: FollowerDeps): Follower {
  const pages = createBroadcast<readonly Event[]>();
  let listeners = 0;
  let position = headWatch.head();

  /** Keeps position and head equal while nobody listens, so that a first subscriber finds no hole between them. */
  const skipUnheard = (): void => {
    if (listeners === 0) position = Math.max(position, headWatch.head());
  };

  const handOn = (page: readonly Event[], last: Event): void => {
    // Before the listeners run: one of them may bring a new subscriber, who must not count on this page.
    position = last.sequence;
    pages.emit(page);
  };

  const loop = startWorkerLoop({
    async turn() {
      skipUnheard();
      if (listeners === 0) return 'idle';
      const from = position;
      const page = await events.after(from, PAGE);
      // Without listeners meanwhile the position may have moved on, and this page is behind it.
      if (position !== from) return 'again';
      const last = page.at(-1);
      if (last === undefined) return 'idle';
      if (!isConsecutive(page, from)) {
        position = await behindFloor(events, from, page);
        return 'again';
      }
      handOn(page, last);
      return page.length === PAGE ? 'again' : 'idle';
    },
    onError(error) {
      logger.error({ err: error }, 'events could not be followed, trying again');
    },
    pollMs: POLL_MS,
  });
  const stopWatching = headWatch.headMoved.subscribe(() => {
    skipUnheard();
    if (listeners > 0) loop.wake();
  });

  return {
    position() {
      return position;
    },
    subscribe(listener) {
      listeners += 1;
      const unsubscribe = pages.subscribe((page) => {
        try {
          listener(page);
        } catch (error) {
          logger.error({ err: error }, 'a follower of events failed');
        }
      });
      let subscribed = true;
      return () => {
        if (!subscribed) return;
        subscribed = false;
        listeners -= 1;
        unsubscribe();
        skipUnheard();
      };
    },
    async [Symbol.asyncDispose]() {
      stopWatching();
      await loop[Symbol.asyncDispose]();
    },
  };
}

function isConsecutive(page: readonly Event[], from: number): boolean {
  return page.every((event, index) => event.sequence === from + 1 + index);
}

/** A process that slept past the retention goes on behind what is no longer kept; any other gap is a fault. */
async function behindFloor(
  events: Pick<EventStore, 'head'>,
  from: number,
  page: readonly Event[],
): Promise<number> {
  const { floor } = await events.head();
  if (floor > from) return floor;
  const sequences = page.slice(0, 5).map((event) => event.sequence);
  throw new EventGapError(`after event ${from} came ${sequences.join(', ')}`);
}
