import type { Model, mongo } from 'mongoose';

/** The driver's own collection, for hot paths whose rows are built by mappers: no casting, no validation, no hydration. */
export function nativeCollection<Row extends { _id: string }>(model: Model<Row>): mongo.Collection<Row> {
  const { db } = model.db;
  if (db === undefined) throw new Error('the connection is not open yet');
  return db.collection<Row>(model.collection.collectionName);
}
