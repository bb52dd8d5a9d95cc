import type { Deployment } from '../../domain/deployment.ts';
import { timeListings } from '../paging/time-listings.ts';

export const DEPLOYMENT_LISTINGS = timeListings<Deployment>('deployments', ({ id, occurredAt }) => ({
  id,
  value: occurredAt.getTime(),
}));
