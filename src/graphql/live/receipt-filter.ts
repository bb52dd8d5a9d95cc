import type { Receipt } from '../../domain/receipt.ts';
import type { ReceiptFilter } from '../generated/resolvers-types.ts';
import type { Given } from '../limits/given-filter.ts';

export function matchesReceipt(receipt: Receipt, filter: Given<ReceiptFilter>): boolean {
  const { source, provider, outcome, receivedAt, incidentId, deliveryId, reason, verifiedWith } = filter;
  return (
    (source?.includes(receipt.source) ?? true) &&
    (provider?.includes(receipt.provider) ?? true) &&
    (outcome?.includes(receipt.outcome) ?? true) &&
    (receivedAt?.from === undefined || receipt.receivedAt >= receivedAt.from) &&
    (receivedAt?.until === undefined || receipt.receivedAt < receivedAt.until) &&
    (incidentId === undefined || receipt.incidentIds.includes(incidentId)) &&
    (deliveryId === undefined || receipt.deliveryId === deliveryId) &&
    (reason === undefined || contains(receipt.reason, reason)) &&
    (verifiedWith === undefined || contains(receipt.verifiedWith, verifiedWith))
  );
}

function contains(text: string | null, part: string): boolean {
  return text?.toLowerCase().includes(part.toLowerCase()) ?? false;
}
