import { describe, expect, it } from 'vitest';
import { median, medianRatio } from '../../../bench/report/median.ts';
import { percentile } from '../../../bench/report/percentile.ts';
import { judgeGoal } from '../../../bench/report/verdict.ts';

describe('figures of the bench', () => {
  it('take the middle value as the median, or the mean of the two middle ones', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([9, 1, 5, 6])).toBe(5.5);
    expect(() => median([])).toThrow(RangeError);
  });

  it('compare within rounds, so that a slow minute of the machine does not change the ratio', () => {
    expect(medianRatio([100, 10, 120], [200, 20, 240])).toBe(0.5);
    expect(() => medianRatio([1, 2], [1])).toThrow(RangeError);
  });

  it('give the smallest value that so many do not exceed as a percentile', () => {
    const values = Array.from({ length: 200 }, (_, index) => 200 - index);
    expect(percentile(values, 50)).toBe(100);
    expect(percentile(values, 99)).toBe(198);
    expect(percentile(values, 100)).toBe(200);
    expect(percentile([7], 1)).toBe(7);
    expect(() => percentile([], 50)).toThrow(RangeError);
    expect(() => percentile([1], 0)).toThrow(RangeError);
  });

  it('meet a goal from exactly its value on, and say by how much they miss it', () => {
    expect(judgeGoal({ measured: 1, ratio: 0.32, goal: { ratioAtLeast: 0.32 } })?.met).toBe(true);
    const missed = judgeGoal({ measured: 1, ratio: 0.24, goal: { ratioAtLeast: 0.32 } });
    expect(missed?.met).toBe(false);
    expect(missed?.missedByPercent).toBeCloseTo(25);
    expect(judgeGoal({ measured: 1, ratio: 1.25, goal: { ratioAtMost: 1.25 } })?.met).toBe(true);
    expect(judgeGoal({ measured: 1, ratio: 1.5, goal: { ratioAtMost: 1.25 } })?.missedByPercent).toBeCloseTo(
      20,
    );
    expect(judgeGoal({ measured: 10, ratio: 3, goal: { valueAtMost: 10 } })?.met).toBe(true);
    expect(judgeGoal({ measured: 12, ratio: null, goal: { valueAtMost: 10 } })?.missedByPercent).toBeCloseTo(
      20,
    );
  });

  it('judge nothing where there is no goal, or nothing to compare with', () => {
    expect(judgeGoal({ measured: 1, ratio: 1, goal: null })).toBeNull();
    expect(judgeGoal({ measured: 1, ratio: null, goal: { ratioAtLeast: 1 } })).toBeNull();
  });
});
