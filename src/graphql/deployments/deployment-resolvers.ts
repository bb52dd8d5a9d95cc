import type { DeploymentResolvers, QueryResolvers } from '../generated/resolvers-types.ts';
import { givenFilter } from '../limits/given-filter.ts';
import { toConnection } from '../paging/connection.ts';
import { pageQuery } from '../paging/page-query.ts';
import { deploymentListing } from './deployment-listing.ts';

export const deploymentQueries: Pick<QueryResolvers, 'deployment' | 'deployments'> = {
  deployment: (_root, { id }, { loaders }) => loaders.deployment.load(id),

  async deployments(_root, { filter, ...args }, context) {
    const query = pageQuery(args, deploymentListing.order);
    return toConnection(await context.deployments.page(givenFilter(filter), query), query, deploymentListing);
  },
};

export const deploymentFields: DeploymentResolvers = {
  receipt: ({ receiptId }, _args, { loaders }) => loaders.receipt.load(receiptId),
};
