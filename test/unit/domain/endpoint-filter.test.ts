import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eventTraits, matchEndpoint } from '../../../src/domain/endpoint-filter.ts';
import type { EventTraits, FilteringEndpoint } from '../../../src/domain/endpoint-filter.ts';
import { EVENT_TYPES } from '../../../src/domain/event.ts';
import { fanOut, receiversOf } from '../../../src/domain/fan-out.ts';
import { SEVERITIES } from '../../../src/domain/incident.ts';
import { ENDPOINT_STATES } from '../../../src/domain/webhook-endpoint.ts';

const endpoint: FilteringEndpoint = {
  id: 'endpoint',
  events: ['INCIDENT_CREATED', 'INCIDENT_UPDATED'],
  state: 'ACTIVE',
  minSeverity: 'HIGH',
  sources: ['monitor', 'pager'],
  services: ['checkout'],
};
const now = { severity: 'HIGH', source: 'monitor', service: 'checkout' } as const;
const event: EventTraits = { type: 'INCIDENT_CREATED', now, before: null, notFor: null };

describe('an endpoint', () => {
  test.each<[string, Partial<FilteringEndpoint>, Partial<EventTraits>, string | null]>([
    ['what it asked for', {}, {}, null],
    ['worse than it asked for', {}, { now: { ...now, severity: 'CRITICAL' } }, null],
    ['anything where it has no filters', { minSeverity: null, sources: [], services: [] }, {}, null],
    ['what is fanned out while it is paused', { state: 'PAUSED' }, {}, null],
    ['nothing while inactive', { state: 'INACTIVE' }, {}, 'INACTIVE'],
    ['nothing while disabled', { state: 'DISABLED' }, {}, 'DISABLED'],
    ['nothing while invalid', { state: 'INVALID' }, {}, 'INVALID'],
    ['no other type', {}, { type: 'EVIDENCE_ADDED' }, 'TYPE'],
    ['nothing of its own failing', {}, { notFor: 'endpoint' }, 'OWN_FAILURE'],
    ["another one's failing", {}, { notFor: 'other' }, null],
    ['nothing below its severity', {}, { now: { ...now, severity: 'MEDIUM' } }, 'SEVERITY'],
    ['no other source', {}, { now: { ...now, source: 'github' } }, 'SOURCE'],
    ['no other service', {}, { now: { ...now, service: 'cart' } }, 'SERVICE'],
    ['no incident without a service', {}, { now: { ...now, service: null } }, 'SERVICE'],
    ['a lowering from its severity', {}, { now: { ...now, severity: 'INFO' }, before: now }, null],
    ['a raising to its severity', {}, { before: { ...now, severity: 'INFO' } }, null],
    [
      'no change below its severity',
      {},
      { now: { ...now, severity: 'LOW' }, before: { ...now, severity: 'MEDIUM' } },
      'SEVERITY',
    ],
    ['a move to another service', {}, { now: { ...now, service: 'cart' }, before: now }, null],
    [
      'no incident that was for it neither before nor after',
      {},
      { now: { ...now, service: 'cart' }, before: { ...now, severity: 'LOW' } },
      'SERVICE',
    ],
  ])('gets %s', (_what, over, changed, by) => {
    expect(matchEndpoint({ ...endpoint, ...over }, { ...event, ...changed })).toEqual(
      by === null ? { matched: true } : { matched: false, by },
    );
  });
});

test('what a stored event says of before is read from its changes', () => {
  const details = {
    changes: [
      { field: 'severity', from: 'critical', to: 'high' },
      { field: 'service', from: null, to: 'checkout' },
      { field: 'title', from: 'a', to: 'b' },
    ],
  };
  expect(eventTraits({ type: 'INCIDENT_UPDATED', snapshot: now, details, notFor: 'x' })).toEqual({
    type: 'INCIDENT_UPDATED',
    now,
    before: { severity: 'CRITICAL', source: 'monitor', service: null },
    notFor: 'x',
  });
  const quiet = { changes: [{ field: 'status', from: 'open', to: 'resolved' }] };
  expect(eventTraits({ type: 'INCIDENT_UPDATED', snapshot: now, details: quiet })).toMatchObject({
    before: null,
    notFor: null,
  });
});

test('fan-out and the explanation never disagree', () => {
  const traits = fc.record({
    severity: fc.constantFrom(...SEVERITIES),
    source: fc.constantFrom('monitor', 'pager'),
    service: fc.constantFrom(null, 'checkout', 'cart'),
  });
  const anyEvent = fc.record({
    type: fc.constantFrom(...EVENT_TYPES),
    now: traits,
    before: fc.option(traits),
    notFor: fc.constantFrom(null, 'endpoint-0', 'endpoint-1'),
    resolves: fc.boolean(),
  });
  const anyEndpoint = fc.record({
    events: fc.subarray([...EVENT_TYPES]),
    state: fc.constantFrom(...ENDPOINT_STATES),
    minSeverity: fc.option(fc.constantFrom(...SEVERITIES)),
    sources: fc.subarray(['monitor', 'pager']),
    services: fc.subarray(['checkout', 'cart']),
  });
  fc.assert(
    fc.property(
      fc.array(anyEvent, { maxLength: 6 }),
      fc.array(anyEndpoint, { maxLength: 4 }),
      (events, endpoints) => {
        const pending = events.map((made, index) => {
          return { ...made, id: `event-${index}`, incidentId: 'incident', bodyBytes: 1 };
        });
        const receiving = endpoints.map((made, index) => ({ ...made, id: `endpoint-${index}` }));
        const plan = fanOut({
          events: pending,
          receivers: receiversOf(receiving),
          head: 0,
          lastSequences: new Map(),
          now: new Date(0),
        });
        const expected = pending.flatMap((made) =>
          receiving.filter((one) => matchEndpoint(one, made).matched).map((one) => `${made.id}:${one.id}`),
        );
        expect(plan.deliveries.map(({ id }) => id)).toEqual(expected);
      },
    ),
  );
});
