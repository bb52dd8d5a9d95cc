import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Signal } from '../../../src/domain/signal.ts';
import { createMemoryFold, minute, seenIn, signal } from '../../support/memory-fold.ts';
import type { MemoryFold } from '../../support/memory-fold.ts';

const KINDS = ['TRIGGER', 'ACKNOWLEDGE', 'UNACKNOWLEDGE', 'RESOLVE', 'REOPEN', 'NOTE', 'UPDATE'] as const;
const KEYS = ['A', 'B', 'C'] as const;

interface Drawn {
  kind: Signal['kind'];
  key: (typeof KEYS)[number];
  at: Date | null;
  severity: 'HIGH' | 'LOW' | undefined;
}

function drawing(kinds: readonly Signal['kind'][], at: fc.Arbitrary<Date | null>): fc.Arbitrary<Drawn> {
  return fc.record({
    kind: fc.constantFrom(...kinds),
    key: fc.constantFrom(...KEYS),
    at,
    severity: fc.constantFrom('HIGH' as const, 'LOW' as const, undefined),
  });
}

/** Webhooks of several signals of several keys, and another order of them in which some come again. */
function webhooksAndOrder(drawn: fc.Arbitrary<Drawn>) {
  return fc
    .array(fc.array(drawn, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 })
    .map((webhooks) => webhooks.map((some, n) => some.map((one, index) => toSignal(one, `${n} ${index}`))))
    .chain((webhooks) =>
      fc.record({
        webhooks: fc.constant(webhooks),
        order: fc
          .tuple(
            fc.shuffledSubarray(webhooks, { minLength: webhooks.length }),
            fc.array(fc.constantFrom(...webhooks), { maxLength: 3 }),
          )
          .map(([order, again]) => [...order, ...again]),
      }),
    );
}

function toSignal({ kind, key, at, severity }: Drawn, tie: string): Signal {
  const fields = severity === undefined ? {} : { fields: { title: `title ${tie}`, severity } };
  return signal(kind, at, { key, tie, text: `${kind} ${tie}`, ...fields });
}

async function receiveAll(webhooks: readonly Signal[][], fold = createMemoryFold()): Promise<MemoryFold> {
  for (const signals of webhooks) {
    fold.clock.now = new Date(fold.clock.now.getTime() + 1000);
    await fold.receive(...signals);
  }
  return fold;
}

/** By key, since the order in which incidents appear is that of arrival. */
function seen(fold: MemoryFold, { times }: { times: boolean }) {
  return seenIn(fold)
    .toSorted((a, b) => ((a.externalKey ?? '') < (b.externalKey ?? '') ? -1 : 1))
    .map(({ openedAt, acknowledgedAt, resolvedAt, timeline, ...incident }) => ({
      ...incident,
      acknowledged: times ? acknowledgedAt : acknowledgedAt !== null,
      resolved: times ? resolvedAt : resolvedAt !== null,
      opened: times ? openedAt : null,
      timeline: timeline
        .map(({ kind, text, occurredAt }) => `${kind} ${text} ${times ? occurredAt.toISOString() : ''}`)
        .toSorted(),
    }));
}

describe('webhooks of several signals of several ids', () => {
  const timed = fc.integer({ min: 0, max: 12 }).map(minute);
  const mixed = fc.option(fc.integer({ min: 0, max: 12 }).map(minute), { nil: null });

  test('come to the same incidents and timelines in any order and repetition', async () => {
    await fc.assert(
      fc.asyncProperty(webhooksAndOrder(drawing(KINDS, timed)), async ({ webhooks, order }) => {
        const inOrder = seen(await receiveAll(webhooks), { times: true });
        expect(seen(await receiveAll(order), { times: true })).toEqual(inOrder);
      }),
      { numRuns: 300 },
    );
  });

  test('do so too where some carry a time and some do not, as from a clock that stands at zero', async () => {
    const kinds = KINDS.filter((kind) => kind !== 'REOPEN');
    await fc.assert(
      fc.asyncProperty(webhooksAndOrder(drawing(kinds, mixed)), async ({ webhooks, order }) => {
        const inOrder = seen(await receiveAll(webhooks), { times: false });
        expect(seen(await receiveAll(order), { times: false })).toEqual(inOrder);
      }),
      { numRuns: 300 },
    );
  });

  test('keep what a person did while they came, in any order and repetition of the rest', async () => {
    const actions = fc.constantFrom(
      { kind: 'ACKNOWLEDGE_INCIDENT', note: 'on it' } as const,
      { kind: 'RESOLVE_INCIDENT', note: null } as const,
      { kind: 'UPDATE_INCIDENT', fields: { title: 'renamed by hand', severity: 'INFO' } } as const,
      { kind: 'ADD_TIMELINE_ENTRY', text: 'seen', occurredAt: null } as const,
    );
    const withPerson = fc.record({
      ...{ rest: webhooksAndOrder(drawing(KINDS, timed)), done: fc.array(actions, { maxLength: 4 }) },
    });
    await fc.assert(
      fc.asyncProperty(withPerson, async ({ rest: { webhooks, order }, done }) => {
        const fold = async (list: Signal[][]) => {
          const opened = await receiveAll([KEYS.map((key) => signal('TRIGGER', minute(0), { key }))]);
          for (const { incident } of opened.incidents()) {
            for (const command of done) {
              opened.clock.now = new Date(opened.clock.now.getTime() + 1000);
              await opened.command({ ...command, incidentId: incident.id });
            }
          }
          return seen(await receiveAll(list, opened), { times: true });
        };
        expect(await fold(order)).toEqual(await fold(webhooks));
      }),
      { numRuns: 200 },
    );
  });
});

describe('a sender whose clock is far ahead', () => {
  /** Each placed at its arrival, the claim kept. */
  const ahead = (one: Signal, n: number, arrival: Date): Signal => ({
    ...one,
    occurredAt: arrival,
    claimedAt: minute(1_000_000 + n),
  });
  const histories = fc
    .array(drawing(KINDS, fc.constant(minute(0))), { minLength: 1, maxLength: 8 })
    .chain((list) =>
      fc.record({
        list: fc.constant(list),
        // Which earlier one comes again after each.
        again: fc.array(fc.option(fc.nat()), { minLength: list.length, maxLength: list.length }),
        reuse: fc.constantFrom<Signal['key']['reuse']>('ONCE', 'EPISODES'),
      }),
    );

  test('is told once of what it sends more than once', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async ({ list, again, reuse }) => {
        const run = async (repeats: readonly (number | null)[]) => {
          const fold = createMemoryFold();
          const send = async (n: number) => {
            const one = list[n];
            if (one === undefined) return;
            const sent = toSignal(one, `${n}`);
            // An id keeps no triggers that changed nothing: what such a one says when it is sent again goes by arrival.
            const fields = reuse === 'ONCE' && one.kind === 'TRIGGER' ? {} : sent.fields;
            const key = { ...sent.key, reuse };
            await fold.receive(ahead({ ...sent, key, fields }, n, fold.clock.now));
          };
          for (const n of list.keys()) {
            fold.clock.now = minute(1000 + n);
            await send(n);
            fold.clock.now = minute(1000 + n + 0.5);
            const repeat = repeats[n];
            if (repeat != null) await send(repeat % (n + 1));
          }
          return seen(fold, { times: true });
        };
        expect(await run(again)).toEqual(await run([]));
      }),
      { numRuns: 300 },
    );
  });
});
