import { apiKeyState } from '../../domain/api-key.ts';
import type { ApiKey } from '../../domain/api-key.ts';
import type { ApiKeyResolvers, QueryResolvers, ViewerResolvers } from '../generated/resolvers-types.ts';
import { givenFilter } from '../limits/given-filter.ts';
import { toConnection } from '../paging/connection.ts';
import type { Listing } from '../paging/connection.ts';
import { pageQuery } from '../paging/page-query.ts';

const apiKeyListing: Listing<ApiKey> = {
  order: 'apiKeys',
  keyOf: ({ id }) => ({ id, value: 0 }),
};

export const apiKeyQueries: Pick<QueryResolvers, 'viewer' | 'apiKey' | 'apiKeys'> = {
  viewer: (_root, _args, { principal }) => principal,

  apiKey: (_root, { id }, { apiKeys }) => apiKeys.byId(id),

  async apiKeys(_root, { state, ...args }, context) {
    const query = pageQuery(args, apiKeyListing.order);
    const page = await context.apiKeys.page(givenFilter({ state }), context.clock.now(), query);
    return toConnection(page, query, apiKeyListing);
  },
};

export const viewerFields: ViewerResolvers = {
  apiKey: ({ keyId }, _args, { apiKeys }) => (keyId === null ? null : apiKeys.byId(keyId)),
};

export const apiKeyFields: ApiKeyResolvers = {
  state: (key, _args, { clock }) => apiKeyState(key, clock.now()),
};
