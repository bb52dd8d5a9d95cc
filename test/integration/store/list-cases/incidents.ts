import { insertIncidents } from '../../../support/incident-rows.ts';
import { anyOf, at, between, times } from './list-case.ts';
import type { ListCases } from './list-case.ts';

const COUNT = 2_000;
const BY_OPENING = ['OPENED_AT_DESC', 'OPENED_AT_ASC'];

export const incidents: ListCases = {
  insert: (connection, count = COUNT) =>
    insertIncidents(
      connection,
      times(count, (n) => ({
        id: `incident-${n}`,
        title: `everywhere ${n % 2 === 0 ? 'even' : 'odd'} ${n % 100 === 0 ? 'rare' : 'common'}`,
        externalKey: `key-${n % 500}`,
        severity: n % 50 === 0 ? ('CRITICAL' as const) : ('HIGH' as const),
        status: n % 10 === 0 ? ('OPEN' as const) : ('RESOLVED' as const),
        service: n === 0 ? 'service-3' : `service-${n % 30}`,
        source: `source-${n % 3}`,
        openedAt: at(n),
        updatedAt: at(COUNT + ((n * 7) % COUNT)),
        acknowledgedAt: n % 2 === 0 ? at(n + 5) : null,
        resolvedAt: n % 10 === 0 ? null : at(n + 30),
        lastSeenAt: at(n),
      })),
    ),
  cases: [
    {
      field: 'Query.incidents',
      filters: {
        'filter.status': [['OPEN'], ['OPEN', 'ACKNOWLEDGED']],
        'filter.severity': [['CRITICAL'], ['CRITICAL', 'LOW'], ['HIGH']],
        'filter.source': [['source-1'], ['source-1', 'source-2']],
        'filter.service': [['service-1'], ['service-1', 'service-2']],
        'filter.text': ['rare', 'everywhere odd', 'everywhere rare even'],
        'filter.externalKey': [['key-7'], ['key-7', 'key-8']],
        'filter.openedAt': [between(500, 900)],
        'filter.updatedAt': [between(COUNT + 500, COUNT + 900)],
        'filter.acknowledgedAt': [between(500, 900)],
        'filter.resolvedAt': [between(500, 900)],
      },
      passesOver: (values) =>
        anyOf('filter.acknowledgedAt', 'filter.resolvedAt')(values) || Object.keys(values).length > 2,
      // Which of the two ways is gone is tested with the reader of incidents.
      maySort: (values) =>
        (values['orderBy'] as string).startsWith('UPDATED') || 'filter.updatedAt' in values,
      orders: { 'filter.text': BY_OPENING, 'filter.externalKey': BY_OPENING },
      together: [
        { 'filter.status': ['OPEN'], 'filter.severity': ['CRITICAL'] },
        { 'filter.status': ['OPEN', 'ACKNOWLEDGED'], 'filter.service': ['service-1', 'service-2'] },
        { 'filter.service': ['service-1'], 'filter.openedAt': between(500, 900) },
        { 'filter.source': ['source-1'], 'filter.severity': ['CRITICAL', 'HIGH'] },
        { 'filter.text': 'odd', 'filter.openedAt': between(500, 900) },
        { 'filter.text': 'everywhere', 'filter.status': ['OPEN'] },
        { 'filter.externalKey': ['key-7'], 'filter.source': ['source-1'] },
      ],
    },
    {
      field: 'Query.staleIncidents',
      always: { hours: 1 },
      filters: { hours: [2], source: [['source-1'], ['source-1', 'source-2']] },
    },
  ],
};
