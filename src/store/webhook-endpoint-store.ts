import type { Connection, mongo } from 'mongoose';
import type { EventType } from '../domain/event.ts';
import { invalidate } from '../domain/judge-endpoint.ts';
import type { EndpointSecrets } from '../domain/endpoint-rotation.ts';
import { MAX_ENDPOINTS } from '../domain/webhook-endpoint.ts';
import type {
  DisabledReason,
  EndpointSecret,
  EndpointSettings,
  WebhookEndpoint,
} from '../domain/webhook-endpoint.ts';
import { createEndpointPages } from './endpoint-pages.ts';
import { createLimitedInsert } from './insert-within-limit.ts';
import { reading } from './reading.ts';
import type { Transaction } from './transaction.ts';
import {
  idCandidates,
  idText,
  toColumns,
  toWebhookEndpoint,
  webhookEndpointModel,
} from './webhook-endpoint-row.ts';
import type { ColumnsOfOurs, WebhookEndpointRow } from './webhook-endpoint-row.ts';
import { unlessTaken } from './unless-taken.ts';

export interface NewWebhookEndpoint extends Partial<EndpointSettings> {
  id: string;
  url: string;
  events: readonly EventType[];
  description: string | null;
  isActive: boolean;
  secret: EndpointSecret;
  createdAt: Date;
  /** Made up by the client that creates it. */
  clientMutationKey?: string | null;
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
  public_key_signature: 1,
} as const satisfies Record<keyof Omit<WebhookEndpointRow, '_id' | 'client_mutation_key'>, 1>;
const NO_NEXT = { next_sealed_secret: '', overlap_until: '' } as const;
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

    /** In id order. The endpoint that a cursor names may be gone by now. */
    page: createEndpointPages({ find: (filter, options) => find(filter, options, undefined), rowOf, judge }),

    async byClientKey(clientMutationKey: string): Promise<WebhookEndpoint | null> {
      const [row] = await find({ client_mutation_key: clientMutationKey }, { limit: 1 }, undefined);
      return row === undefined ? null : ((await judge([row]))[0] ?? null);
    },

    async count(): Promise<number> {
      return reading(rows.countDocuments());
    },

    /**
     * `FULL` when `MAX_ENDPOINTS` rows exist, hand-made ones included, `EXISTS` when one has its client key; nothing is
     * written then.
     */
    async insert({
      id,
      clientMutationKey = null,
      ...fields
    }: NewWebhookEndpoint): Promise<'INSERTED' | 'FULL' | 'EXISTS'> {
      const columns = toColumns({ ...fields, updatedAt: fields.createdAt });
      const key = clientMutationKey === null ? {} : { client_mutation_key: clientMutationKey };
      return (await reading(unlessTaken(insertWithinLimit({ _id: id, ...columns, ...key })))) ?? 'EXISTS';
    },

    /**
     * The endpoint as it then is; null when there is none. A new secret replaces both forms of the old one, and the next
     * one of a rotation.
     */
    async update(id: string, changes: WebhookEndpointChanges): Promise<WebhookEndpoint | null> {
      const row = await rowOf(id);
      if (row === null) return null;
      const stale = changes.secret?.form === 'SEALED' ? 'secret' : 'sealed_secret';
      const after = await reading(
        rows.findOneAndUpdate(
          { _id: row._id } as object,
          { $set: toColumns(changes), ...(changes.secret && { $unset: { [stale]: '', ...NO_NEXT } }) },
          { returnDocument: 'after' },
        ),
      );
      if (after === null) return null;
      const [endpoint] = await judge([after as WebhookEndpointRow]);
      return endpoint ?? null;
    },

    /**
     * Puts `after` in the place of the secrets that it has, if they are still those of `before`; a `secret` in plain text
     * stays only where `after` names it. Null when there is no such endpoint any more.
     */
    async replaceSecrets(
      before: Pick<WebhookEndpoint, 'id'> & EndpointSecrets,
      { secret, nextSecret, updatedAt }: EndpointSecrets & { updatedAt?: Date },
    ): Promise<WebhookEndpoint | 'CHANGED_MEANWHILE' | null> {
      const row = await rowOf(before.id);
      if (row === null) return null;
      if (!haveSameSecrets(toWebhookEndpoint(row), before)) return 'CHANGED_MEANWHILE';
      const set = toColumns({
        ...(secret !== null && { secret }),
        ...(nextSecret !== null && { nextSecret }),
        ...(updatedAt !== undefined && { updatedAt }),
      });
      const unset = {
        ...(secret?.form === 'SEALED' && { secret: '' }),
        ...(nextSecret === null && NO_NEXT),
      };
      const after = await reading(
        rows.findOneAndUpdate(
          { _id: row._id, ...secretColumns(row) } as object,
          { $set: set, $unset: unset },
          { returnDocument: 'after' },
        ),
      );
      if (after === null) return 'CHANGED_MEANWHILE';
      const [endpoint] = await judge([after as WebhookEndpointRow]);
      return endpoint ?? null;
    },

    /** Switches it off for the failures of its url, unless somebody did so before or gave it another. */
    async disable(
      { id, url, reason, at }: { id: string; url: string; reason: DisabledReason; at: Date },
      tx: Transaction,
    ): Promise<void> {
      const row = await rowOf(id, tx);
      const endpoint = row && toWebhookEndpoint(row);
      if (row === null || endpoint?.isActive !== true || endpoint.url !== url) return;
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

function haveSameSecrets(a: EndpointSecrets, b: EndpointSecrets): boolean {
  const text = ({ secret, nextSecret }: EndpointSecrets): string => JSON.stringify([secret, nextSecret]);
  return text(a) === text(b);
}

/** Matches the row for as long as no secret of it changes. Null matches an absent column too. */
function secretColumns(row: WebhookEndpointRow): mongo.Document {
  const { secret, sealed_secret, next_sealed_secret, overlap_until } = row;
  const columns = Object.entries({ secret, sealed_secret, next_sealed_secret, overlap_until });
  return Object.fromEntries(columns.map(([name, value]) => [name, { $eq: value ?? null }]));
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
