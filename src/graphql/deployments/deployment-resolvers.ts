import type { DeploymentResolvers, QueryResolvers } from '../generated/resolvers-types.ts';
import { givenFilter } from '../limits/given-filter.ts';
import { toConnection } from '../paging/connection.ts';
import { pageQuery } from '../paging/page-query.ts';
import { DEPLOYMENT_LISTINGS } from './deployment-listings.ts';

export const deploymentQueries: Pick<QueryResolvers, 'deployment' | 'deployments'> = {
  deployment: (_root, { id }, { loaders }) => loaders.deployment.load(id),

  async deployments(_root, { filter, orderBy, ...args }, context) {
    const listing = DEPLOYMENT_LISTINGS[orderBy];
    const query = pageQuery(args, listing.order);
    const page = await context.deployments.page(givenFilter(filter), orderBy, query);
    return toConnection(page, query, listing);
  },
};

export const deploymentFields: DeploymentResolvers = {
  receipt: ({ receiptId }, _args, { loaders }) => loaders.receipt.load(receiptId),
};
