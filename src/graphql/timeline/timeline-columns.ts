import type { TimelineEntry } from '../../domain/timeline-entry.ts';
import type { ColumnNeeds } from '../projection/selected-columns.ts';

/** What the fields with resolvers read of their timeline entry, beside its id. */
export const TIMELINE_ENTRY_NEEDS: ColumnNeeds<TimelineEntry> = {
  receipt: ['receiptId'],
  deployment: ['kind'],
};
