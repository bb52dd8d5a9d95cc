import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Signal } from '../../../src/domain/signal.ts';
import { createMemoryFold, minute, signal } from '../../support/memory-fold.ts';

/** What readers see, without ids and times of arrival. */
async function foldAll(signals: Signal[]) {
  const fold = createMemoryFold();
  for (const one of signals) {
    fold.clock.now = new Date(fold.clock.now.getTime() + 1000);
    await fold.receive(one);
  }
  return fold.incidents().map(({ incident }) => {
    const { id, createdAt: _c, updatedAt: _u, lastSeenAt: _l, triggerCount: _t, ...seen } = incident;
    const timeline = fold
      .timeline(id)
      .map(({ kind, text, occurredAt, actor }) => ({ kind, text, occurredAt, actor }));
    return { ...seen, timeline };
  });
}

function permutations<T>(items: T[]): T[][] {
  if (items.length < 2) return [items];
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  );
}

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

describe('a key that its sender reuses', () => {
  const reused = (kind: Signal['kind'], at: Date | null, tie?: string) =>
    signal(kind, at, { reuse: 'EPISODES', ...(tie === undefined ? {} : { tie }) });

  test('reopens its incident within the window and opens the next one after it', async () => {
    const fold = createMemoryFold();
    await fold.receive(
      reused('TRIGGER', minute(0)),
      reused('RESOLVE', minute(5)),
      reused('TRIGGER', minute(19)),
    );
    expect(fold.incidents()).toHaveLength(1);
    expect(fold.incidents()[0]?.incident).toMatchObject({ status: 'OPEN', openedAt: minute(0) });
    await fold.receive(reused('RESOLVE', minute(20)), reused('TRIGGER', minute(36)));
    expect(fold.incidents().map(({ incident }) => incident.status)).toEqual(['RESOLVED', 'OPEN']);
  });

  test('keeps a stray resolve from closing tomorrow’s outage', async () => {
    const fold = createMemoryFold();
    await fold.receive(reused('RESOLVE', minute(0)));
    await fold.receive(reused('TRIGGER', minute(600)));
    expect(fold.incidents()[0]?.incident.status).toBe('OPEN');
  });

  test('shows a signal of an earlier outage there, as late, without effect', async () => {
    const fold = createMemoryFold();
    await fold.receive(
      reused('TRIGGER', minute(0)),
      reused('RESOLVE', minute(5)),
      reused('TRIGGER', minute(60)),
    );
    await fold.receive(reused('ACKNOWLEDGE', minute(3)));
    const [first, second] = fold.incidents();
    expect(first?.incident.status).toBe('RESOLVED');
    expect(second?.incident).toMatchObject({ status: 'OPEN', openedAt: minute(60) });
    expect(fold.timeline(first?.incident.id ?? '').at(1)).toMatchObject({
      kind: 'LATE',
      occurredAt: minute(3),
    });
    expect(fold.events.at(-1)).toMatchObject({ type: 'TIMELINE_UPDATED', incidentId: first?.incident.id });
  });

  test('moves the opening back for an older trigger of the same outage', async () => {
    const fold = createMemoryFold();
    await fold.receive(reused('TRIGGER', minute(10)));
    await fold.receive(reused('TRIGGER', minute(2)));
    expect(fold.incidents().map(({ incident }) => incident.openedAt)).toEqual([minute(2)]);
    expect(fold.timeline(fold.incidents()[0]?.incident.id ?? '')).toMatchObject([
      { kind: 'OPENED', occurredAt: minute(2) },
    ]);
  });

  test('finds the reopening again when the resolve before it arrives last', async () => {
    const inOrder = [
      reused('TRIGGER', minute(0)),
      reused('RESOLVE', minute(5)),
      reused('TRIGGER', minute(8)),
    ];
    const expected = await foldAll(inOrder);
    expect(expected[0]).toMatchObject({ status: 'OPEN' });
    for (const order of permutations(inOrder)) expect(await foldAll(order)).toEqual(expected);
  });

  test('orders signals without a time by their arrival', async () => {
    const fold = createMemoryFold();
    for (const kind of ['TRIGGER', 'RESOLVE', 'TRIGGER', 'RESOLVE'] as const)
      await fold.receive(reused(kind, null, kind));
    const [state] = fold.incidents();
    expect(state?.incident).toMatchObject({ status: 'RESOLVED', triggerCount: 2 });
    expect(fold.timeline(state?.incident.id ?? '').map(({ kind }) => kind)).toEqual([
      'OPENED',
      'RESOLVED',
      'REOPENED',
      'RESOLVED',
    ]);
  });
});

