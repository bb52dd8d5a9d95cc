import type { Clock } from '../kernel/clock.ts';

export interface Rate {
  /** Above 0. */
  perSecond: number;
  /** How many may pass at once after a quiet while, at least 1. */
  burst: number;
}

/** A token bucket for each name, full at first. */
export interface TokenBuckets {
  /** Until the next of this name may pass; 0: it may now. Takes nothing. */
  secondsToWait(name: string, rate: Rate): number;
  /** Counts one of this name. */
  take(name: string, rate: Rate): void;
}

interface Bucket {
  tokens: number;
  /** When it held that many. */
  at: number;
}

/** More than any process sees; beyond it the bucket begun first is forgotten, that is, full again. */
const MAX_BUCKETS = 10_000;
/** A token that is whole but for how fractions are computed. */
const WHOLE = 1 - 1e-9;

export function createTokenBuckets(clock: Pick<Clock, 'monotonic'>): TokenBuckets {
  const buckets = new Map<string, Bucket>();

  const bucketOf = (name: string, { perSecond, burst }: Rate): Bucket => {
    const now = clock.monotonic();
    const known = buckets.get(name);
    if (known !== undefined) {
      known.tokens = Math.min(burst, known.tokens + ((now - known.at) / 1000) * perSecond);
      known.at = now;
      return known;
    }
    if (buckets.size >= MAX_BUCKETS) {
      const [first] = buckets.keys();
      if (first !== undefined) buckets.delete(first);
    }
    const bucket = { tokens: burst, at: now };
    buckets.set(name, bucket);
    return bucket;
  };

  return {
    secondsToWait(name, rate) {
      const { tokens } = bucketOf(name, rate);
      return tokens >= WHOLE ? 0 : (1 - tokens) / rate.perSecond;
    },
    take(name, rate) {
      const bucket = bucketOf(name, rate);
      bucket.tokens = Math.max(0, bucket.tokens - 1);
    },
  };
}
