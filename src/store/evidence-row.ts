import { Schema } from 'mongoose';
import type { Connection, Model } from 'mongoose';
import type { Evidence } from '../domain/evidence.ts';

/** A row of `evidence`; immutable. */
export interface EvidenceRow extends Omit<Evidence, 'id'> {
  _id: string;
}

const schema = new Schema<EvidenceRow>(
  {
    _id: { type: String, required: true },
    incidentId: { type: String, required: true },
    kind: { type: String, required: true },
    title: String,
    text: String,
    url: String,
    source: { type: String, required: true },
    occurredAt: { type: Date, required: true },
    recordedAt: { type: Date, required: true },
    hash: { type: String, required: true },
  },
  { lean: true, versionKey: false, strict: 'throw', collection: 'evidence' },
);
schema.index({ incidentId: 1, occurredAt: 1, _id: 1 });

export function evidenceModel(connection: Connection): Model<EvidenceRow> {
  return connection.model<EvidenceRow>('Evidence', schema);
}

export function toEvidence({ _id, ...evidence }: EvidenceRow): Evidence {
  return { id: _id, ...evidence };
}

export function toEvidenceRow({ id, ...evidence }: Evidence): EvidenceRow {
  return { _id: id, ...evidence };
}
