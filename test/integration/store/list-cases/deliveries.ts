import type { Delivery, DeliveryState } from '../../../../src/domain/delivery.ts';
import { deliveryModel, toDeliveryRow } from '../../../../src/store/delivery-row.ts';
import { eventModel } from '../../../../src/store/event-row.ts';
import { webhookEndpointModel } from '../../../../src/store/webhook-endpoint-row.ts';
import { eventRow } from './events.ts';
import { anyOf, at, between, idAt, times } from './list-case.ts';
import type { ListCases } from './list-case.ts';

const ENDPOINTS = 60;
const BUSY = 'endpoint-00';
const STATES: DeliveryState[] = ['PENDING', 'WAITING', 'DEAD', 'SUPERSEDED', 'CANCELLED'];
const WIDE = idAt(50);

/** Those that are open change with every push: their indexes are for pushing. */
const isOfOpen =
  (path: string) =>
  (values: Readonly<Record<string, unknown>>): boolean =>
    String(values[path]).includes('ING');

const endpointId = (n: number): string => `endpoint-${String(n % ENDPOINTS).padStart(2, '0')}`;

function delivery(event: number, endpoint: string, n: number): Delivery {
  const state = n % 20 === 0 ? (STATES[(n / 20) % STATES.length] ?? 'DEAD') : 'DELIVERED';
  return {
    id: `${idAt(event)}:${endpoint}`,
    eventId: idAt(event),
    eventType: event % 3 === 0 ? 'INCIDENT_CREATED' : 'INCIDENT_UPDATED',
    endpointId: endpoint,
    incidentId: `incident-${event % 40}`,
    sequence: event + 1,
    previousSequence: null,
    priority: 1,
    bodyBytes: 100,
    state,
    dueAt: at(event),
    attemptCount: 1,
    attempts: [
      {
        at: at(event),
        durationMs: n,
        outcome: 'FAILED',
        status: 500,
        error: 'answered 500',
        responseBody: `${n}`,
      },
    ],
    createdAt: at(event),
    completedAt: state === 'PENDING' || state === 'WAITING' ? null : new Date(),
    supersedes: [n],
    ...(state === 'SUPERSEDED' && { supersededBy: `${idAt(event + 1)}:${endpoint}` }),
  };
}

/** One endpoint gets everything, the others a little; one event goes to all. */
export const deliveries: ListCases = {
  async insert(connection, count = 2_000) {
    await webhookEndpointModel(connection).collection.insertMany(
      times(ENDPOINTS, (n) => ({
        _id: endpointId(n),
        url: `https://receiver-${n}.example/hook`,
        secret: 'of the guide',
        events: n % 2 === 0 ? 'incident.created' : 'incident.updated,evidence.added',
        is_active: n % 10 !== 3,
      })) as never,
    );
    await eventModel(connection).collection.insertMany([
      eventRow(9_999, { id: WIDE, incidentId: 'incident-of-deliveries' }),
    ] as never);
    const rows = [
      ...times(count, (n) => delivery(n, BUSY, n)),
      ...times(count / 2, (n) => delivery(n * 2 + 1, endpointId(1 + (n % (ENDPOINTS - 1))), n)),
      ...times(ENDPOINTS, (n) => delivery(50, `wide-${endpointId(n)}`, n)),
    ];
    await deliveryModel(connection).collection.insertMany(rows.map(toDeliveryRow) as never);
  },
  cases: [
    {
      field: 'Query.deliveries',
      filters: {
        'filter.endpointId': [BUSY],
        'filter.eventId': [WIDE],
        'filter.state': [
          ['DEAD'],
          ['DEAD', 'CANCELLED'],
          ['PENDING', 'WAITING'],
          ['DELIVERED'],
          ['DEAD', 'PENDING'],
        ],
        'filter.eventType': [['INCIDENT_CREATED'], ['INCIDENT_CREATED', 'INCIDENT_UPDATED']],
        'filter.eventMadeAt': [between(500, 900), between(40, 80), { from: at(1_900).toISOString() }],
      },
      passesOver: anyOf('filter.eventType'),
      maySort: isOfOpen('filter.state'),
      together: [
        { 'filter.endpointId': BUSY, 'filter.state': ['DEAD', 'SUPERSEDED'] },
        { 'filter.endpointId': BUSY, 'filter.state': ['PENDING'] },
        { 'filter.endpointId': BUSY, 'filter.state': ['DELIVERED'], 'filter.eventMadeAt': between(500, 900) },
        { 'filter.endpointId': BUSY, 'filter.eventType': ['INCIDENT_CREATED'] },
        { 'filter.state': ['DEAD'], 'filter.eventMadeAt': between(500, 900) },
        { 'filter.state': ['DEAD'], 'filter.eventType': ['INCIDENT_UPDATED'] },
      ],
    },
    {
      field: 'WebhookEndpoint.deliveries',
      around: (list) => `{ webhookEndpoint(id: "${BUSY}") { ${list} } }`,
      filters: {
        state: [['DEAD'], ['DEAD', 'CANCELLED'], ['PENDING', 'WAITING'], ['DELIVERED']],
        eventType: [['INCIDENT_CREATED']],
      },
      passesOver: anyOf('eventType'),
      maySort: isOfOpen('state'),
      together: [{ state: ['DEAD'], eventType: ['INCIDENT_CREATED'] }],
    },
    {
      field: 'Event.deliveries',
      around: (list) => `{ event(id: "${WIDE}") { ${list} } }`,
      filters: { state: [['DEAD'], ['PENDING', 'WAITING'], ['DELIVERED']] },
    },
    {
      field: 'Query.webhookEndpoints',
      filters: {
        'filter.state': [['ACTIVE'], ['INACTIVE', 'INVALID']],
        'filter.events': [['INCIDENT_CREATED']],
        'filter.text': ['receiver-1'],
      },
      together: [{ 'filter.state': ['ACTIVE'], 'filter.text': 'receiver-1' }],
    },
  ],
};
