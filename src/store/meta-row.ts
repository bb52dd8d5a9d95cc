import { Schema } from 'mongoose';
import type { Connection, Model } from 'mongoose';

/** A row of `meta`: facts about this database as a whole, one document each. */
export interface MetaRow {
  _id: 'secret-key' | 'webhook-endpoint-registrations' | 'source-registrations';
  /** On `secret-key`: id of the key that seals this database's secrets. */
  keyId?: string;
  /** On the registrations: the newest one. Written by each, so that they happen one after another. */
  lastId?: string;
}

const schema = new Schema<MetaRow>(
  { _id: { type: String, required: true }, keyId: String, lastId: String },
  { lean: true, versionKey: false, strict: 'throw', collection: 'meta' },
);

export function metaModel(connection: Connection): Model<MetaRow> {
  return connection.model<MetaRow>('Meta', schema);
}
