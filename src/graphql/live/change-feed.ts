import { abortableSleep } from '../../kernel/abortable-sleep.ts';
import { createListenerIndex } from './listener-index.ts';

interface FeedDeps<T> {
  /** Ids of what changes, until the signal aborts. */
  changes: (signal: AbortSignal, onBroken: (error: unknown) => void) => AsyncIterable<readonly string[]>;
  byIds: (ids: readonly string[]) => Promise<readonly T[]>;
  /** What a listener may be waiting for, read off the id; null where an id tells nothing. */
  subjectOf?: (id: string) => string | null;
  onBroken: (error: unknown) => void;
}

export interface ChangeFeed<T> {
  /** What changes from now on, about this subject or all. Returns the function that ends it. */
  listen(subject: string | null, take: (item: T) => void): () => void;
  /** How many listen right now. */
  size(): number;
}

const RETRY_MS = 500;

/**
 * Reads what changed and hands it to all who wait for it. The database is watched only while somebody listens, and what
 * nobody waits for is not read.
 */
export function createChangeFeed<T extends { id: string }>({
  changes,
  byIds,
  subjectOf = () => null,
  onBroken,
}: FeedDeps<T>): ChangeFeed<T> {
  const listeners = createListenerIndex<(item: T) => void>();
  let watching: AbortController | null = null;

  const read = async (ids: readonly string[], signal: AbortSignal): Promise<readonly T[]> => {
    while (!signal.aborted) {
      try {
        return await byIds(ids);
      } catch (error) {
        onBroken(error);
        await abortableSleep(RETRY_MS, signal);
      }
    }
    return [];
  };

  const handOn = (item: T): void => {
    for (const take of listeners.of(subjectOf(item.id))) {
      try {
        take(item);
      } catch (error) {
        onBroken(error);
      }
    }
  };

  const watchOnce = async (signal: AbortSignal): Promise<void> => {
    for await (const ids of changes(signal, onBroken)) {
      const wanted = ids.filter((id) => listeners.has(subjectOf(id)));
      const items = wanted.length === 0 ? [] : await read(wanted, signal);
      if (signal.aborted) return;
      for (const item of inOrderOf(wanted, items)) handOn(item);
    }
  };

  const watch = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      try {
        await watchOnce(signal);
      } catch (error) {
        onBroken(error);
      }
      await abortableSleep(RETRY_MS, signal);
    }
  };

  return {
    size: () => listeners.size(),

    listen(subject, take) {
      const remove = listeners.add(subject === null ? null : [subject], take);
      if (watching === null) {
        watching = new AbortController();
        void watch(watching.signal);
      }
      return () => {
        remove();
        if (listeners.size() > 0) return;
        watching?.abort();
        watching = null;
      };
    },
  };
}

function inOrderOf<T extends { id: string }>(ids: readonly string[], items: readonly T[]): T[] {
  const byId = new Map(items.map((item) => [item.id, item]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
