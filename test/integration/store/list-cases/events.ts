import { EVENT_TYPES } from '../../../../src/domain/event.ts';
import { eventModel } from '../../../../src/store/event-row.ts';
import { anEvent } from '../../../support/event-log.ts';
import { anyOf, at, idAt, times } from './list-case.ts';
import type { ListCases } from './list-case.ts';

const TYPES = EVENT_TYPES.filter((type) => type !== 'HYPOTHESIS_GENERATED');
const COUNT = 3_000;

/** The n-th event, with its number. */
export function eventRow(n: number, { id, incidentId }: { id: string; incidentId: string }) {
  const type = TYPES[n % TYPES.length] ?? 'INCIDENT_CREATED';
  const { id: _id, ...event } = anEvent({ incidentId, recordedAt: at(n), type });
  const snapshot = {
    ...event.snapshot,
    severity: n % 100 === 0 ? ('CRITICAL' as const) : ('HIGH' as const),
    service: `service-${n % 10}`,
  };
  return { _id: id, ...event, snapshot, sequence: n + 1 };
}

/** Most are of one incident. */
export const events: ListCases = {
  insert: (connection, count = COUNT) =>
    eventModel(connection).collection.insertMany(
      times(count, (n) =>
        eventRow(n, { id: idAt(n, '9000'), incidentId: `incident-${n % 3 === 0 ? 1 + (n % 50) : 0}` }),
      ) as never,
    ),
  cases: [
    {
      field: 'Query.events',
      filters: {
        'filter.type': [['EVIDENCE_ADDED'], ['EVIDENCE_ADDED', 'INCIDENT_CREATED']],
        'filter.incidentId': [['incident-0'], ['incident-1', 'incident-4', 'incident-7']],
        'filter.severity': [['CRITICAL'], ['HIGH', 'LOW']],
        'filter.service': [['service-3'], ['service-3', 'service-4']],
      },
      passesOver: anyOf('filter.severity', 'filter.service', 'filter.type'),
      together: [
        { 'filter.incidentId': ['incident-0', 'incident-1'], 'filter.type': ['INCIDENT_CREATED'] },
        { 'filter.severity': ['HIGH'], 'filter.service': ['service-3'], 'filter.type': ['INCIDENT_CREATED'] },
      ],
    },
    {
      field: 'Incident.events',
      around: (list) => `{ incident(id: "incident-0") { ${list} } }`,
      filters: { type: [['EVIDENCE_ADDED'], ['EVIDENCE_ADDED', 'INCIDENT_CREATED']] },
    },
  ],
};
