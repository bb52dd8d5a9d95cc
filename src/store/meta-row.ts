import { Schema } from 'mongoose';
import type { Connection, Model } from 'mongoose';

/** A row of `meta`: facts about this database as a whole, one document each. */
export interface MetaRow {
  _id:
    | 'secret-key'
    | 'webhook-endpoint-registrations'
    | 'source-registrations'
    | 'api-key-registrations'
    | 'webhook-signing-keys';
  /** On `secret-key`: id of the key that seals this database's secrets. */
  keyId?: string;
  /** On the registrations: the newest one. Written by each, so that they happen one after another. */
  lastId?: string;
  /** On `webhook-signing-keys`: the key pairs, the one that signs first. */
  signingKeys?: StoredSigningKey[];
}

/** A key pair (Ed25519), its halves in base64url. */
export interface StoredSigningKey {
  /** The public half. */
  x: string;
  /** The private half, sealed. */
  sealed: string;
  createdAt: Date;
}

const signingKey = { _id: false, x: String, sealed: String, createdAt: Date } as const;

const schema = new Schema<MetaRow>(
  {
    _id: { type: String, required: true },
    keyId: String,
    lastId: String,
    signingKeys: { type: [signingKey], default: undefined },
  },
  { lean: true, versionKey: false, strict: 'throw', collection: 'meta' },
);

export function metaModel(connection: Connection): Model<MetaRow> {
  return connection.model<MetaRow>('Meta', schema);
}
