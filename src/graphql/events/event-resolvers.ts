import type { Event, EventType } from '../../domain/event.ts';
import type { QueryResolvers, Resolvers, SubscriptionResolvers } from '../generated/resolvers-types.ts';
import type { GraphqlContext } from '../graphql-context.ts';
import { givenFilter } from '../limits/given-filter.ts';
import { liveSource } from '../live/live-source.ts';

export const eventQueries: Pick<QueryResolvers, 'event' | 'eventLog'> = {
  event: (_root, { id }, { loaders }) => loaders.event.load(id),

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

const incident = ({ incidentId }: Event, _args: unknown, { loaders }: GraphqlContext) =>
  loaders.incident.load(incidentId);

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
  IncidentCreated: { incident },
  IncidentUpdated: { incident, changes: ({ details }) => details.changes },
  TimelineUpdated: { incident, entries: ({ details }) => details.entries },
  EvidenceAdded: { incident, evidence: ({ details }) => details.evidence },
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
