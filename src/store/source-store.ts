import type { Connection } from 'mongoose';
import { MAX_SOURCES } from '../domain/source.ts';
import type { StoredSource } from '../domain/source.ts';
import { createLimitedInsert } from './insert-within-limit.ts';
import { isDuplicateKey } from './is-duplicate-key.ts';
import { nativeCollection } from './native-collection.ts';
import { MAX_READ_MS, reading } from './reading.ts';
import { sourceModel, toSourceRow, toStoredSource } from './source-row.ts';
import type { SourceRow } from './source-row.ts';

/** That a webhook was verified with a secret. */
export interface SecretUse {
  /** Of the source. */
  keyName: string;
  secretId: string;
  at: Date;
}

export type SourceStore = ReturnType<typeof createSourceStore>;

export function createSourceStore(connection: Connection) {
  const rows = nativeCollection(sourceModel(connection));
  const insertWithinLimit = createLimitedInsert({
    connection,
    rows,
    registrations: 'source-registrations',
    max: MAX_SOURCES,
  });

  return {
    /** What differs from what is known: sources that changed or are new, and ids of those that are as they were. */
    async changedSince(
      known: ReadonlyMap<string, { revision: number }>,
    ): Promise<{ changed: StoredSource[]; unchanged: string[] }> {
      const options = { batchSize: MAX_SOURCES + 1, maxTimeMS: MAX_READ_MS };
      const heads = rows.find<Pick<SourceRow, '_id' | 'revision'>>(
        {},
        { ...options, projection: { revision: 1 } },
      );
      const unchanged: string[] = [];
      const others: string[] = [];
      for (const { _id: id, revision } of await reading(heads.toArray()))
        (known.get(id)?.revision === revision ? unchanged : others).push(id);
      if (others.length === 0) return { changed: [], unchanged };
      const found = rows.find({ _id: { $in: others } }, options);
      return { changed: (await reading(found.toArray())).map(toStoredSource), unchanged };
    },

    async byId(id: string): Promise<StoredSource | null> {
      const row = await reading(rows.findOne({ _id: id }));
      return row === null ? null : toStoredSource(row);
    },

    /** In the order of their ids, from behind the one named by `after`, which may be gone by now. */
    async page({ after, limit }: { after: string | null; limit: number }): Promise<StoredSource[]> {
      const filter = after === null ? {} : { _id: { $gt: after } };
      return (await reading(rows.find(filter, { sort: { _id: 1 }, limit }).toArray())).map(toStoredSource);
    },

    /** `FULL` when `MAX_SOURCES` exist, `NAME_TAKEN` when another has or had its name; nothing is written then. */
    async insert(source: StoredSource): Promise<'INSERTED' | 'FULL' | 'NAME_TAKEN'> {
      return (await reading(unlessTaken(insertWithinLimit(toSourceRow(source))))) ?? 'NAME_TAKEN';
    },

    /** Puts `after` in the place of `before`, unless that was changed or removed meanwhile. */
    async replace(
      before: Pick<StoredSource, 'id' | 'revision'>,
      after: StoredSource,
    ): Promise<StoredSource | 'CHANGED_MEANWHILE' | 'NAME_TAKEN'> {
      const { id, revision } = before;
      const replaced: StoredSource = { ...after, id, revision: revision + 1 };
      const replacing = rows.replaceOne({ _id: id, revision }, toSourceRow(replaced));
      const result = await reading(unlessTaken(replacing));
      if (result === null) return 'NAME_TAKEN';
      return result.matchedCount === 1 ? replaced : 'CHANGED_MEANWHILE';
    },

    /** The source as it last was; null when there is none. */
    async remove(id: string): Promise<StoredSource | null> {
      const row = await reading(rows.findOneAndDelete({ _id: id }));
      return row === null ? null : toStoredSource(row);
    },

    /** Never goes back, whichever process is the last to tell. */
    async recordUses(uses: readonly SecretUse[]): Promise<void> {
      if (uses.length === 0) return;
      const writing = rows.bulkWrite(
        uses.map(({ keyName, secretId, at }) => ({
          updateOne: {
            filter: { names: keyName, keyName, 'secrets.id': secretId },
            // The revision keeps a change that is under way from overwriting it.
            update: { $max: { 'secrets.$[used].lastUsedAt': at }, $inc: { revision: 1 } },
            arrayFilters: [{ 'used.id': secretId }],
          },
        })),
        { ordered: false },
      );
      await reading(writing);
    },
  };
}

/** Null where the unique index refused it. */
async function unlessTaken<T>(writing: Promise<T>): Promise<T | null> {
  try {
    return await writing;
  } catch (error) {
    if (isDuplicateKey(error)) return null;
    throw error;
  }
}
