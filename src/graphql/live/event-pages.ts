import type { Event } from '../../domain/event.ts';
import { createGate } from '../../kernel/gate.ts';
import type { EventReader } from '../../store/event-reader.ts';

/** Pages of stored events, read once for all who come back at the same time. */
export interface EventPages {
  /** Some events behind `from`, in order, and at least one if there are any up to `position`. */
  after(from: number, position: number): Promise<readonly Event[]>;
}

interface SharedPage {
  events: Promise<readonly Event[]>;
  readAt: number;
}

interface Options {
  history: Pick<EventReader, 'after'>;
  now?: () => number;
}

const PAGE = 100;
/** A thousand that come back at once leave the database to others too. */
const READ_AT_ONCE = 8;
/** Long enough for those who come back together, and short enough for what is executed on it to be of now. */
const SHARED_MS = 1_000;
const MAX_SHARED = 20;
/** A timer may come a little early. */
const AT_LEAST_MS = 10;

export function createEventPages({ history, now = () => performance.now() }: Options): EventPages {
  const pages = new Map<string, SharedPage>();
  const read = createGate(READ_AT_ONCE);
  let timer: NodeJS.Timeout | null = null;

  const forgetOld = (): void => {
    const [oldest] = pages;
    if (oldest === undefined) return;
    const [key, { readAt }] = oldest;
    if (pages.size <= MAX_SHARED && now() - readAt < SHARED_MS) return;
    pages.delete(key);
    forgetOld();
  };

  /** Pages are large: they are not kept until somebody happens to come back. */
  const forgetInTime = (): void => {
    const [oldest] = pages.values();
    if (timer !== null || oldest === undefined) return;
    const leftMs = Math.max(oldest.readAt + SHARED_MS - now(), AT_LEAST_MS);
    timer = setTimeout(() => {
      timer = null;
      forgetOld();
      forgetInTime();
    }, leftMs).unref();
  };

  const shared = (key: string, from: number): Promise<readonly Event[]> => {
    forgetOld();
    const known = pages.get(key);
    if (known !== undefined) return known.events;
    const events = read(() => history.after(from, PAGE));
    pages.set(key, { events, readAt: now() });
    forgetInTime();
    events.catch(() => pages.delete(key));
    return events;
  };

  return {
    async after(from, position) {
      // Pages begin at round numbers, that those at different numbers may meet; the last one grows, and is of its moment.
      const start = from - (from % PAGE);
      const isWhole = start + PAGE <= position;
      const page = await (isWhole ? shared(`${start}`, start) : shared(`${from} ${position}`, from));
      return page.filter(({ sequence }) => sequence > from);
    },
  };
}
