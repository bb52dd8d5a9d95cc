import fc from 'fast-check';
import { expect, it } from 'vitest';
import { arrivalsOf } from '../../support/arrivals.ts';
import { foldAll } from '../../support/memory-fold.ts';
import { signalsOf } from '../../support/provider-bench.ts';

const CREATED = 1772967600000;

interface Telling {
  action: string;
  /** Milliseconds after the alert was created. */
  after: number;
  priority: string;
}

const bodyOf = ({ action, after, priority }: Telling) => ({
  action,
  alert: {
    alertId: '8f0e',
    message: `Queue depth, ${priority}`,
    priority,
    username: 'ines',
    note: action === 'AddNote' ? `after ${after}` : undefined,
    createdAt: CREATED,
    // Nanoseconds, which JSON rounds.
    updatedAt: (CREATED + after) * 1e6,
  },
});

async function foldTellings(tellings: readonly Telling[]) {
  const signals = await Promise.all(tellings.map((one) => signalsOf('opsgenie', bodyOf(one))));
  const incidents = await foldAll(signals.flat());
  // Of entries of one instant and one text only the id says which is shown first.
  return incidents.map(({ timeline, ...incident }) => ({
    ...incident,
    timeline: timeline.map((entry) => JSON.stringify(entry)).toSorted(),
  }));
}

const telling: fc.Arbitrary<Telling> = fc.record({
  action: fc.constantFrom('Create', 'Acknowledge', 'UnAcknowledge', 'AddNote', 'UpdatePriority', 'Close'),
  after: fc.integer({ min: 1, max: 6 }),
  priority: fc.constantFrom('P1', 'P3'),
});
const story = fc
  .uniqueArray(telling, { maxLength: 6, selector: ({ action, after }) => `${action} ${after}` })
  .map((some) => [{ action: 'Create', after: 0, priority: 'P2' }, ...some]);

it('actions on one alert, in any order and repeated, give the same incident and timeline', async () => {
  await fc.assert(
    fc.asyncProperty(
      story.chain((told) => fc.tuple(fc.constant(told), arrivalsOf(told))),
      async ([told, arrival]) => {
        const incidents = await foldTellings(arrival);
        expect(incidents).toEqual(await foldTellings(told));
        const closes = told.some(({ action }) => action === 'Close');
        expect(incidents[0]?.status === 'RESOLVED').toBe(closes);
      },
    ),
    { numRuns: 200 },
  );
});
