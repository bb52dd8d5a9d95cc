import { describe, expect, test } from 'vitest';
import type { Delivery } from '../../../src/domain/delivery.ts';
import type { ExplainInput } from '../../../src/domain/delivery-explanation.ts';
import { newHealth } from '../../../src/domain/endpoint-health.ts';
import { explainDelivery } from '../../../src/domain/explain-delivery.ts';
import { judgeEndpoint } from '../../../src/domain/judge-endpoint.ts';

const NOW = new Date('2026-03-01T03:00:00.000Z');
const later = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1000);

const EVENT: NonNullable<ExplainInput['event']> = {
  id: 'event',
  type: 'INCIDENT_UPDATED',
  incidentId: 'incident',
  sequence: 12,
  recordedAt: later(-60),
  snapshot: { severity: 'LOW', source: 'monitor', service: 'checkout' },
  details: { changes: [] },
};
const ENDPOINT = judgeEndpoint({
  id: 'e',
  url: 'https://receiver.example/',
  secret: 'secret',
  sealedSecret: null,
  events: 'incident.updated',
  isActive: true,
  description: null,
  createdAt: null,
  updatedAt: null,
});

function aDelivery(fields: Partial<Delivery> = {}): Delivery {
  return {
    id: 'event:e',
    eventId: 'event',
    eventType: 'INCIDENT_UPDATED',
    endpointId: 'e',
    incidentId: 'incident',
    sequence: 12,
    previousSequence: null,
    priority: 0,
    bodyBytes: 2,
    state: 'PENDING',
    dueAt: NOW,
    attemptCount: 0,
    attempts: [],
    createdAt: NOW,
    completedAt: null,
    ...fields,
  };
}

const FAILED = {
  at: later(-30),
  durationMs: 5,
  outcome: 'FAILED',
  status: 500,
  error: 'answered 500',
  responseBody: '',
} as const;

function explain(input: Partial<ExplainInput>): ReturnType<typeof explainDelivery> {
  return explainDelivery({
    eventId: 'event',
    endpointId: 'e',
    event: EVENT,
    endpoint: ENDPOINT,
    delivery: null,
    laneHead: null,
    health: null,
    now: NOW,
    ...input,
  });
}

