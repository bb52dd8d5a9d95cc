/** How many attempts took about how long, by bucket. Buckets in which nothing fell are absent. */
export type LatencyHistogram = ReadonlyMap<number, number>;

/** What a percentile may be off by, besides being rounded to whole milliseconds. */
const RELATIVE_ERROR = 0.05;
const GROWTH = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
const PER_LOG = 1 / Math.log(GROWTH);
/** Longer ones count as that long: no push may take ten minutes. */
const LONGEST_MS = 600_000;

/** Bucket 0 is for less than a millisecond, bucket n for `GROWTH ** (n - 1)` ms up to `GROWTH ** n`. */
export function latencyBucket(durationMs: number): number {
  if (!(durationMs >= 1)) return 0;
  return 1 + Math.floor(Math.log(Math.min(durationMs, LONGEST_MS)) * PER_LOG);
}

/** Off by the same share from both ends of the bucket. */
function middleOf(bucket: number): number {
  return bucket === 0 ? 0 : (2 * GROWTH ** bucket) / (GROWTH + 1);
}

/** The milliseconds within which this share of them, above 0 and up to 1, ended; null where there were none. */
export function latencyPercentile(histogram: LatencyHistogram, share: number): number | null {
  const buckets = [...histogram].sort(([a], [b]) => a - b);
  const total = buckets.reduce((sum, [, count]) => sum + count, 0);
  let left = Math.ceil(total * share);
  for (const [bucket, count] of buckets) {
    left -= count;
    if (left <= 0) return Math.round(middleOf(bucket));
  }
  return null;
}
