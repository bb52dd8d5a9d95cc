/** Seconds to wait before each attempt; the first entry is the wait before the first one. */
export type RetrySchedule = readonly number[];

/** Just under 45 hours in all, without jitter. */
export const DEFAULT_RETRY_SCHEDULE: RetrySchedule = [0, 5, 30, 120, 600, 1800, 7200, 21_600, 43_200, 86_400];

/** Positive only: a receiver is never asked again sooner than the schedule says. */
const MAX_JITTER = 0.2;

export interface RetryPlanInput {
  schedule: RetrySchedule;
  attemptsMade: number;
  now: Date;
  /** From 0 up to, not including, 1. */
  random: () => number;
}

/** When the next attempt is due, or that there is none left. */
export function nextAttemptAt({ schedule, attemptsMade, now, random }: RetryPlanInput): Date | 'EXHAUSTED' {
  const seconds = schedule[attemptsMade];
  if (seconds === undefined) return 'EXHAUSTED';
  return new Date(now.getTime() + Math.floor(seconds * 1000 * (1 + MAX_JITTER * random())));
}
