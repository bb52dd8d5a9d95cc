import type { Connection, Schema, mongo } from 'mongoose';
import { nativeDatabase } from './native-collection.ts';

/** Makes every collection and index that the models of the connection declare. Safe to run from several processes. */
export async function ensureCollections(connection: Connection): Promise<void> {
  await Promise.all(connection.modelNames().map((name) => ensureCollection(connection.model(name))));
}

interface Declared {
  db: Pick<Connection, 'db'>;
  collection: { collectionName: string };
  schema: { indexes(): DeclaredIndex[] };
}

type DeclaredIndex = ReturnType<Schema['indexes']>[number];

/**
 * One command makes a collection with all its indexes, which takes MongoDB hardly longer than an empty one: on a
 * collection that is there each index is a build of its own, and waited for.
 */
export async function ensureCollection(model: Declared): Promise<void> {
  const db = nativeDatabase(model);
  const name = model.collection.collectionName;
  const indexes = model.schema.indexes().map(toIndex);
  if (indexes.length > 0) await db.collection(name).createIndexes(indexes);
  else await createCollection(db, name);
}

function toIndex([key, { background: _background, ...options }]: DeclaredIndex): mongo.IndexDescription {
  return { ...options, key } as mongo.IndexDescription;
}

const NAMESPACE_EXISTS = 48;

async function createCollection(db: mongo.Db, name: string): Promise<void> {
  await db.createCollection(name).catch((error: unknown) => {
    const exists = error instanceof Error && 'code' in error && error.code === NAMESPACE_EXISTS;
    if (!exists) throw error;
  });
}
