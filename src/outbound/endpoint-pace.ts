import type { Clock } from '../kernel/clock.ts';
import { createTokenBucket } from '../kernel/token-bucket.ts';
import type { TokenBucket } from '../kernel/token-bucket.ts';
import type { Target } from './push-target.ts';

/** So much of a second's pushes may start at once beyond the first, so that a tick that comes late loses none. */
const BURST_OF_RATE = 0.1;

/** Holds an endpoint to the pushes a second that its owner set. */
export function createEndpointPace(clock: Pick<Clock, 'monotonic'>) {
  let perSecond: number | null = null;
  let bucket: TokenBucket | null = null;
  return {
    mayStart(target: Target): boolean {
      const wanted = target?.ratePerSecond ?? null;
      if (wanted !== perSecond) {
        perSecond = wanted;
        bucket =
          wanted === null
            ? null
            : createTokenBucket({ perSecond: wanted, burst: 1 + wanted * BURST_OF_RATE, clock });
      }
      return bucket === null || bucket.hasToken();
    },
    started(): void {
      bucket?.take();
    },
  };
}
