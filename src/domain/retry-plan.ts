/** Seconds to wait before each attempt; the first entry is the wait before the first one. */
export type RetrySchedule = readonly number[];

/** Just under 45 hours in all, without jitter. */
export const DEFAULT_RETRY_SCHEDULE: RetrySchedule = [0, 5, 30, 120, 600, 1800, 7200, 21_600, 43_200, 86_400];

/** Positive only: a receiver is never asked again sooner than the schedule says. */
const MAX_JITTER = 0.2;
/** An endpoint that failed is looked at again at least so often, unless it asked for a longer pause. */
const MAX_PROBE_WAIT_MS = 60 * 60 * 1000;

interface Waiting {
  schedule: RetrySchedule;
  /** From 0 up to, not including, 1. */
  random: () => number;
}

export interface RetryPlanInput extends Waiting {
  /** Since the schedule began: a person's redelivery begins it anew. */
  attemptsMade: number;
  now: Date;
  /** What the receiver asked for; null for nothing. */
  retryAfterMs: number | null;
}

/** When the next attempt is due, or that there is none left. */
export function nextAttemptAt({
  attemptsMade,
  now,
  retryAfterMs,
  ...waiting
}: RetryPlanInput): Date | 'EXHAUSTED' {
  const seconds = waiting.schedule[attemptsMade];
  if (seconds === undefined) return 'EXHAUSTED';
  return new Date(now.getTime() + Math.max(waitMs(seconds, waiting), retryAfterMs ?? 0));
}

/** How long an endpoint is left alone after so many probes of it failed. */
export function probeWaitMs({ probes, ...waiting }: Waiting & { probes: number }): number {
  const seconds = waiting.schedule[probes + 1] ?? waiting.schedule.at(-1) ?? 0;
  return Math.min(MAX_PROBE_WAIT_MS, waitMs(seconds, waiting));
}

function waitMs(seconds: number, { random }: Waiting): number {
  return Math.floor(seconds * 1000 * (1 + MAX_JITTER * random()));
}
