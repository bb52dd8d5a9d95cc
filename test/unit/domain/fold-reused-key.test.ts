import { describe, expect, test } from 'vitest';
import type { Signal } from '../../../src/domain/signal.ts';
import { createMemoryFold, foldAll, minute, permutations, signal } from '../../support/memory-fold.ts';

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

  test('shows nothing late of an earlier outage that is shown there already', async () => {
    const fold = createMemoryFold();
    const outage = [
      reused('TRIGGER', minute(0)),
      reused('TRIGGER', minute(1), 'again'),
      reused('ACKNOWLEDGE', minute(2)),
      reused('NOTE', minute(3)),
      reused('RESOLVE', minute(5)),
    ];
    await fold.receive(...outage);
    await fold.receive(reused('TRIGGER', minute(60)));
    const entries = () => fold.incidents().map(({ incident }) => fold.timeline(incident.id));
    const [before, events] = [entries(), fold.events.length];
    expect(await fold.receive(...outage)).toMatchObject({ outcome: 'IGNORED' });
    expect(entries()).toEqual(before);
    expect(fold.events).toHaveLength(events);
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

  test('shows a kept signal once when it is sent again after a person reopened the incident', async () => {
    const fold = createMemoryFold();
    await fold.receive(reused('TRIGGER', minute(0)), reused('RESOLVE', minute(5)));
    await fold.receive(reused('ACKNOWLEDGE', minute(30)));
    const id = fold.incidents()[0]?.incident.id ?? '';
    await fold.command({ kind: 'REOPEN_INCIDENT', incidentId: id, note: null });
    await fold.receive(reused('ACKNOWLEDGE', minute(30)));
    expect(fold.timeline(id).filter(({ kind }) => kind === 'ACKNOWLEDGED')).toHaveLength(1);
  });

  test('stays resolved however many signals it outlives, a repeat from before the resolve among them', async () => {
    const fold = createMemoryFold();
    await fold.receive(
      reused('TRIGGER', minute(0)),
      reused('TRIGGER', minute(1)),
      reused('RESOLVE', minute(2)),
    );
    await fold.receive(...Array.from({ length: 1001 }, (_, n) => reused('ACKNOWLEDGE', minute(3 + n / 100))));
    expect(fold.incidents()).toHaveLength(1);
    expect(fold.incidents()[0]?.fold.base).not.toBeNull();
    expect(fold.incidents()[0]?.incident.status).toBe('RESOLVED');
  });

  test('keeps strays within what a document holds, however long they are', async () => {
    const fold = createMemoryFold();
    const description = '障'.repeat(65_536);
    for (let n = 0; n < 120; n += 1) {
      await fold.receive({ ...reused('RESOLVE', minute(n)), fields: { description } });
    }
    const [key] = fold.keys.values();
    expect(Buffer.byteLength(JSON.stringify(key))).toBeLessThan(8 * 1024 * 1024);
    expect(key?.unmet.at(-1)?.signal.occurredAt).toEqual(minute(119));
  });
});
