import { median, medianRatio } from './median.ts';
import type { Goal, Verdict } from './verdict.ts';
import { judgeGoal } from './verdict.ts';

/** One figure of a row, against one baseline or none. */
export interface Line {
  figure: string;
  unit: string;
  measured: number;
  /** What the baseline is; null where there is none. */
  against: string | null;
  baseline: number | null;
  ratio: number | null;
  goal: Goal | null;
  verdict: Verdict;
  /** Each round's values, in the order in which they were taken. */
  rounds: { measured: readonly number[]; baseline: readonly number[] | null };
}

export interface RowReport {
  row: string;
  lines: Line[];
  /** What was and what was not measured, and how. */
  notes: string[];
}

export interface LineInput {
  figure: string;
  unit: string;
  measured: readonly number[];
  baseline?: { name: string; values: readonly number[] };
  goal?: Goal;
}

export function line({ figure, unit, measured, baseline, goal }: LineInput): Line {
  const judged = {
    measured: median(measured),
    ratio: baseline === undefined ? null : medianRatio(measured, baseline.values),
    goal: goal ?? null,
  };
  return {
    figure,
    unit,
    ...judged,
    against: baseline?.name ?? null,
    baseline: baseline === undefined ? null : median(baseline.values),
    verdict: judgeGoal(judged),
    rounds: { measured, baseline: baseline?.values ?? null },
  };
}
