import { endpointOf } from './endpoint-incident-key.ts';
import type { EventDetails, EventType, FieldChange, IncidentSnapshot, UnnumberedEvent } from './event.ts';
import type { Incident } from './incident.ts';
import type { IncidentState } from './incident-state.ts';
import { outgoingBody } from './outgoing-body.ts';

export interface EventInput {
  id: string;
  type: EventType;
  occurredAt: Date;
  details: Partial<EventDetails>;
}

/** Adds the next event to an incident: numbers it within the incident and writes the body that receivers will get. */
export function appendEvent(
  state: IncidentState,
  { id, type, occurredAt, details }: EventInput,
  now: Date,
): { state: IncidentState; event: UnnumberedEvent } {
  const recordedAt = now > state.fold.recordedAt ? now : state.fold.recordedAt;
  const incidentSeq = state.fold.seq + 1;
  const incident = { ...state.incident, updatedAt: recordedAt };
  const whole: EventDetails = { changes: [], entries: [], evidence: [], ...details };
  const notFor = endpointOf(incident);
  const event: UnnumberedEvent = {
    id,
    type,
    incidentId: incident.id,
    incidentSeq,
    occurredAt,
    recordedAt,
    snapshot: snapshotOf(incident),
    details: whole,
    body: outgoingBody(type, incident, whole, recordedAt),
    ...(notFor !== null && { notFor }),
  };
  return { state: { ...state, incident, fold: { ...state.fold, seq: incidentSeq, recordedAt } }, event };
}

function snapshotOf({ id, keySource: _keySource, ...scalars }: Incident): IncidentSnapshot {
  return { incidentId: id, ...scalars };
}

const CHANGE_FIELDS = [
  ['title', 'title'],
  ['description', 'description'],
  ['severity', 'severity'],
  ['status', 'status'],
  ['service', 'service'],
  ['url', 'url'],
  ['source', 'source'],
  ['opened_at', 'openedAt'],
  ['acknowledged_at', 'acknowledgedAt'],
  ['resolved_at', 'resolvedAt'],
] as const;

/** What differs between two foldings of an incident, in the words of the wire. */
export function changesBetween(before: Incident, after: Incident): FieldChange[] {
  return CHANGE_FIELDS.flatMap(([field, name]) => {
    const from = wireValue(field, before[name]);
    const to = wireValue(field, after[name]);
    return from === to ? [] : [{ field, from, to }];
  });
}

function wireValue(field: string, value: string | Date | null): string | null {
  if (value === null) return null;
  if (typeof value !== 'string') return value.toISOString();
  return field === 'severity' || field === 'status' ? value.toLowerCase() : value;
}
