import { workedUpTo } from '../../domain/recovery.ts';
import type { Recovery } from '../../domain/recovery.ts';
import type {
  DeliveryExplanationResolvers,
  QueryResolvers,
  RecoveryResolvers,
} from '../generated/resolvers-types.ts';
import { givenFilter } from '../limits/given-filter.ts';
import { toConnection } from '../paging/connection.ts';
import { pageQuery } from '../paging/page-query.ts';
import { timeListings } from '../paging/time-listings.ts';

const RECOVERY_LISTINGS = timeListings<Recovery>('recoveries', ({ id }) => ({ id, value: 0 }));

export const steeringQueries: Pick<QueryResolvers, 'deliveryExplanation' | 'recovery' | 'recoveries'> = {
  deliveryExplanation: (_root, { eventId, endpointId }, { steering }) =>
    steering.explain({ eventId, endpointId }),

  recovery: (_root, { id }, { steering }) => steering.recoveries.byId(id),

  async recoveries(_root, { endpointId, state, orderBy, ...args }, { steering }) {
    const listing = RECOVERY_LISTINGS[orderBy];
    const query = pageQuery(args, listing.order);
    const page = await steering.recoveries.page(givenFilter({ endpointId, state }), orderBy, query);
    return toConnection(page, query, listing);
  },
};

export const explanationFields: DeliveryExplanationResolvers = {
  delivery: ({ deliveryId }, _args, { loaders }) =>
    deliveryId === null ? null : loaders.delivery.load(deliveryId),
  supersededBy: ({ supersededBy }, _args, { loaders }) =>
    supersededBy === null ? null : loaders.delivery.load(supersededBy),
  waitsBehind: ({ waitsBehind }, _args, { loaders }) =>
    waitsBehind === null ? null : loaders.delivery.load(waitsBehind),
};

export const recoveryFields: RecoveryResolvers = {
  endpoint: ({ endpointId }, _args, { loaders }) => loaders.endpoint.load(endpointId),
  workedUpTo,
};
