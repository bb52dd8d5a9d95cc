import { mongo } from 'mongoose';

export interface PageOptions {
  sort: Record<string, 1 | -1>;
  limit: number;
  maxTimeMS: number;
  projection?: mongo.Document;
}

interface Found<Read> {
  firstBatch: Read[];
  /** Of the cursor that has the rest; 0 where there is none. */
  id: mongo.Long | number;
}

/**
 * Reads rows by one command, without the driver's cursor, which costs as much again as fifty rows do. Null where they
 * do not fit into one reply. Not tried again by itself.
 */
export async function inOneReply<Read>(
  db: mongo.Db,
  { find, limit, ...page }: PageOptions & { find: string; filter: mongo.Document },
  ends: mongo.Abortable,
): Promise<Read[] | null> {
  const command = { find, ...page, limit, batchSize: limit + 1, readConcern: { level: 'majority' } };
  const { cursor } = (await db.command(command, ends)) as { cursor: Found<Read> };
  const { firstBatch, id } = cursor;
  if (id === 0) return firstBatch;
  const rest = typeof id === 'number' ? mongo.Long.fromNumber(id) : id;
  await db.command({ killCursors: find, cursors: [rest] });
  return null;
}
