import { describe, expect, test } from 'vitest';
import type { DedupKey, WebhookSubmission } from '../../../src/domain/submission.ts';
import { createMemoryFold, MINUTE, minute, signal } from '../../support/memory-fold.ts';
import { failing, rerun, webhookAt } from '../../support/rerun.ts';

/** As a provider reads it whose events have ids: the tie is the same whatever else was read. */
const read = (severity: 'HIGH' | 'CRITICAL', over: Parameters<typeof signal>[2] = {}) =>
  signal('TRIGGER', minute(0), {
    tie: 'event-1',
    digest: severity,
    fields: { title: 'Checkout is down', severity },
    ...over,
  });

describe('a webhook that today’s code reads otherwise', () => {
  test.each([
    ['where its event has an id', read('HIGH'), read('CRITICAL')],
    ['where its tie is what it said', read('HIGH', { tie: 'z' }), read('CRITICAL', { tie: 'a' })],
  ])('corrects the fields of its incident and counts nothing twice, %s', async (_where, then, today) => {
    const fold = createMemoryFold();
    const original = webhookAt(minute(1), [then]);
    await fold.submit(original);
    const replayed = await fold.submit(rerun(original, minute(1000), [today]));
    expect(replayed).toMatchObject({ outcome: 'APPLIED', incidentIds: [fold.incidents()[0]?.incident.id] });
    const again = await fold.submit(rerun(original, minute(1001), [today]));
    expect(again).toMatchObject({ outcome: 'IGNORED', incidentIds: replayed.incidentIds });
    const [state, ...others] = fold.incidents();
    expect(others).toEqual([]);
    expect(state?.incident).toMatchObject({ severity: 'CRITICAL', triggerCount: 1, lastSeenAt: minute(1) });
    expect(fold.timeline(state?.incident.id ?? '')).toHaveLength(1);
    expect(fold.events.map(({ type }) => type)).toEqual(['INCIDENT_CREATED', 'INCIDENT_UPDATED']);
  });

  test('leaves what a person set, and what its source said later', async () => {
    const fold = createMemoryFold();
    const original = webhookAt(minute(1), [read('HIGH')]);
    await fold.submit(original);
    await fold.receive(signal('UPDATE', minute(5), { fields: { severity: 'LOW' } }));
    const incidentId = fold.incidents()[0]?.incident.id ?? '';
    await fold.command({ kind: 'UPDATE_INCIDENT', incidentId, fields: { title: 'by hand' } });
    const today = read('CRITICAL', { fields: { title: 'read anew', severity: 'CRITICAL' } });
    expect(await fold.submit(rerun(original, minute(1000), [today]))).toMatchObject({ outcome: 'IGNORED' });
    expect(fold.incidents()[0]?.incident).toMatchObject({ severity: 'LOW', title: 'by hand' });
  });

  test('corrects an earlier incident of a reused key, and none of the key’s others', async () => {
    const fold = createMemoryFold();
    const reused = { reuse: 'EPISODES' } as const;
    const original = webhookAt(minute(1), [read('HIGH', reused)]);
    await fold.submit(original);
    await fold.receive(signal('RESOLVE', minute(5), reused), signal('TRIGGER', minute(60), reused));
    await fold.submit(rerun(original, minute(1000), [read('CRITICAL', reused)]));
    expect(fold.incidents().map(({ incident }) => [incident.severity, incident.status])).toEqual([
      ['CRITICAL', 'RESOLVED'],
      ['HIGH', 'OPEN'],
    ]);
  });

  test('gains the signals that were passed over before, at the time they are of', async () => {
    const fold = createMemoryFold();
    const [opening, first, second] = [
      signal('TRIGGER', minute(0)),
      signal('ACKNOWLEDGE', minute(2), { tie: 'a', actor: 'Ines' }),
      signal('ACKNOWLEDGE', minute(3), { tie: 'b', actor: 'Jo' }),
    ];
    const original = webhookAt(minute(4), [opening, first]);
    await fold.submit(original);
    await fold.submit(rerun(original, minute(1000), [opening, first, second]));
    const [state] = fold.incidents();
    expect(state?.incident.triggerCount).toBe(1);
    expect(fold.timeline(state?.incident.id ?? '').map(({ kind, actor }) => [kind, actor])).toEqual([
      ['OPENED', null],
      ['ACKNOWLEDGED', 'Ines'],
      ['ACKNOWLEDGED', 'Jo'],
    ]);
  });

  test('is back where it was once the code is', async () => {
    const fold = createMemoryFold();
    const original = webhookAt(minute(1), [read('HIGH')]);
    await fold.submit(original);
    for (const severity of ['CRITICAL', 'HIGH'] as const)
      await fold.submit(rerun(original, minute(1000), [read(severity)]));
    expect(fold.incidents()[0]?.incident).toMatchObject({ severity: 'HIGH', triggerCount: 1 });
  });
});

