import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import { startWorkerLoop } from '../kernel/worker-loop.ts';
import type { SecretUse } from '../store/source-store.ts';

export interface SecretUsesDeps {
  record(uses: readonly SecretUse[]): Promise<void>;
  clock: Pick<Clock, 'monotonic'>;
  logger: Pick<Logger, 'warn'>;
}

/** Disposing it records what is left. */
export interface SecretUses extends AsyncDisposable {
  /** For every webhook that was verified with a stored secret: it only remembers. */
  note(use: SecretUse): void;
}

/** Of each secret at most one use is recorded in this time; the first one at once. */
const EVERY_MS = 60_000;
const LOOK_MS = 10_000;

export function startSecretUses({ record, clock, logger }: SecretUsesDeps): SecretUses {
  const unrecorded = new Map<string, SecretUse>();
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

  const onError = (error: unknown): void =>
    logger.warn({ err: error }, 'the last use of secrets could not be recorded');

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

/** Neither part holds a blank. */
function keyOf({ keyName, secretId }: SecretUse): string {
  return `${keyName} ${secretId}`;
}
