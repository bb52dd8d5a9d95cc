import { describe, expect, test } from 'vitest';
import type { Signal } from '../../../src/domain/signal.ts';
import { createMemoryFold, minute, signal } from '../../support/memory-fold.ts';

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

  test('never loses to a trigger of a fast clock that changed nothing when it came', async () => {
    const fold = createMemoryFold();
    fold.clock.now = minute(5);
    const ahead = signal('TRIGGER', minute(5.9), { reuse: 'EPISODES', tie: 'again' });
    await fold.receive(signal('TRIGGER', minute(0), { reuse: 'EPISODES' }), ahead);
    const id = fold.incidents()[0]?.incident.id ?? '';
    await fold.command({ kind: 'RESOLVE_INCIDENT', incidentId: id, note: null });
    expect(fold.incidents()[0]?.incident.status).toBe('RESOLVED');
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

  test('acknowledges after the source took an acknowledgement back without saying when', async () => {
    const fold = createMemoryFold();
    await fold.receive(signal('TRIGGER', null), signal('ACKNOWLEDGE', null), signal('UNACKNOWLEDGE', null));
    const id = fold.incidents()[0]?.incident.id ?? '';
    await fold.command({ kind: 'ACKNOWLEDGE_INCIDENT', incidentId: id, note: null });
    expect(fold.incidents()[0]?.incident.status).toBe('ACKNOWLEDGED');
    await fold.receive(signal('RESOLVE', null));
    expect(fold.incidents()[0]?.incident.status).toBe('RESOLVED');
  });

  test('keeps an incident within what a document holds, however long the notes are', async () => {
    const fold = createMemoryFold();
    await fold.receive(signal('TRIGGER', minute(0)));
    const id = fold.incidents()[0]?.incident.id ?? '';
    const note = '障'.repeat(65_536);
    for (let n = 0; n < 60; n += 1) {
      await fold.command({ kind: 'ACKNOWLEDGE_INCIDENT', incidentId: id, note });
    }
    const [state] = fold.incidents();
    expect(Buffer.byteLength(JSON.stringify(state))).toBeLessThan(8 * 1024 * 1024);
    expect(state?.incident).toMatchObject({ status: 'ACKNOWLEDGED', openedAt: minute(0) });
    expect(fold.timeline(id)).toHaveLength(61);
  });

  test('keeps the note of a resolve or reopening that somebody else was quicker with', async () => {
    const fold = createMemoryFold();
    await fold.receive(signal('TRIGGER', minute(0)));
    const id = fold.incidents()[0]?.incident.id ?? '';
    await fold.command({ kind: 'REOPEN_INCIDENT', incidentId: id, note: 'still broken' });
    fold.clock.now = minute(1001);
    await fold.command({ kind: 'RESOLVE_INCIDENT', incidentId: id, note: null });
    fold.clock.now = minute(1002);
    await fold.command({ kind: 'RESOLVE_INCIDENT', incidentId: id, note: 'it was the cache' });
    await fold.command({ kind: 'RESOLVE_INCIDENT', incidentId: id, note: null });
    expect(fold.timeline(id).map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'OPENED Checkout is down',
      'NOTE still broken',
      'RESOLVED ',
      'NOTE it was the cache',
    ]);
    expect(fold.events.map(({ type }) => type)).toEqual([
      'INCIDENT_CREATED',
      'TIMELINE_UPDATED',
      'INCIDENT_UPDATED',
      'TIMELINE_UPDATED',
    ]);
  });
});
