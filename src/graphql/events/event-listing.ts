import type { Event } from '../../domain/event.ts';
import type { Listing } from '../paging/connection.ts';

export const eventListing: Listing<Event> = {
  order: 'events',
  keyOf: ({ id, sequence }) => ({ id, value: sequence }),
};
