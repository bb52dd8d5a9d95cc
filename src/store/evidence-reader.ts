import type { Connection } from 'mongoose';
import type { Evidence } from '../domain/evidence.ts';
import { evidenceModel, toEvidence } from './evidence-row.ts';
import type { EvidenceRow } from './evidence-row.ts';
import { readPage } from './keyset-page.ts';
import type { Page, PageQuery } from './keyset-page.ts';
import { readableRows } from './readable-rows.ts';
import { reading } from './reading.ts';

export type EvidenceReader = ReturnType<typeof createEvidenceReader>;

const OLDEST_FIRST = { field: 'occurredAt', type: 'DATE', direction: 1 } as const;

export function createEvidenceReader(connection: Connection, signal?: AbortSignal) {
  const rows = readableRows(evidenceModel(connection), signal);

  return {
    async byId(id: string): Promise<Evidence | null> {
      const row = await reading(rows.findOne({ _id: id }));
      return row === null ? null : toEvidence(row);
    },

    /** An incident's evidence, oldest first. */
    async page(incidentId: string, query: PageQuery): Promise<Page<Evidence>> {
      const page = await readPage<EvidenceRow>({ rows, filter: { incidentId }, order: OLDEST_FIRST, query });
      return { ...page, items: page.items.map(toEvidence) };
    },
  };
}
