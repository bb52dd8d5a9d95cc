import type { Delivery } from '../../domain/delivery.ts';
import type {
  AttemptResolvers,
  DeliveryResolvers,
  QueryResolvers,
  SubscriptionResolvers,
} from '../generated/resolvers-types.ts';
import { givenFilter } from '../limits/given-filter.ts';
import { liveSource } from '../live/live-source.ts';
import { toConnection } from '../paging/connection.ts';
import { pageQuery } from '../paging/page-query.ts';
import { selectedColumns } from '../projection/selected-columns.ts';
import { DELIVERY_NEEDS } from './delivery-columns.ts';
import { DELIVERY_LISTINGS } from './delivery-listings.ts';

export const deliveryQueries: Pick<QueryResolvers, 'delivery' | 'deliveries'> = {
  delivery: (_root, { id }, { deliveries }) => deliveries.byId(id),

  async deliveries(_root, { filter, orderBy, ...args }, context, info) {
    const listing = DELIVERY_LISTINGS[orderBy];
    const query = pageQuery(args, listing.order);
    const columns = selectedColumns(info, DELIVERY_NEEDS);
    const page = await context.deliveries.page(givenFilter(filter), orderBy, query, columns);
    return toConnection(page, query, listing);
  },
};

export const deliveryFields: DeliveryResolvers = {
  event: ({ eventId }, _args, { loaders }) => loaders.event.load(eventId),
  endpoint: ({ endpointId }, _args, { loaders }) => loaders.endpoint.load(endpointId),
  incident: ({ incidentId }, _args, { loaders }) => loaders.incident.load(incidentId),
  isTest: ({ testBody }) => testBody !== undefined,
  supersedes: ({ supersedes }) => supersedes ?? [],
  supersededBy: ({ supersededBy }, _args, { loaders }) =>
    supersededBy === undefined ? null : loaders.delivery.load(supersededBy),
  redelivery: ({ redelivery }) => redelivery ?? null,
};

export const attemptFields: AttemptResolvers = {
  manual: ({ manual }) => manual === true,
};

export const deliverySubscription: Pick<SubscriptionResolvers, 'deliveries'> = {
  deliveries: {
    subscribe: (_root, { endpointId }) => liveSource({ kind: 'DELIVERIES', endpointId: endpointId ?? null }),
    resolve: (delivery: Delivery) => delivery,
  },
};
