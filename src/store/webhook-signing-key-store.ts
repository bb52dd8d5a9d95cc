import type { Connection } from 'mongoose';
import { isDuplicateKey } from './is-duplicate-key.ts';
import { metaModel } from './meta-row.ts';
import type { StoredSigningKey } from './meta-row.ts';

export type WebhookSigningKeyStore = ReturnType<typeof createWebhookSigningKeyStore>;

export function createWebhookSigningKeyStore(connection: Connection) {
  const meta = metaModel(connection);
  const _id = 'webhook-signing-keys';
  return {
    /** The one that signs first. */
    async all(): Promise<StoredSigningKey[]> {
      return (await meta.findById(_id))?.signingKeys ?? [];
    },

    /** All that there are then: the given one, or those that another process made first. */
    async rememberFirst(key: StoredSigningKey): Promise<StoredSigningKey[]> {
      const upsert = async () =>
        meta.findOneAndUpdate(
          { _id },
          { $setOnInsert: { signingKeys: [key] } },
          { upsert: true, returnDocument: 'after' },
        );
      // Two upserts at once: one of them may meet the other's document as a duplicate key, and then finds it.
      const row = await upsert().catch(async (error: unknown) => {
        if (isDuplicateKey(error)) return upsert();
        throw error;
      });
      return row.signingKeys ?? [];
    },
  };
}
