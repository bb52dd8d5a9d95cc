import { Schema } from 'mongoose';
import type { Connection, Model } from 'mongoose';
import type { EndpointHealth } from '../domain/endpoint-health.ts';

/** What the incident of an endpoint says of it, so that nothing is told twice or forgotten. */
export interface ToldHealth {
  kind: 'FAILING' | 'DISABLED';
  since: Date;
  /** False while it is being told: it may be said already, or not. */
  isTold: boolean;
}

/** A row of `endpoint_health`. An endpoint that never failed has none. */
export type EndpointHealthRow = Omit<EndpointHealth, 'endpointId'> & {
  _id: string;
  /** Null or absent where its incident is resolved, or it never had one. */
  told?: ToldHealth | null;
};

const schema = new Schema<EndpointHealthRow>(
  {
    _id: { type: String, required: true },
    url: { type: String, required: true },
    state: { type: String, required: true },
    since: { type: Date, required: true },
    reason: String,
    consecutiveFailures: { type: Number, required: true },
    failingSince: Date,
    failures: { type: Schema.Types.Mixed, required: true },
    circuit: { type: Schema.Types.Mixed },
    resumedAt: Date,
    revision: { type: Number, required: true },
    told: { type: Schema.Types.Mixed },
  },
  { lean: true, versionKey: false, strict: 'throw', collection: 'endpoint_health' },
);

export function endpointHealthModel(connection: Connection): Model<EndpointHealthRow> {
  return connection.model<EndpointHealthRow>('EndpointHealth', schema);
}

export function toEndpointHealth({ _id, told: _told, ...health }: EndpointHealthRow): EndpointHealth {
  return { endpointId: _id, ...health };
}