describe('a webhook that was kept without effect', () => {
  test('takes effect once, however many replays of it are in one batch', async () => {
    const fold = createMemoryFold();
    const original = webhookAt(minute(1), [signal('TRIGGER', null), signal('ACKNOWLEDGE', null)]);
    await fold.submit(failing(original));
    const results = await fold.submitBatch([1, 2, 3].map((n) => rerun(original, minute(500 + n))));
    expect(results.map(({ outcome }) => outcome)).toEqual(['APPLIED', 'IGNORED', 'IGNORED']);
    expect(fold.incidents()[0]?.incident).toMatchObject({ triggerCount: 1, openedAt: minute(1) });
    expect(fold.events).toHaveLength(2);
  });

  test('is kept for 7 days from its replay where it meets nothing yet', async () => {
    const fold = createMemoryFold();
    const resolve = webhookAt(minute(-20_000), [signal('RESOLVE', minute(-20_000))]);
    const trigger = webhookAt(minute(-20_001), [signal('TRIGGER', minute(-20_001))]);
    for (const one of [trigger, resolve]) await fold.submit(failing(one));
    for (const one of [resolve, trigger]) await fold.submit(rerun(one, minute(1000)));
    expect(fold.incidents().map(({ incident }) => incident.status)).toEqual(['RESOLVED']);
  });
});

describe('a delivery that failed', () => {
  const withKey = (submission: WebhookSubmission, dedupKey: DedupKey): WebhookSubmission => ({
    ...submission,
    dedupKey,
  });
  const ever: DedupKey = { value: 'test:id:1', until: null, refuseOtherBody: false };
  const forAMinute = (from: Date): DedupKey => ({
    value: 'test:sha256:x',
    until: new Date(from.getTime() + MINUTE),
    refuseOtherBody: false,
  });
  const opening = signal('TRIGGER', null, { key: 'receipt:first' });

  test.each([
    ['first', 'DUPLICATE', 'APPLIED'],
    ['last', 'APPLIED', 'DUPLICATE'],
  ])(
    'counts once where its sender sends it again: %s',
    async (redelivered, replayOutcome, redeliveryOutcome) => {
      const fold = createMemoryFold();
      const original = withKey(webhookAt(minute(0), [opening]), ever);
      await fold.submit(failing(original));
      const replay = rerun(original, minute(10));
      const redelivery = withKey(
        webhookAt(minute(10), [signal('TRIGGER', null, { key: 'receipt:second' })]),
        ever,
      );
      const order = redelivered === 'first' ? [redelivery, replay] : [replay, redelivery];
      const results = new Map<WebhookSubmission, string>();
      for (const one of order) results.set(one, (await fold.submit(one)).outcome);
      expect([results.get(replay), results.get(redelivery)]).toEqual([replayOutcome, redeliveryOutcome]);
      expect(fold.incidents()).toHaveLength(1);
      const again = await fold.submit(rerun(original, minute(20)));
      expect(again.outcome).toBe(redelivered === 'first' ? 'DUPLICATE' : 'IGNORED');
      expect(fold.incidents()).toHaveLength(1);
    },
  );

  test('is told from the same words of another hour where nothing else tells two apart', async () => {
    const fold = createMemoryFold();
    const original = withKey(webhookAt(minute(0), [opening]), forAMinute(minute(0)));
    await fold.submit(failing(original));
    const later = withKey(
      webhookAt(minute(60), [signal('TRIGGER', null, { key: 'receipt:later' })]),
      forAMinute(minute(60)),
    );
    expect((await fold.submit(later)).outcome).toBe('APPLIED');
    expect((await fold.submit(rerun(original, minute(61)))).outcome).toBe('APPLIED');
    expect(fold.incidents()).toHaveLength(2);
    expect([...fold.receipts.values()].filter(({ dedupKey }) => dedupKey !== undefined)).toHaveLength(1);
  });

  test('is the same as the one that came again within its minute', async () => {
    const fold = createMemoryFold();
    const original = withKey(webhookAt(minute(0), [opening]), forAMinute(minute(0)));
    await fold.submit(failing(original));
    const soon = withKey(
      webhookAt(minute(0.5), [signal('TRIGGER', null, { key: 'receipt:soon' })]),
      forAMinute(minute(0.5)),
    );
    await fold.submit(soon);
    expect(await fold.submit(rerun(original, minute(61)))).toMatchObject({
      outcome: 'DUPLICATE',
      duplicateOf: soon.receipt.id,
    });
  });
});
