import { canonicalJson } from '../kernel/canonical-json.ts';
import type { JsonValue } from '../kernel/canonical-json.ts';
import { toWireName } from './event-wire-name.ts';
import type { EventDetails, EventType } from './event.ts';
import { MAX_BODY_BYTES, fitBody } from './fit-body.ts';
import type { Incident } from './incident.ts';

/** The bytes that are stored, signed and sent: what `json.dumps(payload, sort_keys=True)` gives in Python. Never too long to be sent. */
export function outgoingBody(
  type: EventType,
  incident: Incident,
  details: EventDetails,
  recordedAt: Date,
): string {
  const payload = {
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
  };
  const body = canonicalJson(payload);
  return body.length <= MAX_BODY_BYTES ? body : fitBody(payload);
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
