import type { Event } from '../../domain/event.ts';
import type { EventFilter } from '../generated/resolvers-types.ts';
import type { Given } from '../limits/given-filter.ts';

/** Looks at the incident as it stood at the event. */
export function matchesEvent(event: Event, filter: Given<EventFilter>): boolean {
  const { severity, service } = event.snapshot;
  return (
    (filter.type?.includes(event.type) ?? true) &&
    (filter.incidentId?.includes(event.incidentId) ?? true) &&
    (filter.severity?.includes(severity) ?? true) &&
    (filter.service === undefined || (service !== null && filter.service.includes(service)))
  );
}
