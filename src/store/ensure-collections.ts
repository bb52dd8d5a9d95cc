import type { Connection } from 'mongoose';

/** Makes every collection and index that the models of the connection declare. Safe to run from several processes. */
export async function ensureCollections(connection: Connection): Promise<void> {
  for (const name of connection.modelNames()) {
    const model = connection.model(name);
    await model.createCollection();
    await model.createIndexes();
  }
}
