/** Nothing was written, and the database is out of reach: the caller should come back later. */
export class DatabaseAwayError extends Error {
  override readonly name = 'DatabaseAwayError';
}

/** The body does not fit into the database even when compressed (HTTP 413). */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';
}

/**
 * Nothing was written: load the state again and decide again. `CONFLICT`: another writer was first. `DUPLICATE`: a key
 * is taken, by another writer or within the batch itself. `TRANSIENT`: the database could not finish it now.
 */
export type StaleReason = 'CONFLICT' | 'DUPLICATE' | 'TRANSIENT';

export class StaleStateError extends Error {
  override readonly name = 'StaleStateError';
  readonly reason: StaleReason;

  constructor(reason: StaleReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** The answer to the commit was lost: it may stand or not. */
export class UnknownCommitResultError extends Error {
  override readonly name = 'UnknownCommitResultError';
  /** Ends the transaction if it is still open, so that it cannot be in the way of the next try. */
  readonly abandon: () => Promise<void>;

  constructor(message: string, abandon: () => Promise<void>, options?: ErrorOptions) {
    super(message, options);
    this.abandon = abandon;
  }
}
