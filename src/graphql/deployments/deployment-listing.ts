import type { Deployment } from '../../domain/deployment.ts';
import type { Listing } from '../paging/connection.ts';

export const deploymentListing: Listing<Deployment> = {
  order: 'deployments',
  keyOf: ({ id, occurredAt }) => ({ id, value: occurredAt.getTime() }),
};
