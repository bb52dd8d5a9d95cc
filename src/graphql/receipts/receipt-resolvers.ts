import type { Receipt } from '../../domain/receipt.ts';
import type {
  QueryResolvers,
  ReceiptResolvers,
  SubscriptionResolvers,
} from '../generated/resolvers-types.ts';
import { liveSource } from '../live/live-source.ts';
import { toConnection } from '../paging/connection.ts';
import { pageQuery } from '../paging/page-query.ts';
import { receiptFilter } from './receipt-filter-input.ts';
import { receiptListing } from './receipt-listing.ts';

export const receiptQueries: Pick<QueryResolvers, 'receipt' | 'receipts'> = {
  receipt: (_root, { id }, { loaders }) => loaders.receipt.load(id),

  async receipts(_root, { filter, ...args }, context) {
    const query = pageQuery(args, receiptListing.order);
    return toConnection(await context.receipts.page(receiptFilter(filter), query), query, receiptListing);
  },
};

export const receiptFields: ReceiptResolvers = {
  headers: ({ headers }) => Object.entries(headers).map(([name, value]) => ({ name, value })),
  /** Of a replay, that of the webhook which ran again. */
  body: ({ id, replayOf }, { maxBytes }, { bodyText }) => bodyText(replayOf ?? id, maxBytes),
  duplicateOf: ({ duplicateOf }, _args, { loaders }) =>
    duplicateOf === null ? null : loaders.receipt.load(duplicateOf),

  replayOf: ({ replayOf }, _args, { loaders }) => (replayOf === null ? null : loaders.receipt.load(replayOf)),

  async replays({ id }, args, context) {
    const query = pageQuery(args, receiptListing.order);
    return toConnection(await context.receipts.page({ replayOf: id }, query), query, receiptListing);
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
