import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Signal } from '../../../src/domain/signal.ts';
import type { WebhookSubmission } from '../../../src/domain/submission.ts';
import { createMemoryFold, minute, seenIn, signal } from '../../support/memory-fold.ts';
import type { MemoryFold } from '../../support/memory-fold.ts';
import { failing, rerun, webhookAt } from '../../support/rerun.ts';

const KINDS = ['TRIGGER', 'ACKNOWLEDGE', 'UNACKNOWLEDGE', 'RESOLVE', 'REOPEN', 'NOTE', 'UPDATE'] as const;
const ACTIONS = ['ACKNOWLEDGE_INCIDENT', 'RESOLVE_INCIDENT', 'REOPEN_INCIDENT', 'UPDATE_INCIDENT'] as const;

/** All that is stored but the ledger. */
function stateOf(fold: MemoryFold) {
  const incidents = fold.incidents();
  return structuredClone({
    incidents,
    keys: [...fold.keys.values()],
    entries: incidents.map(({ incident }) => fold.timeline(incident.id)),
    events: fold.events,
  });
}

function shuffled<T>(list: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...list], { minLength: list.length });
}

async function act(fold: MemoryFold, action: (typeof ACTIONS)[number], which: number): Promise<void> {
  const incidents = fold.incidents();
  const incidentId = incidents[which % Math.max(incidents.length, 1)]?.incident.id;
  if (incidentId === undefined) return;
  await fold.command(
    action === 'UPDATE_INCIDENT'
      ? { kind: action, incidentId, fields: { title: 'renamed by hand' } }
      : { kind: action, incidentId, note: null },
  );
}

