import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Signal } from '../../../src/domain/signal.ts';
import {
  createMemoryFold,
  foldAll,
  MINUTE,
  minute,
  permutations,
  signal,
} from '../../support/memory-fold.ts';

describe('an incident with a provider id', () => {
  const history = [
    signal('TRIGGER', minute(0)),
    signal('ACKNOWLEDGE', minute(3), { actor: 'Ines' }),
    signal('RESOLVE', minute(9)),
    signal('TRIGGER', minute(5), { tie: 'sent again' }),
  ];

  test('comes out the same for all 24 orders of arrival', async () => {
    const inOrder = await foldAll(history);
    expect(inOrder).toHaveLength(1);
    expect(inOrder[0]).toMatchObject({
      status: 'RESOLVED',
      openedAt: minute(0),
      acknowledgedAt: minute(3),
      resolvedAt: minute(9),
      timeline: [{ kind: 'OPENED' }, { kind: 'ACKNOWLEDGED' }, { kind: 'RESOLVED' }],
    });
    for (const order of permutations(history)) expect(await foldAll(order)).toEqual(inOrder);
  });

  test('comes out the same for all 24 orders when no signal carries a time', async () => {
    const timeless = history.map((one) => ({ ...one, occurredAt: null, tie: one.kind }));
    for (const order of permutations(timeless)) {
      const [incident, ...others] = await foldAll(order);
      expect(others).toEqual([]);
      expect(incident).toMatchObject({ status: 'RESOLVED' });
      expect(incident?.timeline.map(({ kind }) => kind).toSorted()).toEqual([
        'ACKNOWLEDGED',
        'OPENED',
        'RESOLVED',
      ]);
    }
  });

  test('comes out the same for any permutation and repetition of any history', async () => {
    const kinds = fc.constantFrom(
      'TRIGGER',
      'ACKNOWLEDGE',
      'UNACKNOWLEDGE',
      'RESOLVE',
      'REOPEN',
      'NOTE',
      'UPDATE',
    );
    const some = fc.record({
      kind: kinds,
      at: fc.integer({ min: 0, max: 12 }),
      severity: fc.constantFrom('HIGH', 'LOW', undefined),
    });
    const histories = fc.array(some, { minLength: 1, maxLength: 8 }).map((drawn) =>
      drawn.map(({ kind, at, severity }, index) =>
        signal(kind as Signal['kind'], minute(at), {
          tie: `${index}`,
          text: `${kind} ${index}`,
          ...(severity === undefined
            ? {}
            : { fields: { title: `title ${index}`, severity: severity as 'HIGH' } }),
        }),
      ),
    );
    const shuffled = histories.chain((list) =>
      fc.tuple(
        fc.constant(list),
        fc
          .shuffledSubarray(list, { minLength: list.length })
          .chain((order) =>
            fc.array(fc.constantFrom(...list), { maxLength: 4 }).map((again) => [...order, ...again]),
          ),
      ),
    );
    await fc.assert(
      fc.asyncProperty(shuffled, async ([list, order]) => {
        expect(await foldAll(order)).toEqual(await foldAll(list));
      }),
      { numRuns: 300 },
    );
  });

  test('is born resolved where the resolve came first, by one event', async () => {
    const fold = createMemoryFold();
    const unmet = await fold.receive(signal('RESOLVE', minute(9)));
    expect(unmet).toMatchObject({ outcome: 'APPLIED', incidentIds: [] });
    expect(unmet.warnings).toHaveLength(1);
    await fold.receive(signal('TRIGGER', minute(0)));
    expect(fold.incidents().map(({ incident }) => incident.status)).toEqual(['RESOLVED']);
    expect(fold.events.map(({ type }) => type)).toEqual(['INCIDENT_CREATED']);
  });

  test('is not born resolved by a stray of more than 7 days ago', async () => {
    for (const [days, status] of [
      [6.9, 'RESOLVED'],
      [7.1, 'OPEN'],
    ] as const) {
      const fold = createMemoryFold();
      await fold.receive(signal('RESOLVE', null));
      fold.clock.now = new Date(fold.clock.now.getTime() + days * 24 * 60 * MINUTE);
      await fold.receive(signal('TRIGGER', null));
      expect(fold.incidents().map(({ incident }) => incident.status)).toEqual([status]);
      expect([...fold.keys.values()].flatMap(({ unmet }) => unmet)).toEqual([]);
    }
  });

  test('is not reopened by a trigger, but by a reopening', async () => {
    const fold = createMemoryFold();
    await fold.receive(
      signal('TRIGGER', minute(0)),
      signal('RESOLVE', minute(1)),
      signal('TRIGGER', minute(2)),
    );
    expect(fold.incidents()[0]?.incident.status).toBe('RESOLVED');
    await fold.receive(signal('REOPEN', minute(3)));
    expect(fold.incidents()[0]?.incident).toMatchObject({ status: 'OPEN', resolvedAt: null });
  });

  test('counts a repeated trigger without an event or an entry', async () => {
    const fold = createMemoryFold();
    await fold.receive(signal('TRIGGER', minute(0)));
    const again = await fold.receive(signal('TRIGGER', minute(1)));
    expect(again).toMatchObject({ outcome: 'IGNORED', reason: 'nothing new' });
    expect(again.incidentIds).toHaveLength(1);
    const [state] = fold.incidents();
    expect(state?.incident.triggerCount).toBe(2);
    expect(fold.events).toHaveLength(1);
    expect(fold.timeline(state?.incident.id ?? '')).toHaveLength(1);
  });

  test('tells of a repeated trigger that changes a field by incident.updated, with old and new value', async () => {
    const fold = createMemoryFold();
    await fold.receive(signal('TRIGGER', minute(0)));
    await fold.receive(signal('TRIGGER', minute(1), { fields: { severity: 'CRITICAL' } }));
    expect(fold.events.at(-1)).toMatchObject({
      type: 'INCIDENT_UPDATED',
      details: { changes: [{ field: 'severity', from: 'high', to: 'critical' }] },
    });
  });
});

test('an incident keeps at most 1,000 status signals, and what is older than those is late', async () => {
  const fold = createMemoryFold();
  await fold.receive(signal('TRIGGER', minute(0)));
  for (let n = 1; n <= 550; n += 1) {
    await fold.receive(signal('ACKNOWLEDGE', minute(2 * n)), signal('UNACKNOWLEDGE', minute(2 * n + 1)));
  }
  const [state] = fold.incidents();
  expect(state?.fold.signals).toHaveLength(1000);
  expect(state?.incident).toMatchObject({ status: 'OPEN', openedAt: minute(0) });
  await fold.receive(signal('RESOLVE', minute(1)));
  expect(fold.incidents()[0]?.incident.status).toBe('OPEN');
  expect(fold.events.at(-1)?.details.entries).toMatchObject([{ kind: 'LATE' }]);
});
