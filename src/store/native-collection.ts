import type { Connection, Model, mongo } from 'mongoose';

/** Making one costs more than all else that a reader is made of, and each operation makes its own readers. */
const known = new WeakMap<mongo.Db, Map<string, mongo.Collection>>();

/** The driver's own collection, for hot paths whose rows are built by mappers: no casting, no validation, no hydration. */
export function nativeCollection<Row extends { _id: string }>(model: Model<Row>): mongo.Collection<Row> {
  const db = nativeDatabase(model);
  let collections = known.get(db);
  if (collections === undefined) known.set(db, (collections = new Map<string, mongo.Collection>()));
  const name = model.collection.collectionName;
  let collection = collections.get(name);
  if (collection === undefined) collections.set(name, (collection = db.collection(name)));
  return collection as unknown as mongo.Collection<Row>;
}

export function nativeDatabase({ db: { db } }: { db: Pick<Connection, 'db'> }): mongo.Db {
  if (db === undefined) throw new Error('the connection is not open yet');
  return db;
}
