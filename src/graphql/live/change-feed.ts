import { abortableSleep } from '../../kernel/abortable-sleep.ts';

interface FeedDeps<T> {
  /** Ids of what changes, until the signal aborts. */
  changes: (signal: AbortSignal, onBroken: (error: unknown) => void) => AsyncIterable<readonly string[]>;
  byIds: (ids: readonly string[]) => Promise<readonly T[]>;
  onBroken: (error: unknown) => void;
}

interface Listener<T> {
  /** Whether an item of this id can be of interest: the others are not read. */
  wants: (id: string) => boolean;
  take: (item: T) => void;
}

export interface ChangeFeed<T> {
  /** What changes from now on. Returns the function that ends it. */
  listen(listener: Listener<T>): () => void;
}

const RETRY_MS = 500;

/** Reads what changed and hands it to all who listen. The database is watched only while somebody does. */
export function createChangeFeed<T extends { id: string }>({
  changes,
  byIds,
  onBroken,
}: FeedDeps<T>): ChangeFeed<T> {
  const listeners = new Set<Listener<T>>();
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

  const watch = async (signal: AbortSignal): Promise<void> => {
    for await (const ids of changes(signal, onBroken)) {
      const wanted = ids.filter((id) => [...listeners].some((listener) => listener.wants(id)));
      const items = wanted.length === 0 ? [] : await read(wanted, signal);
      if (signal.aborted) return;
      for (const item of inOrderOf(wanted, items)) {
        for (const listener of [...listeners]) {
          if (listener.wants(item.id)) listener.take(item);
        }
      }
    }
  };

  return {
    listen(listener) {
      listeners.add(listener);
      if (watching === null) {
        watching = new AbortController();
        watch(watching.signal).catch(onBroken);
      }
      return () => {
        if (!listeners.delete(listener) || listeners.size > 0) return;
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
