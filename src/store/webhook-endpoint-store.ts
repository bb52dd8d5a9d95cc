import type { Connection, mongo } from 'mongoose';
import type { EventType } from '../domain/event.ts';
import { invalidate } from '../domain/judge-endpoint.ts';
import { MAX_ENDPOINTS } from '../domain/webhook-endpoint.ts';
import type {
  DisabledReason,
  EndpointSecret,
  EndpointSettings,
  WebhookEndpoint,
} from '../domain/webhook-endpoint.ts';
import { createLimitedInsert } from './insert-within-limit.ts';
import { reading } from './reading.ts';
import type { Transaction } from './transaction.ts';
import {
  idCandidates,
  idText,
  likelyId,
  toColumns,
  toWebhookEndpoint,
  webhookEndpointModel,
} from './webhook-endpoint-row.ts';
import type { ColumnsOfOurs, WebhookEndpointRow } from './webhook-endpoint-row.ts';

export interface NewWebhookEndpoint extends Partial<EndpointSettings> {
  id: string;
  url: string;
  events: readonly EventType[];
  description: string | null;
  isActive: boolean;
  secret: EndpointSecret;
  createdAt: Date;
}

/** Absent fields stay as they are. */
export interface WebhookEndpointChanges extends Partial<ColumnsOfOurs> {
  url?: string;
  events?: readonly EventType[];
  description?: string | null;
  isActive?: boolean;
  secret?: EndpointSecret;
  updatedAt: Date;
}

export type WebhookEndpointStore = ReturnType<typeof createWebhookEndpointStore>;

const BEYOND = `more than ${MAX_ENDPOINTS} rows: this one is beyond`;
const COLUMNS = {
  url: 1,
  secret: 1,
  events: 1,
  is_active: 1,
  sealed_secret: 1,
  description: 1,
  created_at: 1,
  updated_at: 1,
  next_sealed_secret: 1,
  overlap_until: 1,
  paused_at: 1,
  disabled_at: 1,
  disabled_reason: 1,
  headers: 1,
  rate_per_second: 1,
  max_in_flight: 1,
  min_severity: 1,
  sources: 1,
  services: 1,
} as const satisfies Record<keyof Omit<WebhookEndpointRow, '_id'>, 1>;
const TWIN = 'another row has the same id written with another type';

