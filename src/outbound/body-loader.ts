import type { EventStore } from '../store/event-store.ts';

export interface BodyLoader {
  /**
   * The outgoing body of an event; null when there is no such event. If it has to be fetched, those of `upcoming` come
   * along, to be at hand soon.
   */
  load(eventId: string, upcoming: () => readonly string[]): Promise<string | null>;
}

interface BodyLoaderOptions {
  events: Pick<EventStore, 'bodies'>;
  /** How much is kept, since one event goes to many endpoints at about the same time. */
  cacheBytes?: number;
}

interface Waiting {
  promise: Promise<string | null>;
  resolve(body: string | null): void;
  reject(error: unknown): void;
}

/** The driver's first batch: more would take two round trips. */
const MAX_BATCH = 100;
/** Bodies fetched ahead and not asked for yet, so that many endpoints do not push out each other's. */
const MAX_AHEAD = 1000;

/** Loads what was asked for meanwhile in one query, one query at a time. */
export function createBodyLoader({ events, cacheBytes = 16 * 1024 * 1024 }: BodyLoaderOptions): BodyLoader {
  const cache = new Map<string, string>();
  let cached = 0;
  const asked = new Map<string, Waiting>();
  const ahead = new Set<string>();
  let loading = false;

  const keep = (id: string, body: string): void => {
    cache.set(id, body);
    cached += body.length;
    for (const [oldest, text] of cache) {
      if (cached <= cacheBytes) break;
      cache.delete(oldest);
      ahead.delete(oldest);
      cached -= text.length;
    }
  };

  const loadSome = async (): Promise<void> => {
    const ids = [...asked.keys()].slice(0, MAX_BATCH);
    const settle = (id: string, act: (waiting: Waiting) => void): void => {
      const waiting = asked.get(id);
      asked.delete(id);
      if (waiting) act(waiting);
    };
    try {
      const bodies = await events.bodies(ids);
      for (const id of ids) {
        const body = bodies.get(id);
        if (body !== undefined) keep(id, body);
        settle(id, (waiting) => waiting.resolve(body ?? null));
      }
    } catch (error) {
      for (const id of ids) settle(id, (waiting) => waiting.reject(error));
    }
  };

  const run = async (): Promise<void> => {
    while (asked.size > 0) await loadSome();
    loading = false;
  };

  const ask = (eventId: string): Promise<string | null> => {
    let resolve!: Waiting['resolve'];
    let reject!: Waiting['reject'];
    const promise = new Promise<string | null>((onBody, onError) => {
      resolve = onBody;
      reject = onError;
    });
    asked.set(eventId, { promise, resolve, reject });
    if (!loading) {
      loading = true;
      // What is asked for in the same turn goes into the first query too.
      queueMicrotask(() => void run());
    }
    return promise;
  };

  return {
    load(eventId, upcoming) {
      ahead.delete(eventId);
      const body = cache.get(eventId);
      if (body !== undefined) return Promise.resolve(body);
      const wanted = asked.get(eventId)?.promise ?? ask(eventId);
      for (const id of upcoming()) {
        if (ahead.size >= MAX_AHEAD) break;
        if (cache.has(id) || asked.has(id)) continue;
        ahead.add(id);
        // Whether it came is for whoever needs it to find out.
        ask(id).catch(() => undefined);
      }
      return wanted;
    },
  };
}
