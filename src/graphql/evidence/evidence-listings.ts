import type { Evidence } from '../../domain/evidence.ts';
import { timeListings } from '../paging/time-listings.ts';

export const EVIDENCE_LISTINGS = timeListings<Evidence>('evidence', ({ id, occurredAt }) => ({
  id,
  value: occurredAt.getTime(),
}));
