import { expect, test } from 'vitest';
import type { JsonValue } from '../../../src/kernel/canonical-json.ts';
import { openDatabaseIntake } from '../../support/intake-over-database.ts';
import { readFixture } from '../../support/inbound-fixture.ts';
import { openTestDatabase } from '../../support/test-database.ts';

/** All orders of 0, 1, 2, 3. */
const ORDERS = [0, 1, 2, 3].flatMap((a) =>
  [0, 1, 2, 3].flatMap((b) =>
    [0, 1, 2, 3].flatMap((c) => {
      const order = [a, b, c, 6 - a - b - c];
      return new Set([a, b, c]).size === 3 ? [order] : [];
    }),
  ),
);

const v3 = (id: string, type: string, second: number): JsonValue => ({
  event: {
    id,
    event_type: `incident.${type}`,
    occurred_at: `2026-03-06T08:00:${String(second).padStart(2, '0')}Z`,
    data: { id: 'P1', type: 'incident', title: `Down, says ${id}`, urgency: 'high' },
  },
});
const guide = (type: string, title: string): JsonValue => ({
  messages: [{ event: `incident.${type}`, incident: { id: 'P1', title, urgency: 'high' } }],
});

const FORMS: [string, JsonValue[]][] = [
  [
    'V3',
    [v3('a', 'triggered', 1), v3('b', 'acknowledged', 2), v3('c', 'resolved', 9), v3('d', 'triggered', 5)],
  ],
  [
    'the guide, which has no times',
    [
      guide('triggered', 'Down'),
      guide('acknowledged', 'Down'),
      guide('resolved', 'Down'),
      guide('triggered', 'Still down'),
    ],
  ],
];

/** What differs from one run to the next in any order. */
const OF_ARRIVAL = new Set(['id', 'createdAt', 'updatedAt', 'lastSeenAt']);
/** Where the sender gives no times, those of receipt are shown. */
const TIMES = new Set(['openedAt', 'acknowledgedAt', 'resolvedAt', 'occurredAt']);

test.each(FORMS)(
  'trigger, acknowledge, resolve and a second trigger end in the same incident in all 24 orders: %s',
  { timeout: 60_000 },
  async (form, bodies) => {
    const fixture = readFixture('pagerduty-guide-triggered');
    const intake = await openDatabaseIntake(await openTestDatabase());
    const isShown = ([field]: [string, unknown]) =>
      !OF_ARRIVAL.has(field) && (form === 'V3' || !TIMES.has(field));
    const ends = new Set<string>();
    for (const order of ORDERS) {
      await intake.clear();
      for (const index of order) {
        const reply = await intake.deliver(fixture, Buffer.from(JSON.stringify(bodies[index])));
        expect(reply.status).toBe(200);
      }
      const incidents = (await intake.incidents()).map((incident) =>
        Object.entries(incident).filter(isShown),
      );
      const entries = (await intake.timeline()).map((entry) =>
        JSON.stringify(Object.entries(entry).filter(isShown)),
      );
      ends.add(JSON.stringify([incidents, entries.toSorted()]));
    }
    expect(ORDERS).toHaveLength(24);
    expect([...ends]).toHaveLength(1);
    expect([...ends][0]).toContain('["status","RESOLVED"]');
  },
);
