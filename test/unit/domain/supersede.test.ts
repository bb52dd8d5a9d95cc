import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_SUPERSEDED, isSupersedable, supersede } from '../../../src/domain/supersede.ts';
import type { Supersedable } from '../../../src/domain/supersede.ts';

function update(sequence: number, fields: Partial<Supersedable> = {}): Supersedable {
  return { id: `d${sequence}`, sequence, attemptCount: 0, collapsible: true, ...fields };
}

function other(sequence: number): Supersedable {
  return { id: `d${sequence}`, sequence, attemptCount: 0 };
}

describe('of several open updates behind a head', () => {
  it('the newest stands for the others, and names them', () => {
    expect(supersede([update(2), other(3), update(4), update(5), other(6)])).toEqual([
      { ids: ['d2', 'd4'], by: 'd5', supersedes: [2, 4] },
    ]);
  });

  it('one alone, and what is no update, stays', () => {
    expect(supersede([other(2), update(3), other(4)])).toEqual([]);
  });

  it('one that was attempted, or that a person has sent again, stays and stands for none', () => {
    const redelivery = { at: new Date(0), by: null, attemptsBefore: 0 };
    const rows = [update(2, { attemptCount: 1 }), update(3), update(4), update(5, { redelivery })];
    expect(supersede(rows)).toEqual([{ ids: ['d3'], by: 'd4', supersedes: [3] }]);
  });

  it('one that stood for others hands on what it stood for', () => {
    expect(supersede([update(4, { supersedes: [2, 3] }), update(5)])).toEqual([
      { ids: ['d4'], by: 'd5', supersedes: [2, 3, 4] },
    ]);
  });
});

/** A lane behind its head, as it may be found: some rows stand for numbers that lie between. */
const lanes = fc
  .array(
    fc.record({
      collapsible: fc.boolean(),
      attempted: fc.boolean(),
      again: fc.boolean(),
      stoodFor: fc.oneof(
        { weight: 8, arbitrary: fc.constant(0) },
        { weight: 2, arbitrary: fc.integer({ min: 0, max: 120 }) },
      ),
    }),
    { maxLength: 40 },
  )
  .chain((rows) =>
    fc.integer({ min: 1, max: 12 }).map((times) => Array(times).fill(rows).flat() as typeof rows),
  )
  .map((rows) => {
    let sequence = 1;
    return rows.map(({ collapsible, attempted, again, stoodFor }): Supersedable => {
      const supersedes = Array.from({ length: stoodFor }, () => sequence++);
      return {
        id: `d${sequence}`,
        sequence: sequence++,
        attemptCount: attempted ? 2 : 0,
        ...(collapsible && { collapsible: true as const }),
        ...(collapsible && stoodFor > 0 && { supersedes }),
        ...(again && { redelivery: { at: new Date(0), by: null, attemptsBefore: 0 } }),
      };
    });
  });

it('every number is sent or stands in a header of a later one that is sent', () => {
  fc.assert(
    fc.property(lanes, (rows) => {
      const found = supersede(rows);
      const gone = new Set(found.flatMap(({ ids }) => ids));
      const named = new Map(found.map(({ by, supersedes }) => [by, supersedes]));
      expect(gone.size).toBe(found.flatMap(({ ids }) => ids).length);
      const told = new Set<number>();
      const wrong: number[] = [];
      const tell = (number: number, by: number): void => {
        if (told.has(number) || number > by) wrong.push(number);
        told.add(number);
      };
      for (const row of rows) {
        const { id, sequence, supersedes = [] } = row;
        if (gone.has(id)) {
          if (!isSupersedable(row)) wrong.push(sequence);
          continue;
        }
        const numbers = named.get(id) ?? supersedes;
        if (numbers.length > MAX_SUPERSEDED) wrong.push(sequence);
        for (const number of [...numbers, sequence]) tell(number, sequence);
      }
      const all = rows.flatMap(({ sequence, supersedes = [] }) => [...supersedes, sequence]);
      expect(wrong).toEqual([]);
      expect(all.filter((number) => !told.has(number))).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
