import type { Clock } from './clock.ts';

/** Lets so many pass a second, and `burst` of them at once after a quiet while. */
export interface TokenBucket {
  hasToken(): boolean;
  take(): void;
}

export interface TokenBucketOptions {
  /** Above 0. */
  perSecond: number;
  /** At least 1. */
  burst: number;
  clock: Pick<Clock, 'monotonic'>;
}

/** A token that is whole but for how fractions are computed. */
const WHOLE = 1 - 1e-9;

/** Full at first. */
export function createTokenBucket({ perSecond, burst, clock }: TokenBucketOptions): TokenBucket {
  let tokens = burst;
  let at = clock.monotonic();

  const refill = (): void => {
    const now = clock.monotonic();
    tokens = Math.min(burst, tokens + ((now - at) / 1000) * perSecond);
    at = now;
  };

  return {
    hasToken() {
      refill();
      return tokens >= WHOLE;
    },
    take() {
      refill();
      tokens = Math.max(0, tokens - 1);
    },
  };
}
