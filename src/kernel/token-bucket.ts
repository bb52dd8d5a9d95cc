import type { Clock } from './clock.ts';

/** Lets so many pass a second, and `burst` of them at once after a quiet while. */
export interface TokenBucket {
  /** Until the next may pass; 0: it may now. Takes nothing. */
  secondsToWait(): number;
  hasToken(): boolean;
  take(): void;
  /** Holds for the time since it was used last too. */
  setRate(rate: Rate): void;
}

export interface Rate {
  /** Above 0. */
  perSecond: number;
  /** At least 1. */
  burst: number;
}

export interface TokenBucketOptions extends Rate {
  clock: Pick<Clock, 'monotonic'>;
}

/** A token that is whole but for how fractions are computed. */
const WHOLE = 1 - 1e-9;

/** Full at first. */
export function createTokenBucket({ clock, ...options }: TokenBucketOptions): TokenBucket {
  let rate: Rate = options;
  let tokens = rate.burst;
  let at = clock.monotonic();

  const refill = (): void => {
    const now = clock.monotonic();
    tokens = Math.min(rate.burst, tokens + ((now - at) / 1000) * rate.perSecond);
    at = now;
  };

  const secondsToWait = (): number => {
    refill();
    return tokens >= WHOLE ? 0 : (1 - tokens) / rate.perSecond;
  };

  return {
    secondsToWait,
    hasToken: () => secondsToWait() === 0,
    take() {
      refill();
      tokens = Math.max(0, tokens - 1);
    },
    setRate(next) {
      rate = next;
    },
  };
}
