import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_RETRY_SCHEDULE, nextAttemptAt, probeWaitMs } from '../../../src/domain/retry-plan.ts';

const now = new Date('2026-03-04T05:06:07.089Z');

function waitsInMs(schedule: readonly number[], random: () => number): (number | 'EXHAUSTED')[] {
  return [...schedule, 0].map((_, attemptsMade) => {
    const at = nextAttemptAt({ schedule, attemptsMade, now, random, retryAfterMs: null });
    return at === 'EXHAUSTED' ? at : at.getTime() - now.getTime();
  });
}

describe('the retry plan', () => {
  it('tries at once, then after 5 s, 30 s, 2 min, 10 min, 30 min, 2 h, 6 h, 12 h and 24 h, then gives up', () => {
    const planned = [0, 5, 30, 120, 600, 1800, 7200, 21_600, 43_200, 86_400].map((seconds) => seconds * 1000);
    expect(waitsInMs(DEFAULT_RETRY_SCHEDULE, () => 0)).toEqual([...planned, 'EXHAUSTED']);
  });

  it('waits a little longer than planned, so that receivers are not hit by all at once', () => {
    expect(waitsInMs([0, 5, 10], () => 0.5)).toEqual([0, 5500, 11_000, 'EXHAUSTED']);
  });

  it('never waits less than the schedule says, nor more than a fifth longer', () => {
    fc.assert(
      fc.property(
        fc.nat(604_800),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (seconds, random) => {
          const [wait] = waitsInMs([seconds], () => random);
          expect(wait).toBeGreaterThanOrEqual(seconds * 1000);
          expect(wait).toBeLessThanOrEqual(seconds * 1200);
        },
      ),
    );
  });

  it('has nothing left to try once more attempts were made than it holds', () => {
    expect(nextAttemptAt({ schedule: [0], attemptsMade: 7, now, random: () => 0, retryAfterMs: null })).toBe(
      'EXHAUSTED',
    );
    expect(nextAttemptAt({ schedule: [], attemptsMade: 0, now, random: () => 0, retryAfterMs: null })).toBe(
      'EXHAUSTED',
    );
  });

  it('waits as long as the receiver asks for, where that is longer', () => {
    const dueAfter = (retryAfterMs: number) => {
      const dueAt = nextAttemptAt({ schedule: [0, 5], attemptsMade: 1, now, random: () => 0, retryAfterMs });
      return dueAt === 'EXHAUSTED' ? dueAt : dueAt.getTime() - now.getTime();
    };
    expect(dueAfter(60_000)).toBe(60_000);
    expect(dueAfter(1000)).toBe(5000);
  });
});

describe('the wait before a probe', () => {
  it('grows with the probes that failed', () => {
    const waits = [0, 1, 2, 3, 4].map((probes) =>
      probeWaitMs({ schedule: DEFAULT_RETRY_SCHEDULE, probes, random: () => 0 }),
    );
    expect(waits).toEqual([5, 30, 120, 600, 1800].map((seconds) => seconds * 1000));
  });

  it('is never longer than an hour, whatever the schedule', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(604_800)),
        fc.nat(100),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (schedule, probes, random) => {
          const wait = probeWaitMs({ schedule, probes, random: () => random });
          expect(wait).toBeGreaterThanOrEqual(0);
          expect(wait).toBeLessThanOrEqual(3_600_000);
        },
      ),
    );
  });
});
