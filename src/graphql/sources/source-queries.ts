import type { RegisteredSource } from '../../domain/source.ts';
import type { QueryResolvers, SourceResolvers, SourceSecretResolvers } from '../generated/resolvers-types.ts';
import { toConnection } from '../paging/connection.ts';
import type { Listing } from '../paging/connection.ts';
import { pageQuery } from '../paging/page-query.ts';
import type { SourceAdministration } from './source-administration.ts';

const sourceListing: Listing<RegisteredSource> = {
  order: 'sources',
  keyOf: ({ id }) => ({ id, value: 0 }),
};

export const sourceQueries: Pick<QueryResolvers, 'source' | 'sources'> = {
  source: (_root, { id }, { sources }) =>
    sources.defaults.find((source) => source.id === id) ?? sources.stored.byId(id),

  async sources(_root, args, context) {
    const query = pageQuery(args, sourceListing.order);
    const found = await sourcesBehind(context.sources, query.after?.id ?? null, query.size + 1);
    const page = { items: found.slice(0, query.size), more: found.length > query.size };
    return toConnection(page, query, sourceListing);
  },
};

/** The default ones come first. */
async function sourcesBehind(
  { defaults, stored }: Pick<SourceAdministration, 'defaults' | 'stored'>,
  after: string | null,
  limit: number,
): Promise<RegisteredSource[]> {
  const place = defaults.findIndex(({ id }) => id === after);
  if (after !== null && place === -1) return stored.page({ after, limit });
  const page = defaults.slice(place + 1, place + 1 + limit);
  const rest = limit - page.length;
  return rest === 0 ? page : [...page, ...(await stored.page({ after: null, limit: rest }))];
}

export const sourceFields: SourceResolvers = {
  path: ({ managedBy, provider, name }) =>
    `/api/v1/webhooks/${managedBy === 'ENVIRONMENT' ? provider : `${provider}/${name}`}`,
  settings: ({ settings }) => Object.entries(settings).map(([name, value]) => ({ name, value })),
  hasSecret: (source) => (source.managedBy === 'ENVIRONMENT' ? source.hasSecret : source.secrets.length > 0),
};

export const sourceSecretFields: SourceSecretResolvers = {
  generation: ({ until }) => (until === null ? 'CURRENT' : 'PREVIOUS'),
};
