import { Schema } from 'mongoose';
import type { Connection, Model } from 'mongoose';
import type { KnownReceipt, ReceiptWrite } from '../domain/draft.ts';
import type { Readings } from '../domain/readings.ts';
import type { Receipt, ReceiptOutcome } from '../domain/receipt.ts';

/** What most receipts say nothing of. */
type SeldomField = 'keySource' | 'fromStranger' | 'replayOf' | 'replayedBy';

/** A row of `receipts`. Headers are JSON text, since their names are foreign. */
export interface ReceiptRow extends Omit<Receipt, 'id' | 'headers' | SeldomField> {
  _id: string;
  headers: string;
  /** Absent = as `source`. */
  keySource?: string;
  fromStranger?: true;
  replayOf?: string;
  replayedBy?: string;
  /** Marks of the signals that were folded, for replays; absent where nothing was. */
  folded?: string[];
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
  fromStranger?: true;
}

/** What was applied needs none. */
export const OUTCOMES_WITH_REASON: ReceiptOutcome[] = ['DUPLICATE', 'IGNORED', 'REJECTED', 'FAILED'];

/** Receipts of strangers go before the others do, so that nobody fills the disk with what proves nothing. */
const STRANGERS_KEPT = {
  name: 'strangers',
  expireAfterSeconds: 3 * 24 * 60 * 60,
  partialFilterExpression: { fromStranger: true },
};

const receiptSchema = new Schema<ReceiptRow>(
  {
    _id: { type: String, required: true },
    source: { type: String, required: true },
    keySource: String,
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
    fromStranger: Boolean,
    replayOf: String,
    replayedBy: String,
    folded: { type: [String], default: undefined },
    dedupKey: String,
    dedupUntil: Date,
  },
  { lean: true, versionKey: false, strict: 'throw', collection: 'receipts' },
);
receiptSchema.index({ dedupKey: 1 }, { unique: true, sparse: true });
receiptSchema.index({ receivedAt: 1 }, STRANGERS_KEPT);
receiptSchema.index({ incidentIds: 1, _id: -1 });
receiptSchema.index({ source: 1, _id: -1 });
receiptSchema.index({ deliveryId: 1, _id: -1 }, { partialFilterExpression: { deliveryId: { $gt: '' } } });
receiptSchema.index({ replayOf: 1, _id: -1 }, { partialFilterExpression: { replayOf: { $exists: true } } });
// Most are applied: those are found on the way through the ids.
receiptSchema.index(
  { outcome: 1, _id: -1 },
  { partialFilterExpression: { outcome: { $in: OUTCOMES_WITH_REASON } } },
);

const bodySchema = new Schema<ReceiptBodyRow>(
  {
    _id: { type: String, required: true },
    bytes: { type: Buffer, required: true },
    encoding: { type: String, required: true },
    receivedAt: { type: Date, required: true },
    fromStranger: Boolean,
  },
  { lean: true, versionKey: false, strict: 'throw', collection: 'receipt_bodies' },
);
bodySchema.index({ receivedAt: 1 }, STRANGERS_KEPT);

export function receiptModel(connection: Connection): Model<ReceiptRow> {
  return connection.model<ReceiptRow>('Receipt', receiptSchema);
}

export function receiptBodyModel(connection: Connection): Model<ReceiptBodyRow> {
  return connection.model<ReceiptBodyRow>('ReceiptBody', bodySchema);
}

export function toReceiptRow({ receipt: written, dedupKey, folded }: ReceiptWrite): ReceiptRow {
  const { id, headers, keySource, fromStranger, replayOf, replayedBy, ...receipt } = written;
  const row: ReceiptRow = { _id: id, headers: JSON.stringify(headers), ...receipt };
  if (keySource !== receipt.source) row.keySource = keySource;
  if (fromStranger) row.fromStranger = true;
  if (replayOf !== null) row.replayOf = replayOf;
  if (replayedBy !== null) row.replayedBy = replayedBy;
  if (folded !== null) row.folded = folded;
  if (dedupKey !== null) row.dedupKey = dedupKey.value;
  if (dedupKey?.until != null) row.dedupUntil = dedupKey.until;
  return row;
}

export function toReceipt(row: ReceiptRow): Receipt {
  const { _id, headers, dedupKey: _dedupKey, dedupUntil: _dedupUntil, folded: _folded, ...receipt } = row;
  const { keySource = row.source, fromStranger = false, replayOf = null, replayedBy = null } = row;
  return {
    id: _id,
    ...receipt,
    headers: headers === undefined ? {} : parseHeaders(headers),
    keySource,
    fromStranger,
    replayOf,
    replayedBy,
  };
}

export function toKnownReceipt(row: ReceiptRow): KnownReceipt {
  const { _id, outcome, reason, bodyHash, incidentIds, deploymentIds, warnings } = row;
  const until = row.dedupUntil ?? null;
  return { receiptId: _id, outcome, reason, bodyHash, until, incidentIds, deploymentIds, warnings };
}

/** Of one webhook: its own receipt and those of its replays, oldest first. Null where its own is gone. */
export function toReadings(rows: readonly ReceiptRow[]): Readings | null {
  if (rows.every(({ replayOf }) => replayOf !== undefined)) return null;
  return {
    receiptIds: rows.map(({ _id }) => _id),
    folded: rows.flatMap(({ folded }) => (folded === undefined ? [] : [folded])),
    incidentIds: [...new Set(rows.flatMap(({ incidentIds }) => incidentIds))],
    deploymentIds: [...new Set(rows.flatMap(({ deploymentIds }) => deploymentIds))],
  };
}

/** Written by `JSON.stringify` of strings alone; anything else would be a damaged row. */
function parseHeaders(text: string): Record<string, string> {
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null) return {};
  return Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, String(value)]));
}
