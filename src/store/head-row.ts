import { Schema } from 'mongoose';
import type { Connection, Model } from 'mongoose';

/** The one row of `heads`: how far events are numbered, and up to where they are no longer kept. */
export interface HeadRow {
  _id: 'events';
  sequence: number;
  floor: number;
}

/** A row of `endpoint_heads`: the last sequence fanned out to the endpoint that is its `_id`. */
export interface EndpointHeadRow {
  _id: string;
  sequence: number;
}

const headSchema = new Schema<HeadRow>(
  {
    _id: { type: String, required: true },
    sequence: { type: Number, required: true },
    floor: { type: Number, required: true },
  },
  { lean: true, versionKey: false, strict: 'throw', collection: 'heads' },
);

const endpointHeadSchema = new Schema<EndpointHeadRow>(
  {
    _id: { type: String, required: true },
    sequence: { type: Number, required: true },
  },
  { lean: true, versionKey: false, strict: 'throw', collection: 'endpoint_heads' },
);

export function headModel(connection: Connection): Model<HeadRow> {
  return connection.model<HeadRow>('Head', headSchema);
}

export function endpointHeadModel(connection: Connection): Model<EndpointHeadRow> {
  return connection.model<EndpointHeadRow>('EndpointHead', endpointHeadSchema);
}
