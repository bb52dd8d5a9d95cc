import type { Receipt } from '../../domain/receipt.ts';
import { timeListings } from '../paging/time-listings.ts';

export const RECEIPT_LISTINGS = timeListings<Receipt>('receipts', ({ id }) => ({ id, value: 0 }));
