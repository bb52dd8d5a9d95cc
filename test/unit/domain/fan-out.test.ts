import { describe, expect, it } from 'vitest';
import { eventsPerTransaction, fanOut, receiversOf } from '../../../src/domain/fan-out.ts';
import type { PendingEvent } from '../../../src/domain/fan-out.ts';
import type { FilteringEndpoint } from '../../../src/domain/endpoint-filter.ts';
import { EVENT_TYPES } from '../../../src/domain/event.ts';
import type { EventType } from '../../../src/domain/event.ts';
import type { EndpointState } from '../../../src/domain/webhook-endpoint.ts';

const now = new Date('2026-01-01T00:00:00Z');

function pending(id: string, type: EventType = 'INCIDENT_CREATED'): PendingEvent {
  const now = { severity: 'CRITICAL', source: 'monitor', service: 'checkout' } as const;
  const quiet = { before: null, notFor: null, resolves: false };
  return { id, type, incidentId: 'incident', bodyBytes: 300, now, ...quiet };
}

function endpoint(
  id: string,
  events: readonly EventType[] = EVENT_TYPES,
  state: EndpointState = 'ACTIVE',
): FilteringEndpoint {
  return { id, events, state, minSeverity: null, sources: [], services: [] };
}

function plan(events: PendingEvent[], endpoints: FilteringEndpoint[], last: [string, number][] = []) {
  const receivers = receiversOf(endpoints);
  return fanOut({ events, receivers, head: 10, lastSequences: new Map(last), now });
}

describe('fanOut', () => {
  it('numbers events in the given order, without a gap, from behind the head', () => {
    const { numbers, head } = plan([pending('a'), pending('b'), pending('c')], []);
    expect(numbers).toEqual([
      { id: 'a', sequence: 11 },
      { id: 'b', sequence: 12 },
      { id: 'c', sequence: 13 },
    ]);
    expect(head).toBe(13);
  });

  it('makes one open delivery, due at once, for each endpoint that wants the type', () => {
    const { deliveries } = plan(
      [pending('a')],
      [endpoint('one'), endpoint('two', ['INCIDENT_CREATED']), endpoint('other', ['EVIDENCE_ADDED'])],
    );
    expect(deliveries.map(({ id }) => id)).toEqual(['a:one', 'a:two']);
    expect(deliveries[0]).toEqual({
      id: 'a:one',
      eventId: 'a',
      eventType: 'INCIDENT_CREATED',
      endpointId: 'one',
      incidentId: 'incident',
      sequence: 11,
      previousSequence: null,
      priority: 0,
      bodyBytes: 300,
      state: 'PENDING',
      dueAt: now,
      attemptCount: 0,
      attempts: [],
      createdAt: now,
      completedAt: null,
    });
  });

  it.each([
    ['CRITICAL', 0],
    ['HIGH', 1],
    ['MEDIUM', 2],
    ['LOW', 3],
    ['INFO', 4],
  ] as const)('gives events of a %s incident the priority %i', (severity, priority) => {
    const event = pending('a');
    const { deliveries } = plan([{ ...event, now: { ...event.now, severity } }], [endpoint('one')]);
    expect(deliveries).toMatchObject([{ priority }]);
  });

  it.each([
    ['INCIDENT_UPDATED', false, true],
    ['INCIDENT_UPDATED', true, undefined],
    ['INCIDENT_CREATED', false, undefined],
    ['TIMELINE_UPDATED', false, undefined],
    ['EVIDENCE_ADDED', false, undefined],
    ['HYPOTHESIS_GENERATED', false, undefined],
  ] as const)('says of %s, resolving %s, that a newer one makes it needless: %s', (type, resolves, is) => {
    const { deliveries } = plan([{ ...pending('a', type), resolves }], [endpoint('one')]);
    expect(deliveries.map(({ collapsible }) => collapsible)).toEqual([is]);
  });

  it('passes over what is not for an endpoint, which numbers before it follow from', () => {
    const event = pending('b');
    const { deliveries, lastSequences } = plan(
      [
        pending('a'),
        { ...event, now: { ...event.now, severity: 'LOW' } },
        { ...pending('c'), notFor: 'high' },
        pending('d'),
      ],
      [{ ...endpoint('high'), minSeverity: 'HIGH' }, endpoint('all'), { ...endpoint('no'), services: ['x'] }],
      [['no', 3]],
    );
    const chain = (id: string) =>
      deliveries
        .filter(({ endpointId }) => endpointId === id)
        .map(({ previousSequence, sequence }) => [previousSequence, sequence]);
    expect(chain('high')).toEqual([
      [null, 11],
      [11, 14],
    ]);
    expect(chain('all')).toHaveLength(4);
    expect(chain('no')).toEqual([]);
    expect([...lastSequences.keys()]).toEqual(['high', 'all']);
  });

  it('makes none for an endpoint that is inactive or invalid', () => {
    const { deliveries } = plan(
      [pending('a')],
      [endpoint('off', EVENT_TYPES, 'INACTIVE'), endpoint('bad', EVENT_TYPES, 'INVALID')],
    );
    expect(deliveries).toEqual([]);
  });

  it('tells each endpoint which event was the last one for it, across batches and skipped types', () => {
    const { deliveries, lastSequences } = plan(
      [pending('a'), pending('b', 'EVIDENCE_ADDED'), pending('c')],
      [endpoint('all'), endpoint('created', ['INCIDENT_CREATED']), endpoint('none', ['TIMELINE_UPDATED'])],
      [
        ['all', 7],
        ['none', 3],
      ],
    );
    const chain = (id: string) =>
      deliveries
        .filter(({ endpointId }) => endpointId === id)
        .map(({ sequence, previousSequence }) => [previousSequence, sequence]);
    expect(chain('all')).toEqual([
      [7, 11],
      [11, 12],
      [12, 13],
    ]);
    expect(chain('created')).toEqual([
      [null, 11],
      [11, 13],
    ]);
    expect(lastSequences).toEqual(
      new Map([
        ['all', 13],
        ['created', 13],
      ]),
    );
  });
});

describe('eventsPerTransaction', () => {
  const endpoints = (count: number, events?: readonly EventType[]) =>
    Array.from({ length: count }, (_, index) => endpoint(`e${index}`, events));

  it('keeps events and deliveries below 5,000, whatever the number of endpoints', () => {
    for (const count of [0, 1, 4, 10, 100, 999, 1000]) {
      const events = eventsPerTransaction(receiversOf(endpoints(count)));
      expect(events * (1 + count)).toBeLessThan(5000);
      expect(events).toBeGreaterThanOrEqual(1);
    }
  });

  it('takes 1,000 events at a time where few endpoints listen', () => {
    expect(eventsPerTransaction(receiversOf([]))).toBe(1000);
    expect(eventsPerTransaction(receiversOf(endpoints(3)))).toBe(1000);
  });

  it('counts only the endpoints that may get the same event', () => {
    const mixed = [...endpoints(9, ['INCIDENT_CREATED']), ...endpoints(9, ['EVIDENCE_ADDED'])];
    expect(eventsPerTransaction(receiversOf(mixed))).toBe(499);
  });

  it('never stops, even with more endpoints than may exist', () => {
    expect(eventsPerTransaction(receiversOf(endpoints(9000)))).toBe(1);
  });
});
