import { Schema } from 'mongoose';
import type { Connection, Model } from 'mongoose';
import type { TimelineEntry } from '../domain/timeline-entry.ts';

/** A row of `timeline_entries`. Deployments are not among them: they are joined when read. */
export interface TimelineEntryRow extends Omit<TimelineEntry, 'id'> {
  _id: string;
}

const schema = new Schema<TimelineEntryRow>(
  {
    _id: { type: String, required: true },
    incidentId: { type: String, required: true },
    kind: { type: String, required: true },
    text: String,
    occurredAt: { type: Date, required: true },
    recordedAt: { type: Date, required: true },
    actor: String,
    receiptId: String,
    data: String,
  },
  { lean: true, versionKey: false, strict: 'throw', collection: 'timeline_entries' },
);
schema.index({ incidentId: 1, occurredAt: 1, _id: 1 });

export function timelineEntryModel(connection: Connection): Model<TimelineEntryRow> {
  return connection.model<TimelineEntryRow>('TimelineEntry', schema);
}

export function toTimelineEntry({ _id, ...entry }: TimelineEntryRow): TimelineEntry {
  return { id: _id, ...entry };
}

export function toTimelineEntryRow({ id, ...entry }: TimelineEntry): TimelineEntryRow {
  return { _id: id, ...entry };
}
