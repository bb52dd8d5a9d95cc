import type { Clock } from './clock.ts';
import { startWorkerLoop } from './worker-loop.ts';

export interface LastUsesDeps<Use> {
  /** Names what was used. */
  keyOf(use: Use): string;
  record(uses: readonly Use[]): Promise<void>;
  clock: Pick<Clock, 'monotonic'>;
  onError(error: unknown): void;
}

/** Disposing it records what is left. */
export interface LastUses<Use> extends AsyncDisposable {
  /** For every use: it only remembers. */
  note(use: Use): void;
}

/** Of each thing at most one use is recorded in this time; the first one at once. */
const EVERY_MS = 60_000;
const LOOK_MS = 10_000;

/** Records in the background when things were last used, in batches. */
export function startLastUses<Use>({ keyOf, record, clock, onError }: LastUsesDeps<Use>): LastUses<Use> {
  const unrecorded = new Map<string, Use>();
  const triedAt = new Map<string, number>();

  const isDue = (key: string): boolean => {
    const last = triedAt.get(key);
    return last === undefined || clock.monotonic() - last >= EVERY_MS;
  };

  const flush = async (keys: readonly string[]): Promise<void> => {
    const uses = keys.flatMap((key) => unrecorded.get(key) ?? []);
    for (const key of keys) {
      unrecorded.delete(key);
      triedAt.set(key, clock.monotonic());
    }
    try {
      await record(uses);
    } catch (error) {
      // A later use may have come meanwhile, and says all that this one would.
      for (const use of uses) if (!unrecorded.has(keyOf(use))) unrecorded.set(keyOf(use), use);
      throw error;
    }
  };

  const loop = startWorkerLoop({
    async turn() {
      for (const key of triedAt.keys()) if (isDue(key)) triedAt.delete(key);
      const due = [...unrecorded.keys()].filter(isDue);
      if (due.length > 0) await flush(due);
      return 'idle';
    },
    onError,
    pollMs: LOOK_MS,
  });

  return {
    note(use) {
      const key = keyOf(use);
      unrecorded.set(key, use);
      if (isDue(key)) loop.wake();
    },
    async [Symbol.asyncDispose]() {
      await loop[Symbol.asyncDispose]();
      await flush([...unrecorded.keys()]).catch(onError);
    },
  };
}
