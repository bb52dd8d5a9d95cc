import { deploymentListing } from '../deployments/deployment-listing.ts';
import { eventListing } from '../events/event-listing.ts';
import { evidenceListing } from '../evidence/evidence-listing.ts';
import type { IncidentResolvers } from '../generated/resolvers-types.ts';
import { toConnection } from '../paging/connection.ts';
import { pageQuery } from '../paging/page-query.ts';
import { receiptListing } from '../receipts/receipt-listing.ts';
import { timelineListing } from '../timeline/timeline-listing.ts';

/** Lists that hang on an incident. Its own fields need no resolver. */
export const incidentFields: IncidentResolvers = {
  async timeline(incident, args, context) {
    const query = pageQuery(args, timelineListing.order);
    const page = await context.timeline.page(incident, query);
    for (const deployment of page.deployments) context.loaders.deployment.prime(deployment.id, deployment);
    return toConnection(page, query, timelineListing);
  },

  async evidence({ id }, args, context) {
    const query = pageQuery(args, evidenceListing.order);
    return toConnection(await context.evidence.page(id, query), query, evidenceListing);
  },

  async deployments(incident, args, context) {
    const query = pageQuery(args, deploymentListing.order);
    return toConnection(await context.deployments.pageRelated(incident, query), query, deploymentListing);
  },

  async receipts({ id }, args, context) {
    const query = pageQuery(args, receiptListing.order);
    return toConnection(await context.receipts.page({ incidentId: id }, query), query, receiptListing);
  },

  async events({ id }, args, context) {
    const query = pageQuery(args, eventListing.order);
    return toConnection(await context.events.page(id, query), query, eventListing);
  },
};
