import type { Delivery } from '../../domain/delivery.ts';
import type { Listing } from '../paging/connection.ts';

export const deliveryListing: Listing<Delivery> = {
  order: 'deliveries',
  keyOf: ({ id }) => ({ id, value: 0 }),
};
