import { Schema } from 'mongoose';
import type { Connection, Model } from 'mongoose';
import type { Attempt, Delivery, DeliveryState } from '../domain/delivery.ts';

/** A row of `deliveries`; `_id` is `eventId:endpointId`, so an event's deliveries are a range of ids. */
export interface DeliveryRow extends Omit<Delivery, 'id'> {
  _id: string;
}

/** The states that the partial indexes hold; a filter must name exactly these for the planner to use them. */
export const OPEN_STATES = ['PENDING', 'WAITING'] as const;

/** The states that the indexes of what went wrong hold. */
export const FAILED_STATES: DeliveryState[] = ['DEAD', 'SUPERSEDED', 'CANCELLED'];

const UNDELIVERED = { state: { $in: FAILED_STATES } };

const KEPT_SECONDS = 45 * 24 * 60 * 60;

const attemptSchema = new Schema<Attempt>(
  {
    at: { type: Date, required: true },
    durationMs: { type: Number, required: true },
    outcome: { type: String, required: true },
    status: Number,
    error: String,
    responseBody: String,
    manual: Boolean,
  },
  { _id: false, strict: 'throw' },
);

const schema = new Schema<DeliveryRow>(
  {
    _id: { type: String, required: true },
    eventId: { type: String, required: true },
    eventType: { type: String, required: true },
    endpointId: { type: String, required: true },
    incidentId: { type: String, required: true },
    sequence: { type: Number, required: true },
    previousSequence: Number,
    priority: { type: Number, required: true },
    bodyBytes: { type: Number, required: true },
    state: { type: String, required: true },
    dueAt: { type: Date, required: true },
    attemptCount: { type: Number, required: true },
    attempts: { type: [attemptSchema], required: true },
    createdAt: { type: Date, required: true },
    completedAt: Date,
    collapsible: Boolean,
    supersedes: { type: [Number], default: undefined },
    supersededBy: String,
    redelivery: Schema.Types.Mixed,
    testBody: String,
  },
  { lean: true, versionKey: false, strict: 'throw', collection: 'deliveries' },
);
schema.index(
  { endpointId: 1, priority: 1, sequence: 1 },
  { name: 'pending', partialFilterExpression: { state: 'PENDING' } },
);
schema.index(
  { endpointId: 1, incidentId: 1, sequence: 1 },
  { name: 'open_lanes', partialFilterExpression: { state: { $in: [...OPEN_STATES] } } },
);
schema.index({ endpointId: 1, dueAt: 1 }, { name: 'waiting', partialFilterExpression: { state: 'WAITING' } });
schema.index({ endpointId: 1, _id: -1 }, { name: 'listed' });
// Lists of what went wrong; deliveries that went well never pay for these.
schema.index({ endpointId: 1, _id: -1 }, { name: 'failed', partialFilterExpression: UNDELIVERED });
schema.index({ state: 1, _id: -1 }, { name: 'all_failed', partialFilterExpression: UNDELIVERED });
schema.index(
  { completedAt: 1 },
  {
    name: 'kept',
    expireAfterSeconds: KEPT_SECONDS,
    partialFilterExpression: { completedAt: { $type: 'date' } },
  },
);

/** `;` is the character after `:`. */
export function idsOfEvent(eventId: string): { $gte: string; $lt: string } {
  return { $gte: `${eventId}:`, $lt: `${eventId};` };
}

export function deliveryModel(connection: Connection): Model<DeliveryRow> {
  return connection.model<DeliveryRow>('Delivery', schema);
}

export function toDeliveryRow({ id, ...delivery }: Delivery): DeliveryRow {
  return { _id: id, ...delivery };
}

export function toDelivery({ _id, ...row }: DeliveryRow): Delivery {
  return { id: _id, ...row };
}
