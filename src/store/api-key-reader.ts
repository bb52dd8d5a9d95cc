import type { Connection, mongo } from 'mongoose';
import type { ApiKey, ApiKeyState } from '../domain/api-key.ts';
import { apiKeyModel, inApiKeyState, toApiKey } from './api-key-row.ts';
import type { ApiKeyRow } from './api-key-row.ts';
import { readPage } from './keyset-page.ts';
import type { Page, PageQuery } from './keyset-page.ts';
import { readableRows } from './readable-rows.ts';
import { MAX_READ_MS, reading } from './reading.ts';

/** All that is given must match; of a list any value does. */
export interface ApiKeysWhere {
  state?: readonly ApiKeyState[];
}

export type ApiKeyReader = ReturnType<typeof createApiKeyReader>;

const NEWEST_FIRST = { field: '_id', type: 'ID', direction: -1 } as const;

export function createApiKeyReader(connection: Connection, signal?: AbortSignal) {
  const rows = readableRows(apiKeyModel(connection), signal);

  return {
    async byId(id: string): Promise<ApiKey | null> {
      const row = await reading(rows.findOne({ _id: id }));
      return row === null ? null : toApiKey(row);
    },

    /** Newest first. There are few, so how many is always told. */
    async page({ state }: ApiKeysWhere, now: Date, query: PageQuery): Promise<Page<ApiKey>> {
      const filter: mongo.Document =
        state === undefined ? {} : anyOf([...new Set(state)].map((one) => inApiKeyState(one, now)));
      const { items, more } = await readPage<ApiKeyRow>({ rows, filter, order: NEWEST_FIRST, query });
      const options = { maxTimeMS: MAX_READ_MS, ...(state === undefined && { hint: { _id: 1 } }) };
      const count = () => reading(rows.countDocuments(filter as mongo.Filter<ApiKeyRow>, options));
      return { items: items.map(toApiKey), more, count };
    },
  };
}

function anyOf(filters: mongo.Document[]): mongo.Document {
  return filters.length === 0 ? { _id: { $in: [] } } : { $or: filters };
}
