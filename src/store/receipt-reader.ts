import type { Connection, mongo } from 'mongoose';
import type { Receipt, ReceiptOutcome } from '../domain/receipt.ts';
import { readPage } from './keyset-page.ts';
import type { Page, PageQuery } from './keyset-page.ts';
import { nativeCollection } from './native-collection.ts';
import { reading } from './reading.ts';
import { receiptBodyModel, receiptModel, toReceipt } from './receipt-row.ts';
import type { ReceiptRow } from './receipt-row.ts';
import { unpackBody } from './pack-body.ts';
import { changedIds } from './watch-changes.ts';
import { anyOf } from './where.ts';

/** All that is given must match; of a list any value does. */
export interface ReceiptsWhere {
  source?: readonly string[];
  outcome?: readonly ReceiptOutcome[];
  incidentId?: string;
}

export type ReceiptReader = ReturnType<typeof createReceiptReader>;

/** Ids are made when a webhook comes in and sort by that time, so the list needs no index of its own. */
const NEWEST_FIRST = { field: '_id', type: 'ID', direction: -1 } as const;

export function createReceiptReader(connection: Connection) {
  const rows = nativeCollection(receiptModel(connection));
  const bodies = nativeCollection(receiptBodyModel(connection));

  return {
    /** In no order; unknown ids are missing. */
    async byIds(ids: readonly string[]): Promise<Receipt[]> {
      return (await reading(rows.find({ _id: { $in: [...ids] } }).toArray())).map(toReceipt);
    },

    /** The raw body; null where it is no longer kept. May be large: read few at a time. */
    async body(id: string): Promise<Buffer | null> {
      const row = await reading(bodies.findOne({ _id: id }, { promoteBuffers: true }));
      return row === null ? null : unpackBody(row);
    },

    /** Newest first. */
    async page({ source, outcome, incidentId }: ReceiptsWhere, query: PageQuery): Promise<Page<Receipt>> {
      const filter: mongo.Document = {
        ...anyOf('source', source),
        ...anyOf('outcome', outcome),
        ...(incidentId !== undefined && { incidentIds: incidentId }),
      };
      const page = await readPage<ReceiptRow>({ rows, filter, order: NEWEST_FIRST, query });
      return { ...page, items: page.items.map(toReceipt) };
    },

    /** Ids of receipts as they are stored or change, from now on until the signal aborts. */
    changes: (signal: AbortSignal, onBroken: (error: unknown) => void) =>
      changedIds({ rows, signal, onBroken }),
  };
}
