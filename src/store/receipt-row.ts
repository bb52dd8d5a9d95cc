import { Schema } from 'mongoose';
import type { Connection, Model } from 'mongoose';
import type { KnownReceipt } from '../domain/draft.ts';
import type { Receipt } from '../domain/receipt.ts';

const DAY_SECONDS = 24 * 60 * 60;
/** Receipts and their bodies are kept so long. */
const KEPT_SECONDS = 30 * DAY_SECONDS;

/** A row of `receipts`. Headers are JSON text, since their names are foreign. */
export interface ReceiptRow extends Omit<Receipt, 'id' | 'headers'> {
  _id: string;
  headers: string;
  /** On receipts that came to `APPLIED` or `IGNORED` and can be recognised again. */
  dedupKey?: string;
  /** From then on the next submission may take `dedupKey` over; absent = never. */
  dedupUntil?: Date;
}

/** A row of `receipt_bodies`: the raw body, gzipped where that pays. */
export interface ReceiptBodyRow {
  /** The receipt's id. */
  _id: string;
  bytes: Buffer;
  encoding: 'IDENTITY' | 'GZIP';
  receivedAt: Date;
}

const receiptSchema = new Schema<ReceiptRow>(
  {
    _id: { type: String, required: true },
    source: { type: String, required: true },
    provider: { type: String, required: true },
    deliveryId: String,
    receivedAt: { type: Date, required: true },
    outcome: { type: String, required: true },
    reason: String,
    headers: String,
    bodyHash: { type: String, required: true },
    bodySize: { type: Number, required: true },
    duplicateOf: String,
    incidentIds: [String],
    deploymentIds: [String],
    warnings: [String],
    verifiedWith: String,
    dedupKey: String,
    dedupUntil: Date,
  },
  { lean: true, versionKey: false, strict: 'throw', collection: 'receipts' },
);
receiptSchema.index({ dedupKey: 1 }, { unique: true, sparse: true });
receiptSchema.index({ receivedAt: 1 }, { expireAfterSeconds: KEPT_SECONDS });
receiptSchema.index({ incidentIds: 1, _id: -1 });
receiptSchema.index({ source: 1, _id: -1 });
// Most are applied: those are found on the way through the ids.
receiptSchema.index(
  { outcome: 1, _id: -1 },
  { partialFilterExpression: { outcome: { $in: ['DUPLICATE', 'IGNORED', 'REJECTED', 'FAILED'] } } },
);

const bodySchema = new Schema<ReceiptBodyRow>(
  {
    _id: { type: String, required: true },
    bytes: { type: Buffer, required: true },
    encoding: { type: String, required: true },
    receivedAt: { type: Date, required: true },
  },
  { lean: true, versionKey: false, strict: 'throw', collection: 'receipt_bodies' },
);
bodySchema.index({ receivedAt: 1 }, { expireAfterSeconds: KEPT_SECONDS });

export function receiptModel(connection: Connection): Model<ReceiptRow> {
  return connection.model<ReceiptRow>('Receipt', receiptSchema);
}

export function receiptBodyModel(connection: Connection): Model<ReceiptBodyRow> {
  return connection.model<ReceiptBodyRow>('ReceiptBody', bodySchema);
}

export function toReceiptRow(
  { id, headers, ...receipt }: Receipt,
  dedup: { value: string; until: Date | null } | null,
): ReceiptRow {
  const row: ReceiptRow = { _id: id, headers: JSON.stringify(headers), ...receipt };
  if (dedup !== null) row.dedupKey = dedup.value;
  if (dedup?.until != null) row.dedupUntil = dedup.until;
  return row;
}

export function toReceipt(row: ReceiptRow): Receipt {
  const { _id, headers, dedupKey: _dedupKey, dedupUntil: _dedupUntil, ...receipt } = row;
  return { id: _id, headers: parseHeaders(headers), ...receipt };
}

export function toKnownReceipt(row: ReceiptRow): KnownReceipt {
  const { _id, outcome, reason, bodyHash, incidentIds, deploymentIds, warnings } = row;
  const until = row.dedupUntil ?? null;
  return { receiptId: _id, outcome, reason, bodyHash, until, incidentIds, deploymentIds, warnings };
}

/** Written by `JSON.stringify` of strings alone; anything else would be a damaged row. */
function parseHeaders(text: string): Record<string, string> {
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null) return {};
  return Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, String(value)]));
}
