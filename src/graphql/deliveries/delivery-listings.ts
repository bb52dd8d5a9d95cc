import type { Delivery } from '../../domain/delivery.ts';
import { timeListings } from '../paging/time-listings.ts';

export const DELIVERY_LISTINGS = timeListings<Delivery>('deliveries', ({ id }) => ({ id, value: 0 }));
