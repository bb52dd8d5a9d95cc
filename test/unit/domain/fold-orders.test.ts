import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Signal } from '../../../src/domain/signal.ts';
import { createMemoryFold, foldAll, minute, signal } from '../../support/memory-fold.ts';

const KINDS = ['TRIGGER', 'ACKNOWLEDGE', 'UNACKNOWLEDGE', 'RESOLVE', 'NOTE', 'UPDATE'] as const;
const anyKind = fc.constantFrom<Signal['kind']>(...KINDS);
const anySeverity = fc.constantFrom<'HIGH' | 'LOW' | undefined>('HIGH', 'LOW', undefined);

interface Drawn {
  kind: Signal['kind'];
  severity: 'HIGH' | 'LOW' | undefined;
}

function drawn(
  { kind, severity }: Drawn,
  at: Date | null,
  tie: string,
  reuse: Signal['key']['reuse'],
): Signal {
  const fields = severity === undefined ? {} : { fields: { title: `title ${tie}`, severity } };
  return signal(kind, at, { reuse, tie, text: `${kind} ${tie}`, ...fields });
}

function shuffled<T>(list: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...list], { minLength: list.length });
}

describe('a key that its sender reuses', () => {
  /** Outages one after another: each a trigger, whatever happens, and a resolve; then a pause within or beyond the window. */
  const outages = fc.array(
    fc.record({
      during: fc.array(
        fc.record({ kind: anyKind.filter((kind) => kind !== 'RESOLVE'), severity: anySeverity }),
        { maxLength: 4 },
      ),
      // Not across the end of the window: of repeats on both sides of it, the first to come would decide.
      pause: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 16, max: 40 })),
    }),
    { minLength: 1, maxLength: 4 },
  );

  const histories = outages.map((list) => {
    let at = 0;
    return list.map(({ during, pause }, n) => {
      const next = () => minute((at += 1));
      const first = drawn({ kind: 'TRIGGER', severity: 'HIGH' }, next(), `${n} first`, 'EPISODES');
      const middle = during.map((one, index) => drawn(one, next(), `${n} ${index}`, 'EPISODES'));
      const last = drawn({ kind: 'RESOLVE', severity: undefined }, next(), `${n} last`, 'EPISODES');
      at += pause;
      return [first, ...middle, last];
    });
  });

  test('comes out the same for any order and repetition within each outage', async () => {
    const orders = histories.chain((episodes) =>
      fc.tuple(
        fc.constant(episodes.flat()),
        fc
          .tuple(
            ...episodes.map((episode) =>
              fc
                .tuple(shuffled(episode), fc.array(fc.constantFrom(...episode), { maxLength: 3 }))
                .map(([order, again]) => [...order, ...again]),
            ),
          )
          .map((shuffledEpisodes) => shuffledEpisodes.flat()),
      ),
    );
    await fc.assert(
      fc.asyncProperty(orders, async ([list, order]) => {
        expect(await foldAll(order)).toEqual(await foldAll(list));
      }),
      { numRuns: 300 },
    );
  });
});

describe('an id whose signals carry no time', () => {
  test('comes out the same for any order and repetition', async () => {
    const histories = fc
      .array(fc.record({ kind: anyKind, severity: anySeverity }), { minLength: 1, maxLength: 7 })
      .map((list) => list.map((one, index) => drawn(one, null, `${index}`, 'ONCE')));
    const orders = histories.chain((list) =>
      fc.tuple(
        fc.constant(list),
        fc
          .tuple(shuffled(list), fc.array(fc.constantFrom(...list), { maxLength: 4 }))
          .map(([order, again]) => [...order, ...again]),
      ),
    );
    // Times of arrival are shown, so they are left out of the comparison.
    const seen = async (signals: Signal[]) =>
      (await foldAll(signals)).map(({ openedAt: _o, acknowledgedAt, resolvedAt, timeline, ...incident }) => ({
        ...incident,
        acknowledged: acknowledgedAt !== null,
        resolved: resolvedAt !== null,
        timeline: timeline.map(({ kind, text }) => `${kind} ${text}`).toSorted(),
      }));
    await fc.assert(
      fc.asyncProperty(orders, async ([list, order]) => {
        expect(await seen(order)).toEqual(await seen(list));
      }),
      { numRuns: 300 },
    );
  });
});

describe('webhooks in batches', () => {
  /** Several signals of several keys, timed or not, in submissions of several signals. */
  const submissions = fc.array(
    fc.array(
      fc.record({
        kind: fc.constantFrom<Signal['kind']>(...KINDS, 'REOPEN'),
        severity: anySeverity,
        at: fc.option(fc.integer({ min: 0, max: 90 })),
        key: fc.constantFrom('A', 'B', 'C'),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    { minLength: 1, maxLength: 10 },
  );

  test('come to the same incidents, events and receipts however they are grouped', async () => {
    const grouped = submissions.chain((list) =>
      fc.tuple(fc.constant(list), fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 10, maxLength: 10 })),
    );
    await fc.assert(
      fc.asyncProperty(grouped, async ([list, sizes]) => {
        const signals = list.map((some, n) =>
          some.map(({ kind, severity, at, key }, index) => ({
            ...drawn({ kind, severity }, at === null ? null : minute(at), `${n} ${index}`, 'ONCE'),
            key: {
              source: 'test',
              externalKey: key,
              reuse: key === 'A' ? ('ONCE' as const) : ('EPISODES' as const),
              synthetic: false,
            },
          })),
        );
        const one = createMemoryFold();
        for (const some of signals) await one.receive(...some);
        const many = createMemoryFold();
        const rest = [...signals];
        for (const size of sizes) await many.receiveBatch(rest.splice(0, size));
        await many.receiveBatch(rest);
        const shown = (fold: typeof one) => ({
          incidents: fold.incidents().map(({ incident, fold: { signals: kept, repeats, told, seq } }) => {
            const { id, ...fields } = incident;
            return {
              fields,
              kept: kept.map(({ position }) => position),
              repeats: repeats.length,
              told,
              seq,
              timeline: fold.timeline(id).map(({ kind, text, occurredAt }) => ({ kind, text, occurredAt })),
            };
          }),
          events: fold.events.map(({ type, incidentSeq, details: { changes } }) => ({
            type,
            incidentSeq,
            changes,
          })),
        });
        expect(shown(many)).toEqual(shown(one));
        expectNumbered(many);
      }),
      { numRuns: 300 },
    );
  });
});

/** Each incident's events count up from 1, begin with its creation, and never go back in time. */
function expectNumbered({ events, incidents }: ReturnType<typeof createMemoryFold>): void {
  for (const { incident, fold } of incidents()) {
    const own = events.filter(({ incidentId }) => incidentId === incident.id);
    expect(own.map(({ incidentSeq }) => incidentSeq)).toEqual(own.map((_, index) => index + 1));
    expect(own.map(({ type }) => type === 'INCIDENT_CREATED')).toEqual(own.map((_, index) => index === 0));
    const times = own.map(({ recordedAt }) => recordedAt.getTime());
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(fold.seq).toBe(own.length);
  }
}
