import { Schema } from 'mongoose';
import type { Connection, Model } from 'mongoose';
import type { Recovery } from '../domain/recovery.ts';

/** A row of `recoveries`. */
export interface RecoveryRow extends Omit<Recovery, 'id'> {
  _id: string;
}

const KEPT_SECONDS = 45 * 24 * 60 * 60;

const schema = new Schema<RecoveryRow>(
  {
    _id: { type: String, required: true },
    endpointId: { type: String, required: true },
    since: { type: Date, required: true },
    until: { type: Date, required: true },
    states: { type: [String], required: true },
    missed: { type: Boolean, required: true },
    by: String,
    state: { type: String, required: true },
    reason: String,
    cursor: { type: String, required: true },
    recovered: { type: Number, required: true },
    added: { type: Number, required: true },
    expired: { type: Number, required: true },
    createdAt: { type: Date, required: true },
    completedAt: Date,
  },
  { lean: true, versionKey: false, strict: 'throw', collection: 'recoveries' },
);
// Two over one range would send everything twice.
schema.index(
  { endpointId: 1 },
  { name: 'one_running', unique: true, partialFilterExpression: { state: 'RUNNING' } },
);
schema.index({ endpointId: 1, _id: -1 }, { name: 'listed' });
schema.index(
  { completedAt: 1 },
  {
    name: 'kept',
    expireAfterSeconds: KEPT_SECONDS,
    partialFilterExpression: { completedAt: { $type: 'date' } },
  },
);

export function recoveryModel(connection: Connection): Model<RecoveryRow> {
  return connection.model<RecoveryRow>('Recovery', schema);
}

export function toRecoveryRow({ id, ...recovery }: Recovery): RecoveryRow {
  return { _id: id, ...recovery };
}

export function toRecovery({ _id, ...row }: RecoveryRow): Recovery {
  return { id: _id, ...row };
}