export function createWebhookEndpointStore(connection: Connection) {
  const rows = webhookEndpointModel(connection).collection;
  const insertWithinLimit = createLimitedInsert({
    connection,
    rows,
    registrations: 'webhook-endpoint-registrations',
    max: MAX_ENDPOINTS,
  });

  const find = async (
    filter: mongo.Document,
    options: mongo.FindOptions & { limit: number },
    tx: Transaction | undefined,
  ): Promise<WebhookEndpointRow[]> => {
    const found = rows
      .find<WebhookEndpointRow>(filter, {
        projection: COLUMNS,
        sort: { _id: 1 },
        batchSize: options.limit + 1,
        ...options,
        ...(tx && { session: tx }),
      })
      .toArray();
    // In a transaction the driver needs its own error to see that it may run the work again.
    return tx === undefined ? reading(found) : found;
  };

  /** Texts of the ids that have a place; null while all have one. */
  const idsWithin = async (tx?: Transaction): Promise<Set<string> | null> => {
    const ids = await find({}, { limit: MAX_ENDPOINTS + 1, projection: { _id: 1 } }, tx);
    return ids.length <= MAX_ENDPOINTS ? null : new Set(ids.slice(0, -1).map((row) => idText(row._id)));
  };

  const judge = async (found: WebhookEndpointRow[], tx?: Transaction): Promise<WebhookEndpoint[]> => {
    if (found.length === 0) return [];
    const within = await idsWithin(tx);
    return withoutTwins(found.map(toWebhookEndpoint)).map((endpoint) =>
      within === null || within.has(endpoint.id) ? endpoint : invalidate(endpoint, BEYOND),
    );
  };

  const rowOf = async (id: string, tx?: Transaction): Promise<WebhookEndpointRow | null> => {
    const [row] = await find({ _id: { $in: idCandidates(id) } }, { limit: 1 }, tx);
    return row ?? null;
  };

  return {
    /** All that have a place, in id order, at most `MAX_ENDPOINTS`. Rows beyond receive nothing and are not read. */
    async all(tx?: Transaction): Promise<WebhookEndpoint[]> {
      return withoutTwins((await find({}, { limit: MAX_ENDPOINTS }, tx)).map(toWebhookEndpoint));
    },

    async byId(id: string, tx?: Transaction): Promise<WebhookEndpoint | null> {
      const row = await rowOf(id, tx);
      if (row === null) return null;
      const [endpoint] = await judge([row], tx);
      return endpoint ?? null;
    },

    /** By id; ids without a row are missing. */
    async byIds(ids: readonly string[]): Promise<Map<string, WebhookEndpoint>> {
      const candidates = ids.flatMap(idCandidates);
      const found = await find({ _id: { $in: candidates } }, { limit: candidates.length }, undefined);
      const endpoints = new Map<string, WebhookEndpoint>();
      for (const endpoint of await judge(found)) {
        if (!endpoints.has(endpoint.id)) endpoints.set(endpoint.id, endpoint);
      }
      return endpoints;
    },

    /** In id order, from behind the endpoint named by `after`, which may be gone by now. */
    async page({ after, limit }: { after: string | null; limit: number }): Promise<WebhookEndpoint[]> {
      if (after === null) return judge(await find({}, { limit }, undefined));
      // Index bounds, since a range filter would look at ids of one type only.
      const from = (await rowOf(after))?._id ?? likelyId(after);
      const found = await find({}, { limit: limit + 1, min: { _id: from }, hint: { _id: 1 } }, undefined);
      return judge(found.filter((row) => idText(row._id) !== after).slice(0, limit));
    },

    async count(): Promise<number> {
      return reading(rows.countDocuments());
    },

    /** `FULL` when `MAX_ENDPOINTS` rows exist, hand-made ones included; nothing is written then. */
    async insert({ id, ...fields }: NewWebhookEndpoint): Promise<'INSERTED' | 'FULL'> {
      const row = { _id: id, ...toColumns({ ...fields, updatedAt: fields.createdAt }) };
      return reading(insertWithinLimit(row));
    },

    /** The endpoint as it then is; null when there is none. A new secret replaces both forms of the old one. */
    async update(id: string, changes: WebhookEndpointChanges): Promise<WebhookEndpoint | null> {
      const row = await rowOf(id);
      if (row === null) return null;
      const stale = changes.secret?.form === 'SEALED' ? 'secret' : 'sealed_secret';
      const after = await reading(
        rows.findOneAndUpdate(
          { _id: row._id } as object,
          { $set: toColumns(changes), ...(changes.secret && { $unset: { [stale]: '' } }) },
          { returnDocument: 'after' },
        ),
      );
      if (after === null) return null;
      const [endpoint] = await judge([after as WebhookEndpointRow]);
      return endpoint ?? null;
    },

    /** Switches it off for its failures, unless somebody did so before. */
    async disable(
      { id, reason, at }: { id: string; reason: DisabledReason; at: Date },
      tx: Transaction,
    ): Promise<void> {
      const row = await rowOf(id, tx);
      if (row === null || toWebhookEndpoint(row).isActive !== true) return;
      await rows.updateOne(
        { _id: row._id } as object,
        { $set: toColumns({ isActive: false, disabled: { at, reason }, updatedAt: at }) },
        { session: tx },
      );
    },

    /** The endpoint as it last was; null when there is none. */
    async remove(id: string): Promise<WebhookEndpoint | null> {
      const row = await rowOf(id);
      const removed = row && (await reading(rows.findOneAndDelete({ _id: row._id } as object)));
      return removed === null ? null : toWebhookEndpoint(removed as WebhookEndpointRow);
    },
  };
}

/** Two rows may show one id, `"1"` and `1`. Deliveries are named by it, so only the first can have it. */
function withoutTwins(endpoints: WebhookEndpoint[]): WebhookEndpoint[] {
  const seen = new Set<string>();
  return endpoints.map((endpoint) => {
    if (seen.has(endpoint.id)) return invalidate(endpoint, TWIN);
    seen.add(endpoint.id);
    return endpoint;
  });
}
