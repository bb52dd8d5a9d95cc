import type { Receipt } from '../../domain/receipt.ts';
import type { ReceiptFilter } from '../generated/resolvers-types.ts';
import type { Given } from '../limits/given-filter.ts';

export function matchesReceipt(
  receipt: Receipt,
  { source, outcome, incidentId }: Given<ReceiptFilter>,
): boolean {
  return (
    (source?.includes(receipt.source) ?? true) &&
    (outcome?.includes(receipt.outcome) ?? true) &&
    (incidentId === undefined || receipt.incidentIds.includes(incidentId))
  );
}
