import { DatabaseAwayError } from './commit-errors.ts';
import { UnavailableError } from './submission.ts';

const DATABASE_AWAY_SECONDS = 2;

/** When whoever met this error should come back, in seconds; null where coming back will not help. */
export function retryAfterSeconds(error: unknown): number | null {
  if (error instanceof UnavailableError) return error.retryAfterSeconds;
  return error instanceof DatabaseAwayError ? DATABASE_AWAY_SECONDS : null;
}
