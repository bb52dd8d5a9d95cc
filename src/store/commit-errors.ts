import { mongo } from 'mongoose';
import { DatabaseAwayError, StaleStateError } from '../domain/commit-errors.ts';
import { isDuplicateKey } from './is-duplicate-key.ts';

/** InterruptedAtShutdown, ShutdownInProgress, InterruptedDueToReplStateChange, NotWritablePrimary and their like. */
const NOT_SERVING = new Set([91, 189, 10_107, 11_600, 11_602, 13_435, 13_436]);

/** MaxTimeMSExpired, ExceededTimeLimit, Interrupted (an operator's killOp, our own killSessions): not the batch's fault. */
const NOT_NOW = new Set([50, 262, 11_601]);

/** Names an error of an aborted transaction by what the committer must do. Anything else is passed on as it is. */
export function classifyAborted(thrown: unknown): unknown {
  const error = unwrapBulk(thrown);
  if (error instanceof mongo.MongoServerSelectionError) return away(error);
  if (error instanceof mongo.MongoError && error.hasErrorLabel('TransientTransactionError')) {
    return new StaleStateError('TRANSIENT', error.message, { cause: error });
  }
  if (isDuplicateKey(error)) {
    return new StaleStateError('DUPLICATE', error.message, { cause: error });
  }
  if (error instanceof mongo.MongoServerError && NOT_NOW.has(Number(error.code))) {
    return new StaleStateError('TRANSIENT', error.message, { cause: error });
  }
  return isAway(error) ? away(error) : error;
}

/** Names an error of a read: out of reach, or passed on as it is. */
export function classifyRead(thrown: unknown): unknown {
  const error = unwrapBulk(thrown);
  return isAway(error) ? away(error) : error;
}

/** Of several statements the driver dresses up whatever stopped it, a lost connection too, as an error of writing. */
function unwrapBulk(error: unknown): unknown {
  const isDressed = error instanceof mongo.MongoBulkWriteError;
  return isDressed && error.errorResponse instanceof mongo.MongoError ? error.errorResponse : error;
}

function away(cause: unknown): DatabaseAwayError {
  return new DatabaseAwayError('the database does not answer', { cause });
}

function isAway(error: unknown): boolean {
  return (
    error instanceof mongo.MongoServerSelectionError ||
    error instanceof mongo.MongoNetworkError ||
    error instanceof mongo.MongoNotConnectedError ||
    error instanceof mongo.MongoTopologyClosedError ||
    error instanceof mongo.MongoServerClosedError ||
    (error instanceof mongo.MongoServerError && NOT_SERVING.has(Number(error.code)))
  );
}
