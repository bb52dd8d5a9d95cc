import type { Connection } from 'mongoose';
import { metaModel } from './meta-row.ts';
import type { StoredSigningKey } from './meta-row.ts';
import { rememberFirst } from './remember-first.ts';

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
      return (await rememberFirst(meta, { _id, signingKeys: [key] })).signingKeys ?? [];
    },
  };
}
