import type { Incident } from '../../domain/incident.ts';
import { codedError } from '../errors/coded-error.ts';
import type { QueryResolvers } from '../generated/resolvers-types.ts';
import { toConnection } from '../paging/connection.ts';
import { pageQuery } from '../paging/page-query.ts';
import { selectedColumns } from '../projection/selected-columns.ts';
import { INCIDENT_NEEDS } from './incident-columns.ts';
import { incidentsWhere } from './incident-filter.ts';
import { incidentStatisticsQuery } from './incident-statistics-query.ts';
import { INCIDENT_LISTINGS, STALE_LISTING } from './incident-listing.ts';

const HOUR_MS = 60 * 60 * 1000;
/** Ten years. */
const MAX_HOURS = 87_600;
const MAX_SOURCES = 50;

export const incidentQueries: Pick<
  QueryResolvers,
  'incident' | 'incidents' | 'staleIncidents' | 'incidentStatistics'
> = {
  ...incidentStatisticsQuery,

  incident: (_root, { id }, { loaders }) => loaders.incident.load(id),

  async incidents(_root, { filter, orderBy, ...args }, context, info) {
    const order = orderBy ?? 'OPENED_AT_DESC';
    const listing = INCIDENT_LISTINGS[order];
    const query = pageQuery(args, listing.order);
    const columns = selectedColumns<Incident>(info, INCIDENT_NEEDS);
    const page = await context.incidents.page(incidentsWhere(filter, order), order, query, columns);
    return toConnection(page, query, listing);
  },

  async staleIncidents(_root, { hours, source, ...args }, context, info) {
    if (!(hours > 0 && hours <= MAX_HOURS)) {
      throw codedError('BAD_USER_INPUT', 'hours must be more than 0 and at most 87,600.');
    }
    if ((source?.length ?? 0) > MAX_SOURCES) {
      throw codedError('BAD_USER_INPUT', 'source may have at most 50 values.');
    }
    const query = pageQuery(args, STALE_LISTING.order);
    const seenBefore = new Date(context.clock.now().getTime() - hours * HOUR_MS);
    const columns = selectedColumns<Incident>(info, INCIDENT_NEEDS);
    const page = await context.incidents.pageStale({ seenBefore, ...(source && { source }) }, query, columns);
    return toConnection(page, query, STALE_LISTING);
  },
};
