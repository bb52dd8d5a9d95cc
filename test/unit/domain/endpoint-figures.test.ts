import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  DAY_MS,
  HOUR_MS,
  addCounts,
  countAttempt,
  endpointFigures,
  newTally,
  figuresSince,
} from '../../../src/domain/endpoint-figures.ts';
import type { CountedAttempt } from '../../../src/domain/endpoint-figures.ts';

const since = new Date('2026-05-01T10:00:00Z');

const attempts = fc.array(
  fc.record<CountedAttempt>({
    at: fc.date({ min: since, max: new Date('2026-05-02T10:00:00Z'), noInvalidDate: true }),
    outcome: fc.constantFrom('DELIVERED', 'FAILED'),
    durationMs: fc.nat(15_000),
  }),
  { maxLength: 60 },
);

test('rates show what they are made of, and are null where nothing was tried', () => {
  const tally = newTally();
  expect(endpointFigures(tally, since)).toEqual({
    since,
    attempts: 0,
    successes: 0,
    failures: 0,
    successRate: null,
    failureRate: null,
    p50Ms: null,
    p90Ms: null,
    p99Ms: null,
  });
  for (const outcome of ['DELIVERED', 'DELIVERED', 'FAILED', 'DELIVERED'] as const) {
    countAttempt(tally, { at: since, outcome, durationMs: outcome === 'FAILED' ? 1000 : 5 });
  }
  expect(endpointFigures(tally, since)).toMatchObject({
    attempts: 4,
    successes: 3,
    failures: 1,
    successRate: 0.75,
    failureRate: 0.25,
    p50Ms: 5,
  });
});

test('counts that are added up are the counts of all attempts, however they were split', () => {
  fc.assert(
    fc.property(attempts, fc.nat(3), (all, parts) => {
      const whole = newTally();
      const sum = newTally();
      const tallies = Array.from({ length: parts + 1 }, newTally);
      all.forEach((attempt, index) => {
        countAttempt(whole, attempt);
        const tally = tallies[index % tallies.length];
        if (tally) countAttempt(tally, attempt);
      });
      for (const tally of tallies) addCounts(sum, tally);
      expect(sum).toEqual(whole);
      expect(endpointFigures(sum, since)).toEqual(endpointFigures(whole, since));
    }),
  );
});

test('an hour is twelve spans of five minutes, the running one included', () => {
  expect(figuresSince(new Date('2026-05-01T10:03:20.123Z'), HOUR_MS)).toEqual(
    new Date('2026-05-01T09:05:00Z'),
  );
  expect(figuresSince(new Date('2026-05-01T10:00:00Z'), DAY_MS)).toEqual(new Date('2026-04-30T10:05:00Z'));
});
