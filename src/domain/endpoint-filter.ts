import type { EventDetails, EventType, IncidentSnapshot } from './event.ts';
import { SEVERITIES } from './incident.ts';
import type { Severity } from './incident.ts';
import type { WebhookEndpoint } from './webhook-endpoint.ts';

/** What an endpoint's filters look at in an incident. */
export interface IncidentTraits {
  severity: Severity;
  /** As the incident shows it. */
  source: string;
  service: string | null;
}

/** What decides whether an endpoint gets an event. */
export interface EventTraits {
  type: EventType;
  now: IncidentTraits;
  /** Before this change; null where it changed none of them. */
  before: IncidentTraits | null;
  /** The endpoint that the incident is about; null for most. */
  notFor: string | null;
}

/** Why an endpoint does not get an event: its own state, what it is about, or the filter that it did not pass. */
export const FILTERED_BY = [
  'INVALID',
  'INACTIVE',
  'DISABLED',
  'OWN_FAILURE',
  'TYPE',
  'SEVERITY',
  'SOURCE',
  'SERVICE',
] as const;
export type FilteredBy = (typeof FILTERED_BY)[number];

export type EndpointMatch = { matched: true } | { matched: false; by: FilteredBy };

/** The part of an endpoint that decides what it gets. */
export type FilteringEndpoint = Pick<
  WebhookEndpoint,
  'id' | 'events' | 'state' | 'minSeverity' | 'sources' | 'services'
>;

export type IncidentFilter = Pick<FilteringEndpoint, 'minSeverity' | 'sources' | 'services'>;

/** Whether an event is for an endpoint as that is now, or else by what it is not. Fan-out decides the same. */
export function matchEndpoint(endpoint: FilteringEndpoint, event: EventTraits): EndpointMatch {
  const by =
    stateAgainst(endpoint) ??
    (endpoint.events.includes(event.type) ? null : 'TYPE') ??
    (event.notFor === endpoint.id ? 'OWN_FAILURE' : null) ??
    filteredBy(endpoint, event);
  return by === null ? { matched: true } : { matched: false, by };
}

/** Whether anything is fanned out to it. */
export function receives(endpoint: Pick<WebhookEndpoint, 'state'>): boolean {
  return stateAgainst(endpoint) === null;
}

/** What a paused endpoint would get waits for it. */
function stateAgainst({ state }: Pick<WebhookEndpoint, 'state'>): 'INVALID' | 'INACTIVE' | 'DISABLED' | null {
  return state === 'ACTIVE' || state === 'PAUSED' ? null : state;
}

/**
 * The filter that keeps an event away; null where it passes. It passes too if the incident passed before this change: who
 * saw it open hears that it was lowered, or moved to another service.
 */
export function filteredBy(
  filter: IncidentFilter,
  { now, before }: Pick<EventTraits, 'now' | 'before'>,
): 'SEVERITY' | 'SOURCE' | 'SERVICE' | null {
  const by = missing(filter, now);
  return by !== null && before !== null && missing(filter, before) === null ? null : by;
}

export function hasFilter({ minSeverity, sources, services }: IncidentFilter): boolean {
  return minSeverity !== null || sources.length > 0 || services.length > 0;
}

/** Of a stored event, or of the part of it that the sequencer reads. */
export function eventTraits({
  type,
  snapshot,
  details,
  notFor,
}: {
  type: EventType;
  snapshot: Pick<IncidentSnapshot, 'severity' | 'source' | 'service'>;
  details: Pick<EventDetails, 'changes'>;
  notFor?: string | undefined;
}): EventTraits {
  const { severity, source, service } = snapshot;
  const now = { severity, source, service };
  return { type, now, before: traitsBefore(now, details.changes), notFor: notFor ?? null };
}

function missing(
  { minSeverity, sources, services }: IncidentFilter,
  { severity, source, service }: IncidentTraits,
): 'SEVERITY' | 'SOURCE' | 'SERVICE' | null {
  if (minSeverity !== null && SEVERITIES.indexOf(severity) > SEVERITIES.indexOf(minSeverity))
    return 'SEVERITY';
  if (sources.length > 0 && !sources.includes(source)) return 'SOURCE';
  if (services.length > 0 && (service === null || !services.includes(service))) return 'SERVICE';
  return null;
}

function traitsBefore(now: IncidentTraits, changes: EventDetails['changes']): IncidentTraits | null {
  let before: IncidentTraits | null = null;
  for (const { field, from } of changes) {
    if (field === 'service') before = { ...(before ?? now), service: from };
    else if (field === 'source') before = { ...(before ?? now), source: from ?? '' };
    else if (field === 'severity') {
      const severity = SEVERITIES.find((known) => known.toLowerCase() === from) ?? now.severity;
      before = { ...(before ?? now), severity };
    }
  }
  return before;
}
