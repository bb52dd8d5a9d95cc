import type { Evidence } from '../../domain/evidence.ts';
import type { Listing } from '../paging/connection.ts';

export const evidenceListing: Listing<Evidence> = {
  order: 'evidence',
  keyOf: ({ id, occurredAt }) => ({ id, value: occurredAt.getTime() }),
};
