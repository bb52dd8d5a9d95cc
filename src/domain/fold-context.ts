export interface FoldContext {
  /** When the submission came. */
  receivedAt: Date;
  /** When it is being committed. */
  now: Date;
  receiptId: string | null;
  /** Ids fixed with the submission: the same in every try. */
  nextId: () => string;
  /** How long after its resolve a trigger reopens an incident of a reused key. */
  reopenWindowMs: number;
  /** Set where the signal is of a webhook that runs again: others came between its receipt and now. */
  rerun?: RerunContext;
}

export interface RerunContext {
  /** How many milliseconds after the receipt a signal without a time is placed: those of one webhook keep their order. */
  offsetMs: number;
}
