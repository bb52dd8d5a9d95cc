import { isCredential } from '../../domain/endpoint-headers.ts';
import type { WebhookEndpoint } from '../../domain/webhook-endpoint.ts';
import { DELIVERY_NEEDS } from '../deliveries/delivery-columns.ts';
import { DELIVERY_LISTINGS } from '../deliveries/delivery-listings.ts';
import type { QueryResolvers, WebhookEndpointResolvers } from '../generated/resolvers-types.ts';
import { givenFilter } from '../limits/given-filter.ts';
import { toConnection } from '../paging/connection.ts';
import type { Listing } from '../paging/connection.ts';
import { pageQuery } from '../paging/page-query.ts';
import { selectedColumns } from '../projection/selected-columns.ts';
import { endpointsWhere } from './endpoint-filter.ts';

const endpointListing: Listing<WebhookEndpoint> = {
  order: 'endpoints',
  keyOf: ({ id }) => ({ id, value: 0 }),
};

export const endpointQueries: Pick<QueryResolvers, 'webhookEndpoint' | 'webhookEndpoints'> = {
  webhookEndpoint: (_root, { id }, { loaders }) => loaders.endpoint.load(id),

  async webhookEndpoints(_root, { filter, ...args }, { endpoints }) {
    const query = pageQuery(args, endpointListing.order);
    return toConnection(await endpoints.page(endpointsWhere(filter), query), query, endpointListing);
  },
};

export const endpointFields: WebhookEndpointResolvers = {
  secretForm: ({ secret }) => secret?.form ?? null,
  headers: ({ headers }) =>
    headers.map((header) => ({
      name: header.name,
      value: 'sealed' in header || isCredential(header) ? null : header.value,
    })),

  async deliveries({ id: endpointId }, { state, eventType, orderBy, ...args }, context, info) {
    const listing = DELIVERY_LISTINGS[orderBy];
    const query = pageQuery(args, listing.order);
    const where = { ...givenFilter({ state, eventType }), endpointId };
    const columns = selectedColumns(info, DELIVERY_NEEDS);
    return toConnection(await context.deliveries.page(where, orderBy, query, columns), query, listing);
  },
};
