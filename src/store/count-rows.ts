import type { mongo } from 'mongoose';
import { ReadTooLongError } from '../domain/read-too-long-error.ts';
import type { ReadableRows } from './readable-rows.ts';
import { reading } from './reading.ts';

/** Beyond it counting costs more than the list. */
export const MAX_COUNTED = 10_000;
const MAX_COUNT_MS = 1_000;

/** How many rows the filter holds; null where they are more than `MAX_COUNTED`, or take too long to count. */
export async function countRows<Row extends mongo.Document>(
  rows: Pick<ReadableRows<Row>, 'countDocuments'>,
  filter: mongo.Document,
): Promise<number | null> {
  const options = {
    limit: MAX_COUNTED + 1,
    maxTimeMS: MAX_COUNT_MS,
    // Without a condition no index is chosen, and whole rows are read where their ids would do.
    ...(Object.keys(filter).length === 0 && { hint: { _id: 1 } }),
  };
  try {
    const count = await reading(rows.countDocuments(filter as mongo.Filter<Row>, options));
    return count > MAX_COUNTED ? null : count;
  } catch (error) {
    if (error instanceof ReadTooLongError) return null;
    throw error;
  }
}
