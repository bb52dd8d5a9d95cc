import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { idRange, planRecovery, workedUpTo } from '../../../src/domain/recovery.ts';
import type { RecoverableEvent, Recovery } from '../../../src/domain/recovery.ts';
import { DELIVERY_STATES } from '../../../src/domain/delivery.ts';
import { leastIdAt } from '../../../src/kernel/ids.ts';

const SINCE = new Date('2026-03-01T03:00:00.000Z');
const UNTIL = new Date('2026-03-01T04:00:00.000Z');
const NOW = new Date('2026-03-01T05:00:00.000Z');

function aRecovery(fields: Partial<Recovery> = {}): Recovery {
  return {
    id: 'recovery',
    endpointId: 'e',
    since: SINCE,
    until: UNTIL,
    states: ['DEAD'],
    missed: false,
    by: null,
    state: 'RUNNING',
    reason: null,
    cursor: idRange({ since: SINCE, until: UNTIL }).from,
    recovered: 0,
    added: 0,
    expired: 0,
    createdAt: NOW,
    completedAt: null,
    ...fields,
  };
}

function anEvent(id: string, recordedAt: Date): RecoverableEvent {
  return {
    id,
    type: 'INCIDENT_CREATED',
    incidentId: 'incident',
    sequence: 7,
    recordedAt,
    snapshot: { severity: 'HIGH', source: 'monitor', service: null },
    details: { changes: [] },
    bodyBytes: 2,
  };
}

const wanted = (): boolean => true;

describe('a recovery', () => {
  test('takes what was recorded from its start up to, not including, its end', () => {
    const times = [SINCE.getTime() - 1, SINCE.getTime(), UNTIL.getTime() - 1, UNTIL.getTime()];
    const events = times.map((time, index) => anEvent(`event-${index}`, new Date(time)));
    const deliveries = events.map(({ id }) => ({ id: `${id}:e`, eventId: id, state: 'DEAD' as const }));
    const step = planRecovery(aRecovery(), { events, deliveries, last: null }, wanted, NOW);
    expect(step).toEqual({ again: ['event-1:e', 'event-2:e'], missed: [], expired: 0 });
  });

  test('counts what cannot be sent again, since its event is no longer kept', () => {
    const deliveries = [{ id: 'gone:e', eventId: 'gone', state: 'DEAD' as const }];
    const step = planRecovery(aRecovery(), { events: [], deliveries, last: null }, wanted, NOW);
    expect(step).toEqual({ again: [], missed: [], expired: 1 });
  });

  test('never sends an event twice, nor one that is under way, nor one that the endpoint does not want', () => {
    const states = fc.subarray(['DEAD', 'DELIVERED', 'SUPERSEDED', 'CANCELLED'] as const);
    const event = fc.record({
      delivery: fc.option(fc.constantFrom(...DELIVERY_STATES), { nil: null }),
      inRange: fc.boolean(),
      isWanted: fc.boolean(),
    });
    fc.assert(
      fc.property(states, fc.boolean(), fc.array(event, { maxLength: 30 }), (chosen, missed, given) => {
        const events = given.map(({ inRange }, index) => anEvent(`${index}`, inRange ? SINCE : UNTIL));
        const deliveries = given.flatMap(({ delivery }, index) =>
          delivery === null ? [] : [{ id: `${index}:e`, eventId: `${index}`, state: delivery }],
        );
        const step = planRecovery(
          aRecovery({ states: chosen, missed }),
          { events, deliveries, last: null },
          ({ id }) => given[Number(id)]?.isWanted === true,
          NOW,
        );
        const handedOver = [...step.again, ...step.missed.map(({ id }) => id)];
        const expected = given.flatMap(({ delivery, inRange, isWanted }, index) => {
          const again = delivery !== null && (chosen as string[]).includes(delivery);
          return inRange && (again || (delivery === null && missed && isWanted)) ? [`${index}:e`] : [];
        });
        expect(handedOver.toSorted()).toEqual(expected.toSorted());
      }),
    );
  });

  test('makes a delivery for a missed event that is sent like any other, due at once', () => {
    const batch = { events: [anEvent('missed', SINCE)], deliveries: [], last: null };
    const { missed } = planRecovery(aRecovery({ missed: true }), batch, wanted, NOW);
    expect(missed).toMatchObject([
      {
        id: 'missed:e',
        eventId: 'missed',
        endpointId: 'e',
        incidentId: 'incident',
        sequence: 7,
        priority: 1,
        state: 'WAITING',
        dueAt: NOW,
        completedAt: null,
      },
    ]);
  });

  test('looks at every id that an event recorded in the range can have', () => {
    const { from, to } = idRange({ since: SINCE, until: UNTIL });
    // An event's id is made a little before it is committed.
    expect(leastIdAt(new Date(SINCE.getTime() - 5_000)) > from).toBe(true);
    expect(leastIdAt(new Date(UNTIL.getTime() + 5_000)) < to).toBe(true);
  });

  test('tells up to which time it has come, never outside of its range', () => {
    const at = (time: Date): Date => workedUpTo(aRecovery({ cursor: `${leastIdAt(time)}-7000-8000-0000` }));
    const middle = new Date('2026-03-01T03:30:00.000Z');
    expect(workedUpTo(aRecovery())).toEqual(SINCE);
    expect(at(middle)).toEqual(middle);
    expect(at(NOW)).toEqual(UNTIL);
    expect(workedUpTo(aRecovery({ state: 'DONE' }))).toEqual(UNTIL);
  });
});
