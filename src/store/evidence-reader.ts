import type { Connection } from 'mongoose';
import type { Evidence, EvidenceKind } from '../domain/evidence.ts';
import { evidenceModel, toEvidence } from './evidence-row.ts';
import type { EvidenceRow } from './evidence-row.ts';
import { readPage } from './keyset-page.ts';
import type { Page, PageQuery } from './keyset-page.ts';
import { pageColumns } from './only-columns.ts';
import { readableRows } from './readable-rows.ts';
import { reading } from './reading.ts';
import { inTime } from './time-order.ts';
import type { TimeOrder } from './time-order.ts';
import { anyOf } from './where.ts';

/** An incident's; of a list any value does. */
export interface EvidenceWhere {
  incidentId: string;
  kind?: readonly EvidenceKind[];
}

export type EvidenceReader = ReturnType<typeof createEvidenceReader>;

const ORDERS = inTime({ field: 'occurredAt', type: 'DATE' });

export function createEvidenceReader(connection: Connection, signal?: AbortSignal) {
  const rows = readableRows(evidenceModel(connection), signal);

  return {
    async byId(id: string): Promise<Evidence | null> {
      const row = await reading(rows.findOne({ _id: id }));
      return row === null ? null : toEvidence(row);
    },

    /** By when what it shows happened. Of each piece only the columns are there; all where none are named. */
    async page(
      { incidentId, kind }: EvidenceWhere,
      order: TimeOrder,
      query: PageQuery,
      columns?: readonly (keyof Evidence)[],
    ): Promise<Page<Evidence>> {
      const by = ORDERS[order];
      const filter = { incidentId, ...anyOf('kind', kind) };
      const page = await readPage<EvidenceRow>({
        rows,
        filter,
        order: by,
        query,
        ...pageColumns(by, columns),
      });
      return { ...page, items: page.items.map(toEvidence) };
    },
  };
}
