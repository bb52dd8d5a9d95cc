import type { Connection, mongo } from 'mongoose';
import { MAX_LIVE_API_KEYS } from '../domain/api-key.ts';
import type { ApiKey } from '../domain/api-key.ts';
import type { Scope } from '../domain/scope.ts';
import { apiKeyModel, inApiKeyState, toApiKey } from './api-key-row.ts';
import type { ApiKeyRow } from './api-key-row.ts';
import { createLimitedInsert } from './insert-within-limit.ts';
import { nativeCollection } from './native-collection.ts';
import { MAX_READ_MS, reading } from './reading.ts';
import { unlessTaken } from './unless-taken.ts';

/** That a request came with a key. */
export interface ApiKeyUse {
  keyId: string;
  at: Date;
}

/** Another process may have recorded about the same. */
const USE_STEP_MS = 30_000;

export type ApiKeyStore = ReturnType<typeof createApiKeyStore>;

export function createApiKeyStore(connection: Connection) {
  const rows = nativeCollection(apiKeyModel(connection));
  const live = (now: Date) => inApiKeyState('ACTIVE', now) as mongo.Filter<ApiKeyRow>;
  const insertWithinLimit = createLimitedInsert({
    connection,
    rows,
    registrations: 'api-key-registrations',
    max: MAX_LIVE_API_KEYS,
    counted: ({ createdAt }) => live(createdAt),
  });

  return {
    /** By their digests; unknown ones are missing. */
    async byDigests(digests: readonly string[]): Promise<Map<string, ApiKey>> {
      const found = rows.find({ digest: { $in: [...digests] } }, { maxTimeMS: MAX_READ_MS });
      return new Map((await reading(found.toArray())).map((row) => [row.digest, toApiKey(row)]));
    },

    /** By their ids; unknown ones are missing. */
    async byIds(ids: readonly string[]): Promise<Map<string, ApiKey>> {
      const found = rows.find({ _id: { $in: [...ids] } }, { maxTimeMS: MAX_READ_MS });
      return new Map((await reading(found.toArray())).map((row) => [row._id, toApiKey(row)]));
    },

    async byClientKey(clientMutationKey: string): Promise<ApiKey | null> {
      const row = await reading(rows.findOne({ clientMutationKey }));
      return row === null ? null : toApiKey(row);
    },

    async hasLive(scope: Scope, now: Date): Promise<boolean> {
      const filter = { ...live(now), scopes: scope };
      return (await reading(rows.findOne(filter, { projection: { _id: 1 } }))) !== null;
    },

    /** `FULL` when `MAX_LIVE_API_KEYS` are live, `EXISTS` when its client key was used before; nothing is written then. */
    async insert(
      { id, ...key }: ApiKey,
      { digest, clientMutationKey }: { digest: string; clientMutationKey: string | null },
    ): Promise<'INSERTED' | 'FULL' | 'EXISTS'> {
      const row = { _id: id, ...key, digest, ...(clientMutationKey !== null && { clientMutationKey }) };
      return (await reading(unlessTaken(insertWithinLimit(row)))) ?? 'EXISTS';
    },

    /** The key as it then is: what revoked it first stands. Null where there is none. */
    async revoke(id: string, { at, by }: { at: Date; by: string | null }): Promise<ApiKey | null> {
      const revoking = rows.findOneAndUpdate(
        { _id: id, revokedAt: null as never },
        { $set: { revokedAt: at, revokedBy: by } },
        { returnDocument: 'after' },
      );
      const row = (await reading(revoking)) ?? (await reading(rows.findOne({ _id: id })));
      return row === null ? null : toApiKey(row as ApiKeyRow);
    },

    /** Never goes back, whichever process is the last to tell. */
    async recordUses(uses: readonly ApiKeyUse[]): Promise<void> {
      if (uses.length === 0) return;
      const writing = rows.bulkWrite(
        uses.map(({ keyId, at }) => ({
          updateOne: {
            filter: {
              _id: keyId,
              $or: [
                { lastUsedAt: null as never },
                { lastUsedAt: { $lt: new Date(at.getTime() - USE_STEP_MS) } },
              ],
            },
            update: { $set: { lastUsedAt: at } },
          },
        })),
        { ordered: false },
      );
      await reading(writing);
    },
  };
}
