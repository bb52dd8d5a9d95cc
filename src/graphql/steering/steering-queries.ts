import { workedUpTo } from '../../domain/recovery.ts';
import type { Recovery } from '../../domain/recovery.ts';
import type {
  DeliveryExplanationResolvers,
  QueryResolvers,
  RecoveryResolvers,
} from '../generated/resolvers-types.ts';
import { toConnection } from '../paging/connection.ts';
import type { Listing } from '../paging/connection.ts';
import { pageQuery } from '../paging/page-query.ts';

const recoveryListing: Listing<Recovery> = {
  order: 'recoveries',
  keyOf: ({ id }) => ({ id, value: 0 }),
};

export const steeringQueries: Pick<QueryResolvers, 'deliveryExplanation' | 'recovery' | 'recoveries'> = {
  deliveryExplanation: (_root, { eventId, endpointId }, { steering }) =>
    steering.explain({ eventId, endpointId }),

  recovery: (_root, { id }, { steering }) => steering.recoveries.byId(id),

  async recoveries(_root, { endpointId, ...args }, context) {
    const query = pageQuery(args, recoveryListing.order);
    const page = await context.steering.recoveries.page(endpointId ?? null, query);
    return toConnection(page, query, recoveryListing);
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
