import { expect, test } from 'vitest';
import { canonicalJson } from '../../../src/kernel/canonical-json.ts';
import type { JsonValue } from '../../../src/kernel/canonical-json.ts';
import { EVENT_TYPES } from '../../../src/domain/event.ts';
import { toWireName } from '../../../src/domain/event-wire-name.ts';
import { testDelivery } from '../../../src/domain/sample-event.ts';

const NOW = new Date('2026-03-01T03:00:00.000Z');

test.each(EVENT_TYPES)(
  'a test event of %s is a body like that of any other, and says that it is a test',
  (type) => {
    const { testBody = '', ...delivery } = testDelivery({ id: 'one', endpointId: 'e', type, now: NOW });
    const body = JSON.parse(testBody) as { event: string; timestamp: string; data: Record<string, unknown> };
    expect(Object.keys(body).sort()).toEqual(['data', 'event', 'timestamp']);
    expect(body).toMatchObject({ event: toWireName(type), timestamp: NOW.toISOString() });
    expect(body.data).toMatchObject({ test: true, severity: 'info', status: 'open' });
    expect(Object.keys(body.data)).toEqual(
      expect.arrayContaining(['incident_id', 'title', 'description', 'severity', 'status', 'created_at']),
    );
    expect(canonicalJson(body as unknown as JsonValue)).toBe(testBody);
    expect(delivery).toMatchObject({ eventType: type, bodyBytes: Buffer.byteLength(testBody) });
  },
);

test('a test event has its own id and lane, no number, and is due at once whatever its sender has read', () => {
  const delivery = testDelivery({ id: 'one', endpointId: 'e', type: 'INCIDENT_CREATED', now: NOW });
  expect(delivery).toMatchObject({
    id: 'test_one:e',
    eventId: 'test_one',
    incidentId: 'test_one:e',
    sequence: 0,
    previousSequence: null,
    state: 'WAITING',
    dueAt: NOW,
  });
});
