import type { Connection, mongo } from 'mongoose';
import { MAX_SOURCES } from '../domain/source.ts';
import type { StoredSource } from '../domain/source.ts';
import { countRows } from './count-rows.ts';
import { createLimitedInsert } from './insert-within-limit.ts';
import { readPage } from './keyset-page.ts';
import type { Page, PageQuery } from './keyset-page.ts';
import { nativeCollection } from './native-collection.ts';
import { readableRows } from './readable-rows.ts';
import { MAX_READ_MS, reading } from './reading.ts';
import { sourceModel, toSourceRow, toStoredSource } from './source-row.ts';
import type { SourceRow } from './source-row.ts';
import { anyOf } from './where.ts';
import { unlessTaken } from './unless-taken.ts';

/** All that is given must match; of a list any value does. */
export interface SourcesWhere {
  provider?: readonly string[];
  enabled?: boolean;
}

/** That a webhook was verified with a secret. */
export interface SecretUse {
  /** Of the source. */
  keyName: string;
  secretId: string;
  at: Date;
}

const BY_ID = { field: '_id', type: 'ID', direction: 1 } as const;

export type SourceStore = ReturnType<typeof createSourceStore>;

export function createSourceStore(connection: Connection) {
  const rows = nativeCollection(sourceModel(connection));
  const readable = readableRows(sourceModel(connection), undefined);
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

    /** In the order in which they were registered. */
    async page(where: SourcesWhere, query: PageQuery): Promise<Page<StoredSource>> {
      const scan = { rows: readable, filter: sourcesFilter(where), order: BY_ID, query };
      const page = await readPage<SourceRow>(scan);
      return { ...page, items: page.items.map(toStoredSource) };
    },

    count: (where: SourcesWhere): Promise<number | null> => countRows(readable, sourcesFilter(where)),

    async byClientKey(clientMutationKey: string): Promise<StoredSource | null> {
      const row = await reading(rows.findOne({ clientMutationKey }));
      return row === null ? null : toStoredSource(row);
    },

    /**
     * `FULL` when `MAX_SOURCES` exist, `NAME_TAKEN` when another has or had its name, or has its client key; nothing is
     * written then.
     */
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

function sourcesFilter({ provider, enabled }: SourcesWhere): mongo.Document {
  return { ...anyOf('provider', provider), ...(enabled !== undefined && { enabled }) };
}