describe('why was it (not) sent', () => {
  test('what has ended says how, and what a person can do', () => {
    const delivered = aDelivery({
      state: 'DELIVERED',
      attemptCount: 2,
      attempts: [FAILED, { ...FAILED, at: NOW, outcome: 'DELIVERED', status: 204, error: null }],
    });
    expect(explain({ delivery: delivered })).toMatchObject({
      verdict: 'DELIVERED',
      deliveryId: 'event:e',
      nextAttemptAt: null,
      sentence: 'It was delivered at 2026-03-01T03:00:00.000Z, answered 204, after 2 attempts.',
    });
    const dead = explain({ delivery: aDelivery({ state: 'DEAD', attemptCount: 10, attempts: [FAILED] }) });
    expect(dead.verdict).toBe('DEAD');
    expect(dead.sentence).toMatch(/10 attempts.*answered 500.*redeliver/);
    expect(explain({ delivery: aDelivery({ state: 'SUPERSEDED', supersededBy: 'newer:e' }) })).toMatchObject({
      verdict: 'SUPERSEDED',
      supersededBy: 'newer:e',
      sentence: expect.stringContaining('newer:e'),
    });
    expect(explain({ delivery: aDelivery({ state: 'CANCELLED', completedAt: NOW }) })).toMatchObject({
      verdict: 'CANCELLED',
      sentence: expect.stringContaining('without an attempt'),
    });
  });

  test('what is next in its lane says when it is tried, and how it went before', () => {
    expect(explain({ delivery: aDelivery() })).toMatchObject({ verdict: 'WILL_BE_SENT', nextAttemptAt: NOW });
    const waiting = aDelivery({
      state: 'WAITING',
      dueAt: later(30),
      attemptCount: 1,
      attempts: [FAILED],
      redelivery: { at: later(-90), by: 'ops', attemptsBefore: 0 },
    });
    expect(explain({ delivery: waiting })).toMatchObject({
      verdict: 'WILL_BE_SENT',
      nextAttemptAt: later(30),
      sentence:
        'It was sent again by ops at 2026-03-01T02:58:30.000Z. It had 1 attempt, the last at 2026-03-01T02:59:30.000Z: answered 500; the next attempt is at 2026-03-01T03:00:30.000Z.',
    });
  });

  test('what waits behind another of its lane names that one', () => {
    const laneHead = {
      id: 'older:e',
      eventType: 'INCIDENT_CREATED',
      sequence: 5,
      state: 'WAITING',
      dueAt: later(30),
    } as const;
    expect(explain({ delivery: aDelivery(), laneHead })).toMatchObject({
      verdict: 'WAITS_FOR_LANE',
      waitsBehind: 'older:e',
      nextAttemptAt: later(30),
      sentence: expect.stringContaining('number 5'),
    });
  });

  test('what waits for its endpoint says why and until when; the health of an earlier address does not count', () => {
    const health = {
      ...newHealth('e', ENDPOINT.url, NOW),
      state: 'THROTTLED' as const,
      reason: 'answered 429',
      consecutiveFailures: 1,
      circuit: { openedAt: NOW, retryAt: later(120), probes: 0, asked: true },
    };
    const throttled = explain({ delivery: aDelivery(), health });
    expect(throttled).toMatchObject({ verdict: 'WAITS_FOR_ENDPOINT', nextAttemptAt: later(120) });
    expect(throttled.sentence).toMatch(/asked for a pause \(answered 429\).*03:02:00/);
    const failing = { ...health, consecutiveFailures: 6, circuit: { ...health.circuit, asked: false } };
    expect(explain({ delivery: aDelivery(), health: failing }).sentence).toContain('failed 6 times in a row');
    expect(
      explain({ delivery: aDelivery(), health: { ...health, url: 'https://old.example/' } }).verdict,
    ).toBe('WILL_BE_SENT');
  });

  test('what an endpoint that is paused, off or gone does to open ones', () => {
    const paused = { ...ENDPOINT, state: 'PAUSED' as const, pausedAt: later(-10) };
    expect(explain({ delivery: aDelivery(), endpoint: paused })).toMatchObject({
      verdict: 'PAUSED',
      sentence: expect.stringContaining('since 2026-03-01T02:59:50.000Z'),
    });
    const off = { ...ENDPOINT, state: 'INACTIVE' as const };
    expect(explain({ delivery: aDelivery(), endpoint: off }).verdict).toBe('CANCELLED');
    expect(explain({ delivery: aDelivery(), endpoint: null })).toMatchObject({
      verdict: 'CANCELLED',
      sentence: 'It is about to be cancelled: the endpoint was removed.',
    });
  });

  test('without a delivery: what is not known or not numbered', () => {
    expect(explain({ event: null })).toMatchObject({ verdict: 'UNKNOWN_EVENT', deliveryId: null });
    expect(explain({ endpoint: null }).verdict).toBe('UNKNOWN_ENDPOINT');
    expect(explain({ event: { ...EVENT, sequence: undefined } }).verdict).toBe('NOT_NUMBERED_YET');
    const young = { ...ENDPOINT, createdAt: NOW };
    expect(explain({ endpoint: young })).toMatchObject({
      verdict: 'NOT_REGISTERED_THEN',
      sentence: expect.stringContaining('registered at 2026-03-01T03:00:00.000Z'),
    });
    expect(explain({})).toMatchObject({
      verdict: 'NOT_REGISTERED_THEN',
      filteredBy: null,
      sentence: expect.stringContaining('recoverDeliveries'),
    });
  });

  test.each([
    ['TYPE', { events: ['INCIDENT_CREATED'] }, 'wants incident.created; this is incident.updated'],
    ['SEVERITY', { minSeverity: 'HIGH' }, 'severity was LOW; the endpoint wants HIGH and worse'],
    ['SOURCE', { sources: ['other'] }, 'source was "monitor"; the endpoint wants "other"'],
    [
      'SERVICE',
      { services: ['search', 'mail'] },
      'service was "checkout"; the endpoint wants "search", "mail"',
    ],
    ['INACTIVE', { state: 'INACTIVE' }, 'switched off'],
    ['DISABLED', { state: 'DISABLED', disabledReason: 'GONE', disabledAt: NOW }, 'answered 410 Gone'],
    ['INVALID', { state: 'INVALID', invalidReason: 'url is missing' }, 'url is missing'],
  ] as const)('without a delivery: filtered by %s', (filteredBy, fields, words) => {
    const answer = explain({ endpoint: { ...ENDPOINT, ...fields } });
    expect(answer).toMatchObject({ verdict: 'FILTERED', filteredBy });
    expect(answer.sentence).toContain(words);
  });

  test('an endpoint is not told of its own failing', () => {
    expect(explain({ event: { ...EVENT, notFor: 'e' } })).toMatchObject({
      verdict: 'FILTERED',
      filteredBy: 'OWN_FAILURE',
    });
  });

  test('a filter tells more than that the endpoint is off now', () => {
    const endpoint = { ...ENDPOINT, state: 'INACTIVE' as const, minSeverity: 'CRITICAL' as const };
    expect(explain({ endpoint }).filteredBy).toBe('SEVERITY');
  });

  test('foreign words are shown short and well-formed', () => {
    const service = `${'x'.repeat(500)}\ud800`;
    const event = { ...EVENT, snapshot: { ...EVENT.snapshot, service } };
    const { sentence } = explain({ event, endpoint: { ...ENDPOINT, services: ['search'] } });
    expect(sentence.length).toBeLessThan(400);
    expect(explain({ event: null, eventId: '\ud800' }).sentence).not.toMatch(/\p{Surrogate}/u);
  });
});
