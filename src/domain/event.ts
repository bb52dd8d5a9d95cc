import type { Incident } from './incident.ts';
import type { Evidence } from './evidence.ts';
import type { TimelineEntry } from './timeline-entry.ts';

/** The five published types. */
export const EVENT_TYPES = [
  'INCIDENT_CREATED',
  'INCIDENT_UPDATED',
  'HYPOTHESIS_GENERATED',
  'TIMELINE_UPDATED',
  'EVIDENCE_ADDED',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** The incident's scalars as they stood at an event. */
export type IncidentSnapshot = Omit<Incident, 'id' | 'keySource'> & { incidentId: string };

export interface FieldChange {
  field: string;
  /** Values as they are shown on the wire; null for none. */
  from: string | null;
  to: string | null;
}

/** What an event adds to the snapshot, by its type. */
export interface EventDetails {
  changes: FieldChange[];
  entries: Pick<TimelineEntry, 'id' | 'kind' | 'text' | 'occurredAt'>[];
  evidence: Pick<Evidence, 'id' | 'kind' | 'title' | 'text' | 'url' | 'occurredAt'>[];
}

/** A fact as it is committed, before the sequencer numbers it. */
export interface UnnumberedEvent {
  id: string;
  type: EventType;
  incidentId: string;
  /** Counts the incident's events from 1, under the incident's version guard. */
  incidentSeq: number;
  /** When it happened. */
  occurredAt: Date;
  /** When it was committed; never goes back within an incident. The outgoing `timestamp`. */
  recordedAt: Date;
  snapshot: IncidentSnapshot;
  details: EventDetails;
  /** The outgoing body: serialised once, stored, signed and sent as these bytes. */
  body: string;
  /** The endpoint that the incident is about: it must not be told of its own failing. */
  notFor?: string;
}

/** A stored, immutable, numbered fact. Only numbered events are readable anywhere. */
export interface Event extends Omit<UnnumberedEvent, 'body'> {
  /** One total order without gaps over all events. */
  sequence: number;
}
