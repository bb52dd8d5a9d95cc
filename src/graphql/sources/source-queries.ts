import type { RegisteredSource } from '../../domain/source.ts';
import type { QueryResolvers, SourceResolvers, SourceSecretResolvers } from '../generated/resolvers-types.ts';
import { givenFilter } from '../limits/given-filter.ts';
import { toConnection } from '../paging/connection.ts';
import type { Listing } from '../paging/connection.ts';
import { pageQuery } from '../paging/page-query.ts';
import { sourcePage } from './source-page.ts';

const sourceListing: Listing<RegisteredSource> = {
  order: 'sources',
  keyOf: ({ id }) => ({ id, value: 0 }),
};

export const sourceQueries: Pick<QueryResolvers, 'source' | 'sources'> = {
  source: (_root, { id }, { sources }) =>
    sources.defaults.find((source) => source.id === id) ?? sources.stored.byId(id),

  async sources(_root, { filter, ...args }, { sources }) {
    const query = pageQuery(args, sourceListing.order);
    return toConnection(await sourcePage(sources, givenFilter(filter), query), query, sourceListing);
  },
};

export const sourceFields: SourceResolvers = {
  path: ({ managedBy, provider, name }) =>
    `/api/v1/webhooks/${managedBy === 'ENVIRONMENT' ? provider : `${provider}/${name}`}`,
  settings: ({ settings }) => Object.entries(settings).map(([name, value]) => ({ name, value })),
  hasSecret: (source) => (source.managedBy === 'ENVIRONMENT' ? source.hasSecret : source.secrets.length > 0),
};

export const sourceSecretFields: SourceSecretResolvers = {
  generation: ({ until }) => (until === null ? 'CURRENT' : 'PREVIOUS'),
};
