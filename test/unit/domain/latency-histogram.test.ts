import fc from 'fast-check';
import { expect, test } from 'vitest';
import { latencyBucket, latencyPercentile } from '../../../src/domain/latency-histogram.ts';

function histogramOf(durations: readonly number[]): Map<number, number> {
  const histogram = new Map<number, number>();
  for (const duration of durations) {
    const bucket = latencyBucket(duration);
    histogram.set(bucket, (histogram.get(bucket) ?? 0) + 1);
  }
  return histogram;
}

function exactly(durations: readonly number[], share: number): number {
  const sorted = [...durations].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
}

const durations = fc.array(fc.integer({ min: 0, max: 600_000 }), { minLength: 1, maxLength: 200 });

test('a percentile is within 5 % of the exact one, give or take the rounding to whole milliseconds', () => {
  fc.assert(
    fc.property(durations, fc.constantFrom(0.5, 0.9, 0.99, 1), (all, share) => {
      const exact = exactly(all, share);
      const told = latencyPercentile(histogramOf(all), share) ?? Number.NaN;
      expect(Math.abs(told - exact)).toBeLessThanOrEqual(exact * 0.05 + 0.5);
    }),
  );
});

test('up to 9 ms percentiles are exact', () => {
  for (let duration = 0; duration < 10; duration++) {
    expect(latencyPercentile(histogramOf([duration]), 0.5)).toBe(duration);
  }
});

test('of nothing there is no percentile', () => {
  expect(latencyPercentile(new Map(), 0.99)).toBeNull();
});

test('whatever a clock says, there are at most 135 buckets', () => {
  for (const odd of [-5, Number.NaN, 0, 600_000, 1e12, Infinity]) {
    const bucket = latencyBucket(odd);
    expect(Number.isInteger(bucket) && bucket >= 0 && bucket < 135).toBe(true);
  }
});
