import type { Connection } from 'mongoose';
import type { Receipt } from '../domain/receipt.ts';
import { readPage } from './keyset-page.ts';
import type { Page, PageQuery } from './keyset-page.ts';
import { nativeCollection } from './native-collection.ts';
import { pageColumns } from './only-columns.ts';
import { readableRows } from './readable-rows.ts';
import { reading } from './reading.ts';
import { receiptBodyModel, receiptModel, toReceipt } from './receipt-row.ts';
import type { ReceiptRow } from './receipt-row.ts';
import { receiptsFilter } from './receipts-where.ts';
import type { ReceiptsWhere } from './receipts-where.ts';
import { unpackBody } from './pack-body.ts';
import { inTime } from './time-order.ts';
import type { TimeOrder } from './time-order.ts';
import { changedIds } from './watch-changes.ts';

export type ReceiptReader = ReturnType<typeof createReceiptReader>;

/** Ids are made when a webhook comes in and sort by that time, so the list needs no index of its own. */
const ORDERS = inTime({ field: '_id', type: 'ID' });

/** Replays alone need to know what was folded. */
const projection = { folded: 0 };

export function createReceiptReader(connection: Connection, signal?: AbortSignal) {
  const rows = readableRows(receiptModel(connection), signal);
  const bodies = readableRows(receiptBodyModel(connection), signal);

  return {
    /** In no order; unknown ids are missing. */
    async byIds(ids: readonly string[]): Promise<Receipt[]> {
      const found = rows.find<ReceiptRow>({ _id: { $in: [...ids] } }, { projection });
      return (await reading(found.toArray())).map(toReceipt);
    },

    /** The raw body; null where it is no longer kept. May be large: read few at a time. */
    async body(id: string): Promise<Buffer | null> {
      const row = await reading(bodies.findOne({ _id: id }, { promoteBuffers: true }));
      return row === null ? null : unpackBody(row);
    },

    /** Of each receipt only the columns are there; all where none are named. */
    async page(
      where: ReceiptsWhere,
      order: TimeOrder,
      query: PageQuery,
      columns?: readonly (keyof Receipt)[],
    ): Promise<Page<Receipt>> {
      const by = ORDERS[order];
      const only = pageColumns(by, columns, projection);
      const page = await readPage<ReceiptRow>({
        rows: passesOver(where) ? rows.passingOver : rows,
        filter: receiptsFilter(where),
        order: by,
        query,
        ...only,
      });
      return { ...page, items: page.items.map(toReceipt) };
    },

    /** Ids of receipts as they are stored or change, from now on until the signal aborts. */
    changes: (signal: AbortSignal, onBroken: (error: unknown) => void) =>
      changedIds({ rows: nativeCollection(receiptModel(connection)), signal, onBroken }),
  };
}

/** No index knows these three; those of an incident are few. */
function passesOver({ incidentId, provider, reason, verifiedWith }: ReceiptsWhere): boolean {
  return incidentId === undefined && (provider ?? reason ?? verifiedWith) !== undefined;
}
