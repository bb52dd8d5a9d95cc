import { Schema } from 'mongoose';
import type { Connection, Model } from 'mongoose';
import type { Event, EventDetails, EventType, IncidentSnapshot, UnnumberedEvent } from '../domain/event.ts';

/**
 * A row of `events`. `unnumbered: true` stands until the sequencer sets `sequence`, once. The keys of snapshot and
 * details are ours; what others wrote is in their values only.
 */
export interface EventRow {
  _id: string;
  type: EventType;
  incidentId: string;
  incidentSeq: number;
  occurredAt: Date;
  recordedAt: Date;
  snapshot: IncidentSnapshot;
  details: EventDetails;
  body: string;
  unnumbered?: true;
  sequence?: number;
  notFor?: string;
}

/** Holds only what the sequencer still has to number, so it is small however many events there are. */
export const UNNUMBERED_INDEX = 'unnumbered';

const schema = new Schema<EventRow>(
  {
    _id: { type: String, required: true },
    type: { type: String, required: true },
    incidentId: { type: String, required: true },
    incidentSeq: { type: Number, required: true },
    occurredAt: { type: Date, required: true },
    recordedAt: { type: Date, required: true },
    snapshot: { type: Schema.Types.Mixed, required: true },
    details: { type: Schema.Types.Mixed, required: true },
    body: { type: String, required: true },
    unnumbered: Boolean,
    sequence: Number,
    notFor: String,
  },
  { lean: true, versionKey: false, strict: 'throw', collection: 'events' },
);
schema.index({ sequence: 1 }, { unique: true, partialFilterExpression: { sequence: { $exists: true } } });
schema.index(
  { recordedAt: 1, incidentId: 1, incidentSeq: 1 },
  { name: UNNUMBERED_INDEX, partialFilterExpression: { unnumbered: true } },
);
schema.index({ incidentId: 1, sequence: 1 });

/** What of an event decides which endpoints get it, and when it was. */
export const AS_TRAITS = {
  type: 1,
  incidentId: 1,
  sequence: 1,
  recordedAt: 1,
  notFor: 1,
  'snapshot.severity': 1,
  'snapshot.source': 1,
  'snapshot.service': 1,
  'details.changes': 1,
} as const;

export function eventModel(connection: Connection): Model<EventRow> {
  return connection.model<EventRow>('Event', schema);
}

export function toEventRow({ id, ...event }: UnnumberedEvent): EventRow {
  return { _id: id, ...event, unnumbered: true };
}

/** All but the outgoing body, which whoever sends it reads by itself. */
export const AS_EVENT = { body: 0 } as const;

/** Null for a row that has no number yet: such a row is not readable anywhere. */
export function toEvent(row: Omit<EventRow, 'body'>): Event | null {
  const { _id, unnumbered: _unnumbered, sequence, ...event } = row;
  return sequence === undefined ? null : { id: _id, ...event, sequence };
}
