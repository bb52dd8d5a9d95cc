import type { Clock } from '../kernel/clock.ts';
import type { Source } from './source.ts';
import { createTokenBuckets } from './token-buckets.ts';
import type { Rate } from '../kernel/token-bucket.ts';

type Limited = Pick<Source, 'keyName' | 'ratePerSecond'>;

/** How much of each source this process takes. */
export interface SourceGate {
  /** Asked before anything is done for a webhook: until its source may send again; 0: it may now. */
  secondsToWait(source: Limited): number;
  /** Counts a webhook that was verified: those that were not must cost the source nothing. */
  countVerified(source: Limited): void;
  /** Whether one that nobody vouches for is kept: 0 where it is, and counted; else until the next one would be. */
  admitStranger(source: Limited): number;
}

export interface SourceGateOptions {
  clock: Pick<Clock, 'monotonic'>;
  /** Webhooks a second of a source that has no rate of its own; 0 for as many as come. */
  ratePerSecond: number;
}

/** How many seconds' worth a source may send at once. */
const BURST_SECONDS = 2;
/** Enough to see what is wrong with a sender, too little to fill a disk. */
const STRANGERS: Rate = { perSecond: 1, burst: 300 };

export function createSourceGate({ clock, ratePerSecond }: SourceGateOptions): SourceGate {
  const verified = createTokenBuckets(clock);
  const strangers = createTokenBuckets(clock);

  const rateOf = (source: Limited): Rate | null => {
    const perSecond = source.ratePerSecond ?? ratePerSecond;
    return perSecond === 0 ? null : { perSecond, burst: Math.max(1, perSecond * BURST_SECONDS) };
  };

  return {
    secondsToWait(source) {
      const rate = rateOf(source);
      return rate === null ? 0 : verified.secondsToWait(source.keyName, rate);
    },
    countVerified(source) {
      const rate = rateOf(source);
      if (rate !== null) verified.take(source.keyName, rate);
    },
    admitStranger({ keyName }) {
      const seconds = strangers.secondsToWait(keyName, STRANGERS);
      if (seconds === 0) strangers.take(keyName, STRANGERS);
      return seconds;
    },
  };
}