describe('replays of webhooks that were applied', () => {
  const someSignal = fc.record({
    kind: fc.constantFrom<Signal['kind']>(...KINDS),
    at: fc.option(fc.integer({ min: 0, max: 90 })),
    key: fc.constantFrom('once', 'again', 'and again'),
    fast: fc.boolean(),
  });
  const step = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.array(someSignal, { minLength: 1, maxLength: 3 }).map((signals) => ({ signals })),
    },
    { weight: 1, arbitrary: fc.record({ action: fc.constantFrom(...ACTIONS), which: fc.nat(3) }) },
    { weight: 3, arbitrary: fc.record({ replays: fc.array(fc.nat(), { minLength: 1, maxLength: 4 }) }) },
  );

  test('change nothing: any of them, in any order, however often, whatever came between', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 14 }), async (steps) => {
        const fold = createMemoryFold();
        const sent: WebhookSubmission[] = [];
        for (const [n, one] of steps.entries()) {
          fold.clock.now = minute(100 + n * 7);
          if ('signals' in one) {
            const submission = webhookAt(
              fold.clock.now,
              one.signals.map(({ kind, at, key, fast }, index) => ({
                ...signal(kind, at === null ? null : fast ? fold.clock.now : minute(at), {
                  key,
                  reuse: key === 'once' ? 'ONCE' : 'EPISODES',
                  tie: `${n} ${index}`,
                  text: `${kind} ${n} ${index}`,
                }),
                claimedAt: at !== null && fast ? minute(99_999) : null,
              })),
            );
            sent.push(submission);
            await fold.submit(submission);
          } else if ('action' in one) {
            await act(fold, one.action, one.which);
          } else {
            const before = stateOf(fold);
            for (const which of one.replays) {
              const original = sent[which % Math.max(sent.length, 1)];
              if (original === undefined) continue;
              const result = await fold.submit(rerun(original, fold.clock.now));
              expect(result).toMatchObject({ outcome: 'IGNORED', reason: 'nothing new' });
            }
            expect(stateOf(fold)).toEqual(before);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('change nothing of an incident that outlived more signals than it keeps', async () => {
    const fold = createMemoryFold();
    const opening = webhookAt(minute(0), [signal('TRIGGER', minute(0)), signal('ACKNOWLEDGE', minute(1))]);
    await fold.submit(opening);
    for (let n = 1; n <= 550; n += 1)
      await fold.receive(signal('ACKNOWLEDGE', minute(2 * n)), signal('UNACKNOWLEDGE', minute(2 * n + 1)));
    expect(fold.incidents()[0]?.fold.base).not.toBeNull();
    const before = stateOf(fold);
    await fold.submit(rerun(opening, minute(2000)));
    expect(stateOf(fold)).toEqual(before);
  });
});

describe('webhooks that failed, once they are replayed', () => {
  /** Sends all in order, some of them to no effect; those run again at the end, in any order. */
  async function mend(webhooks: Signal[][], fails: readonly boolean[], order: readonly number[]) {
    const fold = createMemoryFold();
    const submissions = webhooks.map((signals, n) => webhookAt(minute(200 + n), signals));
    for (const [n, submission] of submissions.entries()) {
      fold.clock.now = submission.receipt.receivedAt;
      await fold.submit(fails[n] === true ? failing(submission) : submission);
    }
    fold.clock.now = minute(300);
    for (const n of order) {
      const submission = submissions[n];
      if (submission !== undefined && fails[n] === true) await fold.submit(rerun(submission, fold.clock.now));
    }
    return seenIn(fold);
  }

  const histories = (
    kinds: readonly Signal['kind'][],
    reuse: Signal['key']['reuse'],
    times: fc.Arbitrary<Date | null>,
  ) =>
    fc
      .array(
        fc.array(fc.record({ kind: fc.constantFrom(...kinds), at: times }), { minLength: 1, maxLength: 2 }),
        {
          minLength: 1,
          maxLength: 6,
        },
      )
      .chain((list) =>
        fc.record({
          webhooks: fc.constant(
            list.map((some, n) =>
              some.map(({ kind, at }, index) =>
                signal(kind, at, { reuse, tie: `${n} ${index}`, text: `${kind} ${n} ${index}` }),
              ),
            ),
          ),
          fails: fc.array(fc.boolean(), { minLength: list.length, maxLength: list.length }),
          order: shuffled(list.map((_, n) => n)),
        }),
      );

  // Within one outage, and for an id that names one incident.
  const during = KINDS.filter((kind) => kind !== 'RESOLVE' && kind !== 'REOPEN');
  test.each([
    ['an id with times', histories(KINDS, 'ONCE', fc.integer({ min: 0, max: 20 }).map(minute))],
    [
      'an id without times',
      histories(
        KINDS.filter((kind) => kind !== 'REOPEN'),
        'ONCE',
        fc.constant(null),
      ),
    ],
    ['a reused key with times', histories(during, 'EPISODES', fc.integer({ min: 0, max: 20 }).map(minute))],
    ['a reused key without times', histories(during, 'EPISODES', fc.constant(null))],
  ])('leave what would be there had they not failed: %s', async (_what, drawn) => {
    await fc.assert(
      fc.asyncProperty(drawn, async ({ webhooks, fails, order }) => {
        expect(await mend(webhooks, fails, order)).toEqual(await mend(webhooks, [], []));
      }),
      { numRuns: 200 },
    );
  });

  test('do not resolve, reopen or acknowledge what happened after them', async () => {
    const untimed = (kind: Signal['kind'], reuse: Signal['key']['reuse']) =>
      signal(kind, null, { reuse, tie: kind, key: reuse });
    const fold = createMemoryFold();
    const late: WebhookSubmission[] = [];
    for (const reuse of ['ONCE', 'EPISODES'] as const) {
      const failed = [
        untimed('TRIGGER', reuse),
        untimed('ACKNOWLEDGE', reuse),
        { ...untimed('RESOLVE', reuse), tie: 'x' },
      ];
      fold.clock.now = minute(100);
      await fold.receive(untimed('TRIGGER', reuse));
      for (const [n, one] of failed.entries()) {
        late.push(webhookAt(minute(101 + n), [one]));
        await fold.submit(failing(late.at(-1) as WebhookSubmission));
      }
      fold.clock.now = minute(110);
      await fold.receive(untimed('RESOLVE', reuse));
      const id = fold.incidents().at(-1)?.incident.id ?? '';
      fold.clock.now = minute(111);
      if (reuse === 'ONCE') await fold.command({ kind: 'REOPEN_INCIDENT', incidentId: id, note: null });
    }
    fold.clock.now = minute(500);
    for (const submission of late) await fold.submit(rerun(submission, fold.clock.now));
    expect(seenIn(fold).map(({ status, externalKey }) => [externalKey, status])).toEqual([
      ['ONCE', 'OPEN'],
      ['EPISODES', 'RESOLVED'],
    ]);
  });
});
