import { mongo } from 'mongoose';

const DUPLICATE_KEY = 11_000;

/** Whether a unique index refused a write. */
export function isDuplicateKey(error: unknown): error is mongo.MongoServerError {
  return error instanceof mongo.MongoServerError && error.code === DUPLICATE_KEY;
}
