import { Schema } from 'mongoose';
import type { Connection, Model, mongo } from 'mongoose';
import type { ApiKey, ApiKeyState } from '../domain/api-key.ts';
import { withRead } from '../domain/scope.ts';

/** A row of `api_keys`. The key itself is nowhere. */
export interface ApiKeyRow extends Omit<ApiKey, 'id'> {
  _id: string;
  /** SHA-256 of the key, in hex. */
  digest: string;
  clientMutationKey?: string;
}

const schema = new Schema<ApiKeyRow>(
  {
    _id: { type: String, required: true },
    digest: { type: String, required: true },
    name: { type: String, required: true },
    hint: { type: String, required: true },
    scopes: { type: [String], required: true },
    createdAt: { type: Date, required: true },
    createdBy: String,
    expiresAt: Date,
    lastUsedAt: Date,
    revokedAt: Date,
    revokedBy: String,
    clientMutationKey: String,
  },
  { lean: true, versionKey: false, strict: 'throw', collection: 'api_keys' },
);
schema.index({ digest: 1 }, { unique: true });
schema.index({ clientMutationKey: 1 }, { unique: true, sparse: true });
schema.index({ revokedAt: 1, _id: -1 });

export function apiKeyModel(connection: Connection): Model<ApiKeyRow> {
  return connection.model<ApiKeyRow>('ApiKey', schema);
}

const NOTHING_YET = {
  createdBy: null,
  expiresAt: null,
  lastUsedAt: null,
  revokedAt: null,
  revokedBy: null,
} as const;

/** One that was written by hand may lack what is not needed to take it. */
export function toApiKey({ _id, digest: _digest, clientMutationKey: _clientKey, ...row }: ApiKeyRow): ApiKey {
  const scopes = withRead(Array.isArray(row.scopes) ? row.scopes : []);
  return { id: _id, ...NOTHING_YET, ...row, scopes };
}

/** `apiKeyState` as a condition. */
export function inApiKeyState(state: ApiKeyState, now: Date): mongo.Document {
  switch (state) {
    case 'REVOKED':
      return { revokedAt: { $ne: null } };
    case 'EXPIRED':
      return { revokedAt: null, expiresAt: { $lte: now } };
    case 'ACTIVE':
      return { revokedAt: null, $or: [{ expiresAt: null }, { expiresAt: { $gt: now } }] };
  }
}
