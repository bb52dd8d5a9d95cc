import type { Event, EventType } from '../../domain/event.ts';
import { DELIVERY_NEEDS } from '../deliveries/delivery-columns.ts';
import { DELIVERY_LISTINGS } from '../deliveries/delivery-listings.ts';
import type {
  IncidentCreatedResolvers,
  QueryResolvers,
  Resolvers,
  SubscriptionResolvers,
} from '../generated/resolvers-types.ts';
import { givenFilter } from '../limits/given-filter.ts';
import { liveSource } from '../live/live-source.ts';
import { toConnection } from '../paging/connection.ts';
import { pageQuery } from '../paging/page-query.ts';
import { selectedColumns } from '../projection/selected-columns.ts';
import { eventColumns } from './event-columns.ts';
import { EVENT_LISTINGS } from './event-listings.ts';

export const eventQueries: Pick<QueryResolvers, 'event' | 'events' | 'eventLog'> = {
  event: (_root, { id }, { loaders }) => loaders.event.load(id),

  async events(_root, { filter, orderBy, ...args }, context, info) {
    const listing = EVENT_LISTINGS[orderBy];
    const query = pageQuery(args, listing.order);
    const page = await context.events.page(givenFilter(filter), orderBy, query, eventColumns(info));
    return toConnection(page, query, listing);
  },

  async eventLog(_root, _args, { events }) {
    const { sequence: head, floor } = await events.head();
    return { head, floor };
  },
};

export const eventSubscription: Pick<SubscriptionResolvers, 'events'> = {
  events: {
    subscribe: (_root, { after, filter }) =>
      liveSource({ kind: 'EVENTS', after: after ?? null, filter: givenFilter(filter) }),
    resolve: (event: Event) => event,
  },
};

/** Fields that all types of events have. */
const common: Required<Pick<IncidentCreatedResolvers, 'incident' | 'deliveries'>> = {
  incident: ({ incidentId }, _args, { loaders }) => loaders.incident.load(incidentId),

  async deliveries({ id: eventId }, { state, ...args }, context, info) {
    const listing = DELIVERY_LISTINGS.OLDEST_FIRST;
    const query = pageQuery(args, listing.order);
    const where = { ...givenFilter({ state }), eventId };
    const columns = selectedColumns(info, DELIVERY_NEEDS);
    return toConnection(await context.deliveries.page(where, 'OLDEST_FIRST', query, columns), query, listing);
  },
};

export const eventTypes: Pick<
  Resolvers,
  | 'Event'
  | 'IncidentCreated'
  | 'IncidentUpdated'
  | 'TimelineUpdated'
  | 'EvidenceAdded'
  | 'TimelineEntrySnapshot'
  | 'EvidenceSnapshot'
> = {
  Event: { __resolveType: ({ type }) => typeName(type) },
  IncidentCreated: common,
  IncidentUpdated: { ...common, changes: ({ details }) => details.changes },
  TimelineUpdated: { ...common, entries: ({ details }) => details.entries },
  EvidenceAdded: { ...common, evidence: ({ details }) => details.evidence },
  TimelineEntrySnapshot: { entryId: ({ id }) => id },
  EvidenceSnapshot: { evidenceId: ({ id }) => id },
};

function typeName(type: EventType) {
  switch (type) {
    case 'INCIDENT_CREATED':
      return 'IncidentCreated';
    case 'INCIDENT_UPDATED':
      return 'IncidentUpdated';
    case 'TIMELINE_UPDATED':
      return 'TimelineUpdated';
    case 'EVIDENCE_ADDED':
      return 'EvidenceAdded';
    case 'HYPOTHESIS_GENERATED':
      throw new Error('an event of a type that this version does not make');
  }
}
