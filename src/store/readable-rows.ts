import type { Model, mongo } from 'mongoose';
import { nativeCollection } from './native-collection.ts';

/** What a reader needs of a collection. */
export type ReadableRows<Row extends mongo.Document> = Pick<
  mongo.Collection<Row>,
  'find' | 'findOne' | 'aggregate' | 'countDocuments'
>;

/** A collection as one operation reads it: once the signal aborts, its reads end, in the database too. */
export function readableRows<Row extends { _id: string }>(
  model: Model<Row>,
  signal: AbortSignal | undefined,
): ReadableRows<Row> {
  const rows = nativeCollection(model);
  if (signal === undefined) return rows;
  return {
    find: (filter: mongo.Filter<Row> = {}, options: mongo.FindOptions = {}) =>
      rows.find(filter, { ...options, signal }),
    findOne: (filter: mongo.Filter<Row> = {}, options: mongo.FindOneOptions = {}) =>
      rows.findOne(filter, { ...options, signal }),
    aggregate: (pipeline: mongo.Document[] = [], options: mongo.AggregateOptions = {}) =>
      rows.aggregate(pipeline, { ...options, signal }),
    countDocuments: (filter: mongo.Filter<Row> = {}, options: mongo.CountDocumentsOptions = {}) =>
      rows.countDocuments(filter, { ...options, signal }),
  } as ReadableRows<Row>;
}
