import { isCredential } from '../../domain/endpoint-headers.ts';
import type { WebhookEndpoint } from '../../domain/webhook-endpoint.ts';
import { deliveryListing } from '../deliveries/delivery-listing.ts';
import type { QueryResolvers, WebhookEndpointResolvers } from '../generated/resolvers-types.ts';
import { givenFilter } from '../limits/given-filter.ts';
import { toConnection } from '../paging/connection.ts';
import type { Listing } from '../paging/connection.ts';
import { pageQuery } from '../paging/page-query.ts';

const endpointListing: Listing<WebhookEndpoint> = {
  order: 'endpoints',
  keyOf: ({ id }) => ({ id, value: 0 }),
};

export const endpointQueries: Pick<QueryResolvers, 'webhookEndpoint' | 'webhookEndpoints'> = {
  webhookEndpoint: (_root, { id }, { loaders }) => loaders.endpoint.load(id),

  async webhookEndpoints(_root, args, context) {
    const query = pageQuery(args, endpointListing.order);
    const after = query.after?.id ?? null;
    const found = await context.endpoints.page({ after, limit: query.size + 1 });
    const page = { items: found.slice(0, query.size), more: found.length > query.size };
    return toConnection(page, query, endpointListing);
  },
};

export const endpointFields: WebhookEndpointResolvers = {
  secretForm: ({ secret }) => secret?.form ?? null,
  headers: ({ headers }) =>
    headers.map((header) => ({
      name: header.name,
      value: 'sealed' in header || isCredential(header) ? null : header.value,
    })),

  async deliveries({ id: endpointId }, { state, ...args }, context) {
    const query = pageQuery(args, deliveryListing.order);
    const page = await context.deliveries.page({ ...givenFilter({ state }), endpointId }, query);
    return toConnection(page, query, deliveryListing);
  },
};
