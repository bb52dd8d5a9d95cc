import type { Connection } from 'mongoose';
import { isDuplicateKey } from './is-duplicate-key.ts';
import { metaModel } from './meta-row.ts';

export type DatabaseIdentityStore = ReturnType<typeof createDatabaseIdentityStore>;

export function createDatabaseIdentityStore(connection: Connection) {
  const meta = metaModel(connection);
  return {
    /** The id of the key that this database knows, which is `keyId` where it knew none. */
    async rememberKey(keyId: string): Promise<string> {
      const upsert = async () =>
        meta.findOneAndUpdate(
          { _id: 'secret-key' },
          { $setOnInsert: { keyId } },
          { upsert: true, returnDocument: 'after' },
        );
      // Two upserts at once: one of them may meet the other's document as a duplicate key, and then finds it.
      const row = await upsert().catch(async (error: unknown) => {
        if (isDuplicateKey(error)) return upsert();
        throw error;
      });
      return row.keyId ?? keyId;
    },

    /** False where another key than `from` is remembered by now. */
    async replaceKey(from: string, to: string): Promise<boolean> {
      const { matchedCount } = await meta.updateOne(
        { _id: 'secret-key', keyId: from },
        { $set: { keyId: to } },
      );
      return matchedCount === 1;
    },
  };
}
