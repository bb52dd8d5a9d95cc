import type { Incident } from '../../domain/incident.ts';
import type { IncidentsOrder } from '../../store/incident-reader.ts';
import type { Listing } from '../paging/connection.ts';

export const INCIDENT_LISTINGS: Record<IncidentsOrder, Listing<Incident>> = {
  OPENED_AT_DESC: { order: 'opened-', keyOf: byOpening },
  OPENED_AT_ASC: { order: 'opened+', keyOf: byOpening },
  UPDATED_AT_DESC: { order: 'updated-', keyOf: byUpdate },
  UPDATED_AT_ASC: { order: 'updated+', keyOf: byUpdate },
};

/** Incidents whose source is silent. */
export const STALE_LISTING: Listing<Incident> = {
  order: 'seen+',
  keyOf: ({ id, lastSeenAt }) => ({ id, value: lastSeenAt.getTime() }),
};

function byOpening({ id, openedAt }: Incident) {
  return { id, value: openedAt.getTime() };
}

function byUpdate({ id, updatedAt }: Incident) {
  return { id, value: updatedAt.getTime() };
}
