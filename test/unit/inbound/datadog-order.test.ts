import fc from 'fast-check';
import { expect, it } from 'vitest';
import { arrivalsOf } from '../../support/arrivals.ts';
import { foldAll } from '../../support/memory-fold.ts';
import { signalsOf } from '../../support/provider-bench.ts';

interface Telling {
  transition: string;
  minute: number;
  /** Events of their own: with the same id it would be the same delivery. */
  event: number;
}

const bodyOf = ({ transition, minute, event }: Telling) => ({
  id: `77${event}`,
  title: `[${transition}] Slow since ${minute} min`,
  alert_transition: transition,
  alert_type: transition === 'Warn' ? 'warning' : transition === 'Recovered' ? 'success' : 'error',
  alert_cycle_key: '5544332211009988776',
  date: String(1772960400000 + minute * 60_000),
});

async function foldTellings(tellings: readonly Telling[]) {
  const signals = await Promise.all(tellings.map((one) => signalsOf('datadog', bodyOf(one))));
  return foldAll(signals.flat());
}

const story = fc
  .array(
    fc.record({
      transition: fc.constantFrom('Triggered', 'Warn', 'No Data', 'Renotify', 'Recovered'),
      minute: fc.integer({ min: 0, max: 5 }),
    }),
    { maxLength: 6 },
  )
  .map((some) =>
    [{ transition: 'Triggered', minute: 0 }, ...some].map((one, event): Telling => ({ ...one, event })),
  );

it('webhooks of one alert cycle, in any order and repeated, give the same incident and timeline', async () => {
  await fc.assert(
    fc.asyncProperty(
      story.chain((told) => fc.tuple(fc.constant(told), arrivalsOf(told))),
      async ([told, arrival]) => {
        const incidents = await foldTellings(arrival);
        expect(incidents).toEqual(await foldTellings(told));
        const recovers = told.some(({ transition }) => transition === 'Recovered');
        expect(incidents).toMatchObject([{ status: recovers ? 'RESOLVED' : 'OPEN' }]);
      },
    ),
    { numRuns: 200 },
  );
});
