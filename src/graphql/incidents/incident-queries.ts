import type { QueryResolvers } from '../generated/resolvers-types.ts';
import { givenFilter } from '../limits/given-filter.ts';
import { toConnection } from '../paging/connection.ts';
import { pageQuery } from '../paging/page-query.ts';
import { INCIDENT_LISTINGS } from './incident-listing.ts';

export const incidentQueries: Pick<QueryResolvers, 'incident' | 'incidents'> = {
  incident: (_root, { id }, { loaders }) => loaders.incident.load(id),

  async incidents(_root, { filter, orderBy, ...args }, context) {
    const order = orderBy ?? 'OPENED_AT_DESC';
    const listing = INCIDENT_LISTINGS[order];
    const query = pageQuery(args, listing.order, context);
    return toConnection(await context.incidents.page(givenFilter(filter), order, query), query, listing);
  },
};
