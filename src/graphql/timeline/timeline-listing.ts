import type { TimelineEntry } from '../../domain/timeline-entry.ts';
import type { Listing } from '../paging/connection.ts';

export const timelineListing: Listing<TimelineEntry> = {
  order: 'timeline',
  keyOf: ({ id, occurredAt }) => ({ id, value: occurredAt.getTime() }),
};
