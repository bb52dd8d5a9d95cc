import { codedError } from '../errors/coded-error.ts';

/** An operation may ask for so many items of lists in all, each list counted with its whole page. */
export const MAX_ROWS = 10_000;

export interface RowBudget {
  /** Throws `TOO_COMPLEX` once an operation asked for too much. */
  spend(rows: number): void;
}

export function createRowBudget(): RowBudget {
  let left = MAX_ROWS;
  return {
    spend(rows) {
      left -= rows;
      if (left < 0) {
        throw codedError(
          'TOO_COMPLEX',
          `The operation asks for more than ${MAX_ROWS} items of lists: ask for less at a time.`,
        );
      }
    },
  };
}
