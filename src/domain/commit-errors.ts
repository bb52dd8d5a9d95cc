/** Nothing was written, and the database is out of reach: the caller should come back later. */
export class DatabaseAwayError extends Error {
  override readonly name = 'DatabaseAwayError';
}

/** Nothing was written, and the state that was read is stale or busy: load it again and decide again. */
export class StaleStateError extends Error {
  override readonly name = 'StaleStateError';
}

/** The answer to the commit was lost: it may stand or not. */
export class UnknownCommitResultError extends Error {
  override readonly name = 'UnknownCommitResultError';
}
