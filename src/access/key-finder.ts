import type { ApiKey } from '../domain/api-key.ts';
import { DatabaseAwayError } from '../domain/commit-errors.ts';
import { ReadTooLongError } from '../domain/read-too-long-error.ts';
import { UnavailableError } from '../domain/submission.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import { createRecentMap } from '../kernel/recent-map.ts';
import { createKeyLookUp } from './key-look-up.ts';
import type { ReadKeys } from './key-look-up.ts';

export interface KeyFinder {
  /** The key of a digest, revoked and expired ones included. Throws `UnavailableError` where nobody can tell. */
  find(digest: string): Promise<ApiKey | null>;
  /** To be called after a change of the key: what was read of it before is not used any longer. */
  forget(keyId: string): void;
}

interface Found {
  key: ApiKey | null;
  /** When its read began, which is the moment that it tells of. */
  readAt: number;
}

/** Within this a change that another process made is seen. */
const FRESH_MS = 1_000;
/** While the database is away, what was seen this recently is still believed. */
const GRACE_MS = 60_000;
const RETRY_MS = 1_000;
const RETRY_AFTER_SECONDS = 2;
/** More than can be live. */
const MAX_KNOWN = 2_000;
/** Strangers may try as many as they like. */
const MAX_UNKNOWN = 10_000;

export function createKeyFinder({
  read,
  clock,
  logger,
}: {
  read: ReadKeys;
  clock: Pick<Clock, 'monotonic'>;
  logger: Pick<Logger, 'warn'>;
}): KeyFinder {
  const known = createRecentMap<Found>(MAX_KNOWN);
  const unknown = createRecentMap<Found>(MAX_UNKNOWN);
  const lookUp = createKeyLookUp(read);
  let changedAt = -Infinity;
  let failedAt: number | null = null;

  const ask = async (digest: string): Promise<ApiKey | null> => {
    let readAt = clock.monotonic();
    try {
      const key = await lookUp(digest, () => (readAt = clock.monotonic()));
      failedAt = null;
      (key === null ? known : unknown).delete(digest);
      if (readAt > changedAt) (key === null ? unknown : known).set(digest, { key, readAt });
      return key;
    } catch (error) {
      if (!(error instanceof DatabaseAwayError || error instanceof ReadTooLongError)) throw error;
      if (failedAt === null) logger.warn({ err: error }, 'API keys could not be looked up');
      failedAt = clock.monotonic();
      throw new UnavailableError('The API key cannot be looked up now.', RETRY_AFTER_SECONDS, {
        cause: error,
      });
    }
  };

  const isWithin = (found: Found, maxAgeMs: number): boolean => clock.monotonic() - found.readAt <= maxAgeMs;

  return {
    async find(digest) {
      const last = known.get(digest) ?? unknown.get(digest);
      if (last !== undefined && isWithin(last, FRESH_MS)) return last.key;
      const seen = known.get(digest);
      if (seen === undefined) return ask(digest);
      // Nobody waits for a database that is known to be away; it is asked again meanwhile.
      if (failedAt !== null && isWithin(seen, GRACE_MS)) {
        if (clock.monotonic() - failedAt >= RETRY_MS) ask(digest).catch(() => undefined);
        return seen.key;
      }
      try {
        return await ask(digest);
      } catch (error) {
        if (error instanceof UnavailableError && isWithin(seen, GRACE_MS)) return seen.key;
        throw error;
      }
    },
    forget(keyId) {
      changedAt = clock.monotonic();
      known.deleteWhere(({ key }) => key?.id === keyId);
    },
  };
}
