import mongoose, { Schema } from 'mongoose';
import type { Connection, Model } from 'mongoose';
import { judgeEndpoint } from '../domain/judge-endpoint.ts';
import { toWireName } from '../domain/event-wire-name.ts';
import type { EventType } from '../domain/event.ts';
import type {
  DisabledReason,
  EndpointSecret,
  EndpointSettings,
  NextSecret,
  WebhookEndpoint,
} from '../domain/webhook-endpoint.ts';

/**
 * A row of `webhook_endpoints`. The first four columns are those of the user's guide, which people write by hand with
 * whatever id and types their tool gives them; so each column is unknown until judged.
 */
export interface WebhookEndpointRow {
  _id: unknown;
  url?: unknown;
  secret?: unknown;
  events?: unknown;
  is_active?: unknown;
  sealed_secret?: unknown;
  description?: unknown;
  created_at?: unknown;
  updated_at?: unknown;
  next_sealed_secret?: unknown;
  overlap_until?: unknown;
  paused_at?: unknown;
  disabled_at?: unknown;
  disabled_reason?: unknown;
  headers?: unknown;
  rate_per_second?: unknown;
  max_in_flight?: unknown;
  min_severity?: unknown;
  sources?: unknown;
  services?: unknown;
  public_key_signature?: unknown;
  client_mutation_key?: unknown;
}

const mixed = { type: Schema.Types.Mixed };
const schema = new Schema<WebhookEndpointRow>(
  {
    _id: mixed,
    url: mixed,
    secret: mixed,
    events: mixed,
    is_active: mixed,
    sealed_secret: mixed,
    description: mixed,
    created_at: mixed,
    updated_at: mixed,
    next_sealed_secret: mixed,
    overlap_until: mixed,
    paused_at: mixed,
    disabled_at: mixed,
    disabled_reason: mixed,
    headers: mixed,
    rate_per_second: mixed,
    max_in_flight: mixed,
    min_severity: mixed,
    sources: mixed,
    services: mixed,
    public_key_signature: mixed,
    client_mutation_key: mixed,
  },
  { lean: true, versionKey: false, strict: 'throw', collection: 'webhook_endpoints' },
);
schema.index(
  { client_mutation_key: 1 },
  { unique: true, partialFilterExpression: { client_mutation_key: { $type: 'string' } } },
);

export function webhookEndpointModel(connection: Connection): Model<WebhookEndpointRow> {
  return connection.model<WebhookEndpointRow>('WebhookEndpoint', schema);
}

export function toWebhookEndpoint(row: WebhookEndpointRow): WebhookEndpoint {
  return judgeEndpoint({
    id: idText(row._id),
    url: row.url,
    secret: row.secret,
    sealedSecret: row.sealed_secret,
    events: row.events,
    isActive: row.is_active,
    description: row.description,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    nextSealedSecret: row.next_sealed_secret,
    overlapUntil: row.overlap_until,
    pausedAt: row.paused_at,
    disabledAt: row.disabled_at,
    disabledReason: row.disabled_reason,
    headers: row.headers,
    ratePerSecond: row.rate_per_second,
    maxInFlight: row.max_in_flight,
    minSeverity: row.min_severity,
    sources: row.sources,
    services: row.services,
    publicKeySignature: row.public_key_signature,
  });
}

/** Null, like an absent column, says that there is none. */
export interface ColumnsOfOurs extends EndpointSettings {
  nextSecret: NextSecret | null;
  pausedAt: Date | null;
  disabled: { at: Date; reason: DisabledReason } | null;
}

/** The columns of what is given; an absent field gives no column. */
export function toColumns(
  fields: {
    url?: string;
    events?: readonly EventType[];
    description?: string | null;
    isActive?: boolean;
    secret?: EndpointSecret;
    createdAt?: Date;
    updatedAt?: Date;
  } & Partial<ColumnsOfOurs>,
): Omit<WebhookEndpointRow, '_id'> {
  const { url, events, description, isActive, secret, createdAt, updatedAt } = fields;
  const { nextSecret, pausedAt, disabled } = fields;
  return {
    ...(url !== undefined && { url }),
    ...(events !== undefined && { events: events.map(toWireName).join(',') }),
    ...(description !== undefined && { description }),
    ...(isActive !== undefined && { is_active: isActive }),
    ...(secret?.form === 'PLAIN' && { secret: secret.value }),
    ...(secret?.form === 'SEALED' && { sealed_secret: secret.sealed }),
    ...(createdAt !== undefined && { created_at: createdAt }),
    ...(updatedAt !== undefined && { updated_at: updatedAt }),
    ...(nextSecret !== undefined && {
      next_sealed_secret: nextSecret?.sealed ?? null,
      overlap_until: nextSecret?.until ?? null,
    }),
    ...(pausedAt !== undefined && { paused_at: pausedAt }),
    ...(disabled !== undefined && {
      disabled_at: disabled?.at ?? null,
      disabled_reason: disabled?.reason ?? null,
    }),
    ...settingColumns(fields),
  };
}

function settingColumns(fields: Partial<EndpointSettings>): Omit<WebhookEndpointRow, '_id'> {
  const { headers, ratePerSecond, maxInFlight, minSeverity, sources, services, publicKeySignature } = fields;
  return {
    ...(headers !== undefined && { headers }),
    ...(ratePerSecond !== undefined && { rate_per_second: ratePerSecond }),
    ...(maxInFlight !== undefined && { max_in_flight: maxInFlight }),
    ...(minSeverity !== undefined && { min_severity: minSeverity }),
    ...(sources !== undefined && { sources }),
    ...(services !== undefined && { services }),
    ...(publicKeySignature !== undefined && { public_key_signature: publicKeySignature }),
  };
}

/** An id as the rest of OpsLens sees it. Kinds that `idCandidates` cannot find again give a text that is judged unusable. */
export function idText(id: unknown): string {
  if (typeof id === 'string') return id;
  if (typeof id === 'number') return `${id}`;
  if (id instanceof mongoose.mongo.UUID) return id.toString();
  if (id instanceof mongoose.mongo.ObjectId) return id.toHexString();
  return `unusable _id ${mongoose.mongo.BSON.EJSON.stringify(id).slice(0, 100)}`;
}

/** Every stored id whose text this may be. Plain values only: a text from outside never becomes an operator. */
export function idCandidates(text: string): unknown[] {
  const candidates: unknown[] = [text];
  if (/^[0-9a-f]{24}$/.test(text)) candidates.push(new mongoose.mongo.ObjectId(text));
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text))
    candidates.push(new mongoose.mongo.UUID(text));
  if (text !== '' && `${Number(text)}` === text) candidates.push(Number(text));
  return candidates;
}

/** The id that a text had, where its row is gone: tools make ObjectIds, OpsLens makes texts. */
export function likelyId(text: string): unknown {
  return /^[0-9a-f]{24}$/.test(text) ? new mongoose.mongo.ObjectId(text) : text;
}
