import type { AttemptOutcome } from './delivery.ts';
import { latencyBucket, latencyPercentile } from './latency-histogram.ts';
import type { LatencyHistogram } from './latency-histogram.ts';

/** Attempts are counted by spans of so long, each beginning at a multiple of it. */
export const SPAN_MS = 5 * 60_000;
export const HOUR_MS = 12 * SPAN_MS;
export const DAY_MS = 24 * HOUR_MS;

/** One attempt, as far as figures go. */
export interface CountedAttempt {
  at: Date;
  outcome: AttemptOutcome;
  durationMs: number;
}

/** Attempts of one endpoint, counted. */
export interface AttemptCounts {
  succeeded: number;
  failed: number;
  latency: LatencyHistogram;
  lastSuccessAt: Date | null;
  lastFailureAt: Date | null;
}

/** Counts that grow. */
export interface AttemptTally extends AttemptCounts {
  latency: Map<number, number>;
}

/** What attempts of one endpoint from `since` on come to. */
export interface EndpointFigures {
  since: Date;
  attempts: number;
  successes: number;
  failures: number;
  /** From 0 to 1; null where nothing was tried, like all that follows. */
  successRate: number | null;
  failureRate: number | null;
  p50Ms: number | null;
  p90Ms: number | null;
  p99Ms: number | null;
}

export function spanStart(at: number): number {
  return at - (at % SPAN_MS);
}

export function hourStart(at: number): number {
  return at - (at % HOUR_MS);
}

/** Where the spans of the last `ms` begin, the running one included. */
export function figuresSince(now: Date, ms: number): Date {
  return new Date(spanStart(now.getTime()) - ms + SPAN_MS);
}

export function newTally(): AttemptTally {
  return { succeeded: 0, failed: 0, latency: new Map(), lastSuccessAt: null, lastFailureAt: null };
}

export function countAttempt(tally: AttemptTally, { at, outcome, durationMs }: CountedAttempt): void {
  if (outcome === 'DELIVERED') {
    tally.succeeded++;
    tally.lastSuccessAt = later(tally.lastSuccessAt, at);
  } else {
    tally.failed++;
    tally.lastFailureAt = later(tally.lastFailureAt, at);
  }
  const bucket = latencyBucket(durationMs);
  tally.latency.set(bucket, (tally.latency.get(bucket) ?? 0) + 1);
}

export function addCounts(tally: AttemptTally, counts: AttemptCounts): void {
  tally.succeeded += counts.succeeded;
  tally.failed += counts.failed;
  tally.lastSuccessAt = later(tally.lastSuccessAt, counts.lastSuccessAt);
  tally.lastFailureAt = later(tally.lastFailureAt, counts.lastFailureAt);
  for (const [bucket, count] of counts.latency) {
    tally.latency.set(bucket, (tally.latency.get(bucket) ?? 0) + count);
  }
}

export function endpointFigures(
  { succeeded, failed, latency }: Pick<AttemptCounts, 'succeeded' | 'failed' | 'latency'>,
  since: Date,
): EndpointFigures {
  const attempts = succeeded + failed;
  return {
    since,
    attempts,
    successes: succeeded,
    failures: failed,
    successRate: attempts === 0 ? null : succeeded / attempts,
    failureRate: attempts === 0 ? null : failed / attempts,
    p50Ms: latencyPercentile(latency, 0.5),
    p90Ms: latencyPercentile(latency, 0.9),
    p99Ms: latencyPercentile(latency, 0.99),
  };
}

function later(a: Date | null, b: Date | null): Date | null {
  return a === null || (b !== null && b > a) ? b : a;
}
