import { LIMITS, tooComplex } from './operation-limits.ts';

/** Counts what no document tells beforehand: how long the lists are that come without pages. */
export interface RowBudget {
  /** Throws `TOO_COMPLEX` once an operation has read too much. */
  spend(rows: number): void;
}

export function createRowBudget(): RowBudget {
  let spent = 0;
  return {
    spend(rows) {
      spent += rows;
      if (spent > LIMITS.cost) throw tooComplex('cost', spent);
    },
  };
}
