/** What is to be reached: a part of the baseline, or at most a multiple of it, or a value of its own. */
export type Goal = { ratioAtLeast: number } | { ratioAtMost: number } | { valueAtMost: number };

export interface Judged {
  measured: number;
  /** Measured over baseline; null where there is no baseline. */
  ratio: number | null;
  goal: Goal | null;
}

/** Null where there is nothing to reach, or nothing to compare with. */
export type Verdict = { met: boolean; missedByPercent: number } | null;

export function judgeGoal({ measured, ratio, goal }: Judged): Verdict {
  if (goal === null) return null;
  if ('valueAtMost' in goal) return verdict(measured / goal.valueAtMost - 1);
  if (ratio === null) return null;
  return verdict('ratioAtMost' in goal ? ratio / goal.ratioAtMost - 1 : 1 - ratio / goal.ratioAtLeast);
}

/** `missed` is the part of the goal by which it is missed: negative where it is surpassed. */
function verdict(missed: number): Verdict {
  return { met: missed <= 0, missedByPercent: Math.max(0, missed * 100) };
}
