import type { Clock } from '../kernel/clock.ts';
import { createRecentMap } from '../kernel/recent-map.ts';
import { createTokenBucket } from '../kernel/token-bucket.ts';
import type { Rate, TokenBucket } from '../kernel/token-bucket.ts';

/** A token bucket for each name, full at first. */
export interface TokenBuckets {
  /** Until the next of this name may pass; 0: it may now. Takes nothing. */
  secondsToWait(name: string, rate: Rate): number;
  /** Counts one of this name. */
  take(name: string, rate: Rate): void;
}

/** More than any process sees; beyond it the bucket begun first is forgotten, that is, full again. */
const MAX_BUCKETS = 10_000;

export function createTokenBuckets(clock: Pick<Clock, 'monotonic'>): TokenBuckets {
  const buckets = createRecentMap<TokenBucket>(MAX_BUCKETS);

  const bucketOf = (name: string, rate: Rate): TokenBucket => {
    const known = buckets.get(name);
    if (known !== undefined) {
      known.setRate(rate);
      return known;
    }
    const bucket = createTokenBucket({ ...rate, clock });
    buckets.set(name, bucket);
    return bucket;
  };

  return {
    secondsToWait: (name, rate) => bucketOf(name, rate).secondsToWait(),
    take: (name, rate) => bucketOf(name, rate).take(),
  };
}
