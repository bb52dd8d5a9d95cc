import { Schema } from 'mongoose';
import type { Connection, Model } from 'mongoose';
import type { KeyState } from '../domain/incident-state.ts';

/** A row of `incident_keys`. Written by every submission on its key, which serialises them over all processes. */
export interface IncidentKeyRow extends Omit<KeyState, 'id'> {
  _id: string;
}

const schema = new Schema<IncidentKeyRow>(
  {
    _id: { type: String, required: true },
    version: { type: Number, required: true },
    currentIncidentId: String,
    episodes: { type: Schema.Types.Mixed, required: true },
    unmet: { type: Schema.Types.Mixed, required: true },
    newestUntimedAt: Date,
  },
  { lean: true, versionKey: false, strict: 'throw', collection: 'incident_keys' },
);

export function incidentKeyModel(connection: Connection): Model<IncidentKeyRow> {
  return connection.model<IncidentKeyRow>('IncidentKey', schema);
}

export function toKeyState({ _id, ...state }: IncidentKeyRow): KeyState {
  return { id: _id, ...state };
}

export function toIncidentKeyRow({ id, ...state }: KeyState): IncidentKeyRow {
  return { _id: id, ...state };
}
