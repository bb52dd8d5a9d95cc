import { DEPLOYMENT_LISTINGS } from '../deployments/deployment-listings.ts';
import { eventColumns } from '../events/event-columns.ts';
import { EVENT_LISTINGS } from '../events/event-listings.ts';
import { EVIDENCE_NEEDS } from '../evidence/evidence-columns.ts';
import { EVIDENCE_LISTINGS } from '../evidence/evidence-listings.ts';
import type { IncidentResolvers } from '../generated/resolvers-types.ts';
import { givenFilter } from '../limits/given-filter.ts';
import { toConnection } from '../paging/connection.ts';
import { pageQuery } from '../paging/page-query.ts';
import { selectedColumns } from '../projection/selected-columns.ts';
import { RECEIPT_NEEDS } from '../receipts/receipt-columns.ts';
import { RECEIPT_LISTINGS } from '../receipts/receipt-listings.ts';
import { TIMELINE_ENTRY_NEEDS } from '../timeline/timeline-columns.ts';
import { TIMELINE_LISTINGS } from '../timeline/timeline-listings.ts';

/** Lists that hang on an incident. Its own fields need no resolver. */
export const incidentFields: IncidentResolvers = {
  async timeline(incident, { kind, orderBy, ...args }, context, info) {
    const listing = TIMELINE_LISTINGS[orderBy];
    const query = pageQuery(args, listing.order);
    const columns = selectedColumns(info, TIMELINE_ENTRY_NEEDS);
    const page = await context.timeline.page(incident, givenFilter({ kind }), orderBy, query, columns);
    for (const deployment of page.deployments) context.loaders.deployment.prime(deployment.id, deployment);
    return toConnection(page, query, listing);
  },

  async evidence({ id: incidentId }, { kind, orderBy, ...args }, context, info) {
    const listing = EVIDENCE_LISTINGS[orderBy];
    const query = pageQuery(args, listing.order);
    const where = { incidentId, ...givenFilter({ kind }) };
    const columns = selectedColumns(info, EVIDENCE_NEEDS);
    return toConnection(await context.evidence.page(where, orderBy, query, columns), query, listing);
  },

  async deployments(incident, { orderBy, ...args }, context) {
    const listing = DEPLOYMENT_LISTINGS[orderBy];
    const query = pageQuery(args, listing.order);
    return toConnection(await context.deployments.pageRelated(incident, orderBy, query), query, listing);
  },

  async receipts({ id: incidentId }, { orderBy, ...args }, context, info) {
    const listing = RECEIPT_LISTINGS[orderBy];
    const query = pageQuery(args, listing.order);
    const columns = selectedColumns(info, RECEIPT_NEEDS);
    return toConnection(await context.receipts.page({ incidentId }, orderBy, query, columns), query, listing);
  },

  async events({ id }, { type, orderBy, ...args }, context, info) {
    const listing = EVENT_LISTINGS[orderBy];
    const query = pageQuery(args, listing.order);
    const where = { incidentId: [id], ...givenFilter({ type }) };
    return toConnection(await context.events.page(where, orderBy, query, eventColumns(info)), query, listing);
  },
};
