import { Schema } from 'mongoose';
import type { Connection, Model } from 'mongoose';

/** Counted attempts; what there were none of is absent. */
export interface CountsRow {
  succeeded?: number;
  failed?: number;
  /** By the number of the bucket. */
  latency?: Record<string, number>;
}

/**
 * A row of `endpoint_figures`: attempts of one endpoint that began within one hour, in all and by span, so that a day is
 * read from few rows and its edges are cut at a span. `_id` is `endpointId:start`.
 */
export interface EndpointFiguresRow extends CountsRow {
  _id: string;
  endpointId: string;
  /** Of the hour. */
  start: Date;
  lastSuccessAt?: Date;
  lastFailureAt?: Date;
  /** By the number of the span within the hour. */
  spans: Record<string, CountsRow>;
}

/** A day, the hour that its beginning lies in, and a rest for clocks that differ. */
const KEPT_SECONDS = 27 * 60 * 60;

const mixed = Schema.Types.Mixed;

const schema = new Schema<EndpointFiguresRow>(
  {
    _id: { type: String, required: true },
    endpointId: { type: String, required: true },
    start: { type: Date, required: true },
    succeeded: Number,
    failed: Number,
    latency: mixed,
    lastSuccessAt: Date,
    lastFailureAt: Date,
    spans: mixed,
  },
  { lean: true, versionKey: false, strict: 'throw', collection: 'endpoint_figures' },
);
schema.index({ endpointId: 1, start: 1 });
schema.index({ start: 1 }, { name: 'kept', expireAfterSeconds: KEPT_SECONDS });

export function endpointFiguresModel(connection: Connection): Model<EndpointFiguresRow> {
  return connection.model<EndpointFiguresRow>('EndpointFigures', schema);
}
