import { EVIDENCE_KINDS } from '../../../../src/domain/evidence.ts';
import { TIMELINE_ENTRY_KINDS } from '../../../../src/domain/timeline-entry.ts';
import { evidenceModel } from '../../../../src/store/evidence-row.ts';
import { timelineEntryModel } from '../../../../src/store/timeline-entry-row.ts';
import { anyOf, at, times } from './list-case.ts';
import type { ListCases } from './list-case.ts';

const COUNT = 2_000;
const KINDS = TIMELINE_ENTRY_KINDS.filter((kind) => kind !== 'DEPLOYMENT');
const around = (list: string): string => `{ incident(id: "incident-0") { ${list} } }`;

const part = (n: number) => ({
  _id: `part-${String((n * 7) % COUNT).padStart(4, '0')}`,
  incidentId: `incident-${n % 3 === 0 ? n % 40 : 0}`,
  text: 'Something',
  occurredAt: at(Math.floor(n / 2)),
  recordedAt: at(n),
});

/** Timeline and evidence, most of it of one incident. */
export const incidentParts: ListCases = {
  async insert(connection, count = COUNT) {
    await timelineEntryModel(connection).collection.insertMany(
      times(count, (n) => ({
        ...part(n),
        kind: KINDS[n % KINDS.length],
        actor: null,
        receiptId: null,
        data: null,
      })) as never,
    );
    await evidenceModel(connection).collection.insertMany(
      times(count, (n) => ({
        ...part(n),
        kind: EVIDENCE_KINDS[n % EVIDENCE_KINDS.length],
        title: 'Shows something',
        url: null,
        source: 'person',
        hash: 'x',
      })) as never,
    );
  },
  cases: [
    {
      field: 'Incident.timeline',
      around,
      filters: { kind: [['NOTE'], ['NOTE', 'UPDATED', 'OPENED'], ['DEPLOYMENT'], ['NOTE', 'DEPLOYMENT']] },
      passesOver: anyOf('kind'),
    },
    {
      field: 'Incident.evidence',
      around,
      filters: { kind: [['LOG'], ['LOG', 'METRIC']] },
      passesOver: anyOf('kind'),
    },
  ],
};
