import type { Receipt } from '../../domain/receipt.ts';
import type {
  QueryResolvers,
  ReceiptResolvers,
  SubscriptionResolvers,
} from '../generated/resolvers-types.ts';
import { liveSource } from '../live/live-source.ts';
import { toConnection } from '../paging/connection.ts';
import { pageQuery } from '../paging/page-query.ts';
import { selectedColumns } from '../projection/selected-columns.ts';
import { RECEIPT_NEEDS } from './receipt-columns.ts';
import { receiptFilter } from './receipt-filter-input.ts';
import { RECEIPT_LISTINGS } from './receipt-listings.ts';

export const receiptQueries: Pick<QueryResolvers, 'receipt' | 'receipts'> = {
  receipt: (_root, { id }, { loaders }) => loaders.receipt.load(id),

  async receipts(_root, { filter, orderBy, ...args }, context, info) {
    const listing = RECEIPT_LISTINGS[orderBy];
    const query = pageQuery(args, listing.order);
    const columns = selectedColumns(info, RECEIPT_NEEDS);
    const page = await context.receipts.page(receiptFilter(filter), orderBy, query, columns);
    return toConnection(page, query, listing);
  },
};

export const receiptFields: ReceiptResolvers = {
  headers: ({ headers }) => Object.entries(headers).map(([name, value]) => ({ name, value })),
  /** Of a replay, that of the webhook which ran again. */
  body: ({ id, replayOf }, { maxBytes }, { bodyText }) => bodyText(replayOf ?? id, maxBytes),
  duplicateOf: ({ duplicateOf }, _args, { loaders }) =>
    duplicateOf === null ? null : loaders.receipt.load(duplicateOf),

  replayOf: ({ replayOf }, _args, { loaders }) => (replayOf === null ? null : loaders.receipt.load(replayOf)),

  async replays({ id: replayOf }, { orderBy, ...args }, context, info) {
    const listing = RECEIPT_LISTINGS[orderBy];
    const query = pageQuery(args, listing.order);
    const columns = selectedColumns(info, RECEIPT_NEEDS);
    return toConnection(await context.receipts.page({ replayOf }, orderBy, query, columns), query, listing);
  },

  async incidents({ incidentIds }, _args, { loaders, rows }) {
    rows.spend(incidentIds.length);
    const found = await Promise.all(incidentIds.map((id) => loaders.incident.load(id)));
    return found.filter((incident) => incident !== null);
  },

  async deployments({ deploymentIds }, _args, { loaders, rows }) {
    rows.spend(deploymentIds.length);
    const found = await Promise.all(deploymentIds.map((id) => loaders.deployment.load(id)));
    return found.filter((deployment) => deployment !== null);
  },
};

export const receiptSubscription: Pick<SubscriptionResolvers, 'receipts'> = {
  receipts: {
    subscribe: (_root, { filter }) => liveSource({ kind: 'RECEIPTS', filter: receiptFilter(filter) }),
    resolve: (receipt: Receipt) => receipt,
  },
};
