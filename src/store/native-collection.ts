import type { Model, mongo } from 'mongoose';

/** The driver's own collection of a model, typed by its row: hot paths pay neither for casting nor hydration. */
export function nativeCollection<Row extends mongo.Document>(model: Model<Row>): mongo.Collection<Row> {
  const { db, collection } = model;
  return db.getClient().db(db.name).collection<Row>(collection.collectionName);
}