describe('what a person does', () => {
  test('survives what the source says, and both are kept', async () => {
    const fold = createMemoryFold();
    await fold.receive(signal('TRIGGER', minute(0)));
    const id = fold.incidents()[0]?.incident.id ?? '';
    await fold.command({ kind: 'ACKNOWLEDGE_INCIDENT', incidentId: id, note: 'on it' });
    await fold.receive(signal('RESOLVE', minute(2000)));
    const [state] = fold.incidents();
    expect(state?.incident).toMatchObject({ status: 'RESOLVED' });
    expect(state?.incident.acknowledgedAt).not.toBeNull();
    expect(fold.timeline(id).map(({ kind }) => kind)).toEqual(['OPENED', 'ACKNOWLEDGED', 'RESOLVED']);
  });

  test('never loses to a provider’s fast clock', async () => {
    const fold = createMemoryFold();
    fold.clock.now = minute(5);
    await fold.receive(signal('TRIGGER', minute(0)), signal('RESOLVE', minute(5.9)));
    const id = fold.incidents()[0]?.incident.id ?? '';
    await fold.command({ kind: 'REOPEN_INCIDENT', incidentId: id, note: null });
    expect(fold.incidents()[0]?.incident.status).toBe('OPEN');
  });

  test('reopens an incident whose resolve carried no time', async () => {
    const fold = createMemoryFold();
    await fold.receive(signal('TRIGGER', null), signal('RESOLVE', null));
    const id = fold.incidents()[0]?.incident.id ?? '';
    await fold.command({ kind: 'REOPEN_INCIDENT', incidentId: id, note: null });
    expect(fold.incidents()[0]?.incident.status).toBe('OPEN');
    await fold.receive(signal('RESOLVE', null, { tie: 'another' }));
    expect(fold.incidents()[0]?.incident.status).toBe('RESOLVED');
  });

  test('wins over the source’s fields until the next reopening', async () => {
    const fold = createMemoryFold();
    await fold.receive(signal('TRIGGER', minute(0)));
    const id = fold.incidents()[0]?.incident.id ?? '';
    await fold.command({ kind: 'UPDATE_INCIDENT', incidentId: id, fields: { severity: 'LOW' } });
    await fold.receive(signal('UPDATE', minute(3000), { fields: { severity: 'CRITICAL' } }));
    expect(fold.incidents()[0]?.incident.severity).toBe('LOW');
    await fold.receive(signal('RESOLVE', minute(3001)), signal('REOPEN', minute(3002)));
    expect(fold.incidents()[0]?.incident.severity).toBe('CRITICAL');
  });

  test('cannot reopen an incident while a newer one of its key is open', async () => {
    const fold = createMemoryFold();
    const at = (kind: Signal['kind'], n: number) => signal(kind, minute(n), { reuse: 'EPISODES' });
    await fold.receive(at('TRIGGER', 0), at('RESOLVE', 1), at('TRIGGER', 60));
    const [first, second] = fold.incidents();
    const refused = await fold.command({
      kind: 'REOPEN_INCIDENT',
      incidentId: first?.incident.id ?? '',
      note: null,
    });
    expect(refused).toMatchObject({ kind: 'REFUSED', refusal: { code: 'CONFLICT' } });
    expect(JSON.stringify(refused)).toContain(second?.incident.id);
  });

  test('creates one incident for one client key', async () => {
    const fold = createMemoryFold();
    const fields = {
      title: 'By hand',
      description: '',
      severity: 'LOW' as const,
      service: null,
      url: null,
      source: 'opslens',
    };
    const first = await fold.command({ kind: 'CREATE_INCIDENT', fields, clientMutationKey: 'once' });
    const second = await fold.command({ kind: 'CREATE_INCIDENT', fields, clientMutationKey: 'once' });
    expect(fold.incidents()).toHaveLength(1);
    expect(second).toMatchObject({
      kind: 'DONE',
      incident: { id: first.kind === 'DONE' && first.incident.id },
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
