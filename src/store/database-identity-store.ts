import type { Connection } from 'mongoose';
import { metaModel } from './meta-row.ts';
import { rememberFirst } from './remember-first.ts';

export type DatabaseIdentityStore = ReturnType<typeof createDatabaseIdentityStore>;

export function createDatabaseIdentityStore(connection: Connection) {
  const meta = metaModel(connection);
  return {
    /** The id of the key that this database knows, which is `keyId` where it knew none. */
    async rememberKey(keyId: string): Promise<string> {
      return (await rememberFirst(meta, { _id: 'secret-key', keyId })).keyId ?? keyId;
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
