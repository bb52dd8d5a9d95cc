import type { Receipt } from '../../domain/receipt.ts';
import type { Listing } from '../paging/connection.ts';

export const receiptListing: Listing<Receipt> = { order: 'receipts', keyOf: ({ id }) => ({ id, value: 0 }) };
