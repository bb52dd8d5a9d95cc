import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrivalsOf } from '../../support/arrivals.ts';
import { createMemoryFold, foldAll, permutations } from '../../support/memory-fold.ts';
import { signalsOf } from '../../support/provider-bench.ts';

const SUMMARIES = ['at 5 %', 'at 9 %', 'at 7 %'];

interface Telling {
  status: 'firing' | 'resolved';
  summary: number;
  groupKey: string;
  endsAt: string | null;
}

const telling: fc.Arbitrary<Telling> = fc.record({
  status: fc.constantFrom('firing', 'resolved'),
  summary: fc.nat(SUMMARIES.length - 1),
  groupKey: fc.constantFrom('{}/{a}', '{}/{b}'),
  endsAt: fc.constantFrom('2026-03-07T10:25:00Z', '2026-03-07T10:25:00.5Z', '0001-01-01T00:00:00Z'),
});

const bodyOf = ({ status, summary, groupKey, endsAt }: Telling) => ({
  groupKey,
  alerts: [
    {
      status,
      labels: { alertname: 'CartErrors', severity: 'critical' },
      annotations: { summary: SUMMARIES[summary] },
      startsAt: '2026-03-07T10:00:00.123456789Z',
      endsAt: status === 'firing' ? '0001-01-01T00:00:00Z' : endsAt,
      fingerprint: 'c1a1',
    },
  ],
});
const FIRING: Telling = { status: 'firing', summary: 0, groupKey: '{}/{a}', endsAt: null };
const RESOLVED: Telling = { ...FIRING, status: 'resolved', endsAt: '2026-03-07T10:25:00Z' };

async function foldTellings(tellings: readonly Telling[]) {
  const signals = await Promise.all(tellings.map((one) => signalsOf('alertmanager', bodyOf(one))));
  return foldAll(signals.flat());
}

describe('webhooks of one alert, in any order and repeated', () => {
  it('give the same incident and timeline once it is resolved, whatever they say', async () => {
    const stories = fc.array(telling, { maxLength: 5 }).chain((some) => {
      const story = [FIRING, ...some, RESOLVED];
      return fc.tuple(fc.constant(story), arrivalsOf(story));
    });
    await fc.assert(
      fc.asyncProperty(stories, async ([story, arrival]) => {
        const incidents = await foldTellings(arrival);
        expect(incidents).toEqual(await foldTellings(story));
        expect(incidents).toMatchObject([
          { status: 'RESOLVED', resolvedAt: new Date('2026-03-07T10:25:00Z') },
        ]);
      }),
      { numRuns: 200 },
    );
  });

  it('give the same timeline while it fires, and the fields that were told last', async () => {
    const firings = SUMMARIES.map((_, summary) => ({ ...FIRING, summary }));
    for (const arrival of permutations([...firings, FIRING])) {
      expect(await foldTellings(arrival)).toMatchObject([
        {
          status: 'OPEN',
          title: SUMMARIES[arrival.at(-1)?.summary ?? 0],
          timeline: [
            { kind: 'OPENED', text: 'CartErrors', occurredAt: new Date('2026-03-07T10:00:00.123Z') },
          ],
        },
      ]);
    }
  });
});

describe('a firing that is told again', () => {
  const receive = async (fold: ReturnType<typeof createMemoryFold>, one: Telling) =>
    fold.receive(...(await signalsOf('alertmanager', bodyOf(one))));

  it('is counted, and changes nothing else', async () => {
    const fold = createMemoryFold();
    await receive(fold, FIRING);
    const again = await receive(fold, { ...FIRING, groupKey: '{}/{b}' });
    expect(again).toMatchObject({ outcome: 'IGNORED', reason: 'nothing new' });
    expect(fold.incidents()[0]?.incident.triggerCount).toBe(2);
    expect(fold.events.map(({ type }) => type)).toEqual(['INCIDENT_CREATED']);
  });

  it('with another summary changes the title, once', async () => {
    const fold = createMemoryFold();
    await receive(fold, FIRING);
    await receive(fold, { ...FIRING, summary: 1 });
    await receive(fold, { ...FIRING, summary: 1 });
    expect(fold.incidents()[0]?.incident.title).toBe('at 9 %');
    expect(fold.events.map(({ type }) => type)).toEqual(['INCIDENT_CREATED', 'INCIDENT_UPDATED']);
  });

  it('after the end, or the end told again, changes nothing', async () => {
    const fold = createMemoryFold();
    for (const one of [FIRING, RESOLVED]) await receive(fold, one);
    const before = fold.events.length;
    for (const one of [RESOLVED, { ...RESOLVED, groupKey: '{}/{b}' }, { ...FIRING, summary: 2 }, FIRING]) {
      expect(await receive(fold, one)).toMatchObject({ outcome: 'IGNORED', reason: 'nothing new' });
    }
    expect(fold.incidents()[0]?.incident).toMatchObject({ status: 'RESOLVED', title: 'at 5 %' });
    expect(fold.events).toHaveLength(before);
  });

  it('anew, with another start, is another incident', async () => {
    const fold = createMemoryFold();
    for (const one of [FIRING, RESOLVED]) await receive(fold, one);
    const body = bodyOf(FIRING);
    const later = {
      ...body,
      alerts: body.alerts.map((alert) => ({ ...alert, startsAt: '2026-03-07T10:26:00Z' })),
    };
    await fold.receive(...(await signalsOf('alertmanager', later)));
    expect(fold.incidents().map(({ incident }) => incident.status)).toEqual(['RESOLVED', 'OPEN']);
  });
});
