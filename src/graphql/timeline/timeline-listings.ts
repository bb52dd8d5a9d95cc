import type { TimelineEntry } from '../../domain/timeline-entry.ts';
import { timeListings } from '../paging/time-listings.ts';

export const TIMELINE_LISTINGS = timeListings<TimelineEntry>('timeline', ({ id, occurredAt }) => ({
  id,
  value: occurredAt.getTime(),
}));
