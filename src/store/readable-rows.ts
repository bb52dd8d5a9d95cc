import type { Model, mongo } from 'mongoose';
import { nativeCollection } from './native-collection.ts';

/** What a reader needs of a collection. */
export interface ReadableRows<Row extends mongo.Document> extends Pick<
  mongo.Collection<Row>,
  'findOne' | 'countDocuments'
> {
  find<Read extends mongo.Document = mongo.WithId<Row>>(
    filter: mongo.Filter<Row>,
    options?: mongo.FindOptions,
  ): Rows<Read>;
  aggregate<Read extends mongo.Document>(
    pipeline: mongo.Document[],
    options?: mongo.AggregateOptions,
  ): Rows<Read>;
}

/** Read where they are asked for as an array, all at once. */
interface Rows<Read> {
  toArray(): Promise<Read[]>;
}

/** A collection as one operation reads it: once the signal aborts, its reads end, in the database too. */
export function readableRows<Row extends { _id: string }>(
  model: Model<Row>,
  signal: AbortSignal | undefined,
): ReadableRows<Row> {
  const rows = nativeCollection(model);
  if (signal === undefined) return rows;

  const arrayOf = <Read>(open: () => Rows<Read>): Rows<Read> => ({
    toArray: () => untilAborted(signal, () => open().toArray()),
  });
  return {
    find: <Read extends mongo.Document>(filter: mongo.Filter<Row>, options: mongo.FindOptions = {}) =>
      arrayOf(() => rows.find<Read>(filter, { ...options, signal })),
    aggregate: <Read extends mongo.Document>(
      pipeline: mongo.Document[],
      options: mongo.AggregateOptions = {},
    ) => arrayOf(() => rows.aggregate<Read>(pipeline, { ...options, signal })),
    findOne: (filter: mongo.Filter<Row>, options: mongo.FindOneOptions = {}) =>
      untilAborted(signal, () => rows.findOne(filter, { ...options, signal })),
    countDocuments: (filter: mongo.Filter<Row> = {}, options: mongo.CountDocumentsOptions = {}) =>
      untilAborted(signal, () => rows.countDocuments(filter, { ...options, signal })),
  } as ReadableRows<Row>;
}

/** Where it is aborted the driver may stumble over the session or cursor that it ended itself, or give half a list. */
async function untilAborted<T>(signal: AbortSignal, read: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  try {
    return await read();
  } finally {
    signal.throwIfAborted();
  }
}
