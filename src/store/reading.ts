import { mongo } from 'mongoose';
import { ReadTooLongError } from '../domain/read-too-long-error.ts';
import { classifyRead } from './commit-errors.ts';

/** A read must not hold the database for longer, whatever filters it is asked for. */
export const MAX_READ_MS = 5_000;

const MAX_TIME_EXPIRED = 50;

/** Names the error of a read by what the caller must do. */
export async function reading<T>(result: Promise<T>): Promise<T> {
  try {
    return await result;
  } catch (error) {
    if (error instanceof mongo.MongoServerError && error.code === MAX_TIME_EXPIRED) {
      throw new ReadTooLongError(`not read within ${MAX_READ_MS} ms`, { cause: error });
    }
    throw classifyRead(error);
  }
}
