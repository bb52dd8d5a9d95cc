import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { incidentStatistics } from '../../../src/domain/incident-statistics.ts';
import type { OpenedTogether } from '../../../src/domain/incident-statistics.ts';

const DATES = ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05'];

function part(date: string, acknowledgedAfterMs: number[], resolvedAfterMs: number[] = []): OpenedTogether {
  const count = Math.max(acknowledgedAfterMs.length, resolvedAfterMs.length);
  return {
    date,
    count,
    byStatus: { OPEN: count, ACKNOWLEDGED: 0, RESOLVED: 0 },
    bySeverity: { CRITICAL: count, HIGH: 0, MEDIUM: 0, LOW: 0, INFO: 0 },
    acknowledgedAfterMs,
    resolvedAfterMs,
  };
}

/** By nearest rank. */
function plainly(durations: readonly number[]) {
  const sorted = durations.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? null;
  return { count: sorted.length, medianMs: at(0.5), p90Ms: at(0.9) };
}

test('durations of a day, and of all days, are those of their incidents in whatever parts they come', () => {
  const durations = fc.array(fc.nat(50));
  const parts = fc.array(fc.tuple(fc.constantFrom(...DATES), durations, durations), { maxLength: 12 });
  fc.assert(
    fc.property(parts, (given) => {
      const opened = given.map(([date, acknowledged, resolved]) => part(date, acknowledged, resolved));
      const { days, ...whole } = incidentStatistics(opened, DATES);
      expect(whole.timeToAcknowledge).toEqual(plainly(given.flatMap(([, acknowledged]) => acknowledged)));
      expect(whole.timeToResolve).toEqual(plainly(given.flatMap(([, , resolved]) => resolved)));
      expect(days.map(({ timeToResolve }) => timeToResolve)).toEqual(
        DATES.map((date) => plainly(given.flatMap(([on, , resolved]) => (on === date ? resolved : [])))),
      );
    }),
  );
});

test('each duration is sorted once, with those of its day', () => {
  const sort = vi.spyOn(Float64Array.prototype, 'sort');
  const opened = DATES.flatMap((date) => [part(date, [3, 1, 2]), part(date, [9, 8])]);
  incidentStatistics(opened, DATES);
  const sorted = sort.mock.contexts.map((numbers) => (numbers as Float64Array).length);
  sort.mockRestore();
  expect(sorted.reduce((total, length) => total + length, 0)).toBe(5 * DATES.length);
});
