/** The one source of time. Production hands in `systemClock`; tests hand in their own. */
export interface Clock {
  /** Wall-clock time. Never used for durations. */
  now(): Date;
  /** Monotonic milliseconds, for durations and deadlines. */
  monotonic(): number;
}

export const systemClock: Clock = {
  now: () => new Date(),
  monotonic: () => performance.now(),
};
