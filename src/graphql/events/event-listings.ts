import type { Event } from '../../domain/event.ts';
import { timeListings } from '../paging/time-listings.ts';

export const EVENT_LISTINGS = timeListings<Event>('events', ({ id, sequence }) => ({ id, value: sequence }));
