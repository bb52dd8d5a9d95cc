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
}
