import { canonicalJson } from '../kernel/canonical-json.ts';
import type { JsonValue } from '../kernel/canonical-json.ts';
import { toWireName } from './event-wire-name.ts';
import type { EventDetails, EventType, FieldChange, IncidentSnapshot, UnnumberedEvent } from './event.ts';
import type { Incident } from './incident.ts';
import type { IncidentState } from './incident-state.ts';

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
  };
  return { state: { ...state, incident, fold: { ...state.fold, seq: incidentSeq, recordedAt } }, event };
}

function snapshotOf({ id, keySource: _keySource, ...scalars }: Incident): IncidentSnapshot {
  return { incidentId: id, ...scalars };
}

/** The bytes that are stored, signed and sent: what `json.dumps(payload, sort_keys=True)` gives in Python. */
function outgoingBody(type: EventType, incident: Incident, details: EventDetails, recordedAt: Date): string {
  return canonicalJson({
    event: toWireName(type),
    timestamp: recordedAt.toISOString(),
    data: {
      incident_id: incident.id,
      title: incident.title,
      description: incident.description,
      severity: incident.severity.toLowerCase(),
      status: incident.status.toLowerCase(),
      created_at: incident.createdAt.toISOString(),
      service: incident.service,
      url: incident.url,
      ...addedByType(type, details),
    },
  });
}

function addedByType(type: EventType, details: EventDetails): Record<string, JsonValue> {
  switch (type) {
    case 'INCIDENT_UPDATED':
      return {
        changes: Object.fromEntries(details.changes.map(({ field, from, to }) => [field, [from, to]])),
      };
    case 'TIMELINE_UPDATED':
      return {
        entries: details.entries.map(({ id, kind, text, occurredAt }) => ({
          id,
          kind: kind.toLowerCase(),
          text,
          occurred_at: occurredAt.toISOString(),
        })),
      };
    case 'EVIDENCE_ADDED':
      return {
        evidence: details.evidence.map(({ id, kind, title, text, url, occurredAt }) => ({
          id,
          kind: kind.toLowerCase(),
          title,
          text,
          url,
          occurred_at: occurredAt.toISOString(),
        })),
      };
    case 'INCIDENT_CREATED':
    case 'HYPOTHESIS_GENERATED':
      return {};
  }
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
