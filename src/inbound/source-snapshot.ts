import { UnavailableError } from '../domain/submission.ts';
import { abortableSleep } from '../kernel/abortable-sleep.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Source } from './source.ts';

export interface SourceSnapshotDeps {
  /** Reads all stored sources. */
  read(): Promise<Source[]>;
  clock: Pick<Clock, 'monotonic'>;
  logger: Pick<Logger, 'warn'>;
}

export interface SourceSnapshot {
  /** Throws `UnavailableError` where no source could ever be read. */
  find(name: string): Promise<Source | null>;
  /** To be called after a change: what was read before it is not used any longer. */
  invalidate(): void;
}

/** Within this a change that another process made is seen. */
const FRESH_MS = 1000;
/** A name that is not there may have been registered by another process just now; strangers may try many of them. */
const UNKNOWN_NAME_MS = 100;
/** A webhook waits so long for a read before it is judged by what was read last. */
const PATIENCE_MS = 1000;
const RETRY_MS = 1000;
const RETRY_AFTER_SECONDS = 2;

/** A read and the moment it began, which is the moment that its result tells of. */
interface Read {
  begunAt: number;
  /** How many changes were made here before it. */
  epoch: number;
}

/**
 * All stored sources in memory, read anew when somebody asks and they are older than a second: no webhook waits for a read
 * of its own. While the database is away the last ones serve on, since nothing is committed then anyway.
 */
export function createSourceSnapshot({ read, clock, logger }: SourceSnapshotDeps): SourceSnapshot {
  let epoch = 0;
  let last: (Read & { sources: ReadonlyMap<string, Source> }) | null = null;
  /** Nobody waits for it any longer once patience has run out. */
  let underWay: (Read & { waited: Promise<void> }) | null = null;
  let failedAt: number | null = null;

  const run = async (reading: Read): Promise<void> => {
    try {
      const sources = new Map((await read()).map((source) => [source.name, source]));
      if (last === null || last.begunAt <= reading.begunAt) last = { ...reading, sources };
      failedAt = null;
    } catch (error) {
      if (failedAt === null) logger.warn({ err: error }, 'sources of webhooks could not be read');
      failedAt = clock.monotonic();
    }
  };

  const begin = (begunAt: number): NonNullable<typeof underWay> => {
    const ended = new AbortController();
    const done = run({ begunAt, epoch }).finally(() => {
      ended.abort();
      if (underWay === begun) underWay = null;
    });
    const patience = abortableSleep(PATIENCE_MS, ended.signal);
    const begun = { begunAt, epoch, waited: Promise.race([done, patience]) };
    return begun;
  };

  const refresh = async (maxAgeMs: number): Promise<void> => {
    const now = clock.monotonic();
    if (last !== null && last.epoch === epoch && now - last.begunAt <= maxAgeMs) return;
    if (underWay === null || underWay.epoch !== epoch) {
      if (failedAt !== null && now - failedAt < RETRY_MS) return;
      underWay = begin(now);
    }
    await underWay.waited;
  };

  return {
    async find(name) {
      await refresh(last?.sources.has(name) === true ? FRESH_MS : UNKNOWN_NAME_MS);
      if (last === null) {
        throw new UnavailableError('the sources of webhooks cannot be read now', RETRY_AFTER_SECONDS);
      }
      return last.sources.get(name) ?? null;
    },
    invalidate() {
      epoch += 1;
      failedAt = null;
    },
  };
}
