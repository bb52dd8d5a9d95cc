import { expect, onTestFinished, test } from 'vitest';
import { startBenchProcess } from '../../../bench/harness/bench-process.ts';
import { anEvent } from '../../support/event-log.ts';
import { eventually } from '../../support/eventually.ts';
import type { PassersByMethods } from '../../support/passers-by.ts';
import { usedMemory } from '../../support/used-memory.ts';
import { startGraphqlApp } from './graphql-app.ts';

const CONNECTS = 10_000;
/** Few and large: a replay is to be left half way, not to be long. */
const EVENTS = 8;
const DESCRIPTION = 'x'.repeat(2_000);
const TO_GET_WARM = 2_000;
/** 500 bytes of each that came and went; the smallest thing forgotten of a socket is larger. */
const LEFT = 500 * (CONNECTS - TO_GET_WARM);

test(
  'ten thousand who come and go, many of them rudely, leave nothing behind',
  { timeout: 60_000 },
  async () => {
    const app = await startGraphqlApp();
    const { data } = await app.ask('mutation { createIncident(input: { title: "T" }) { incident { id } } }');
    const incidentId: string = data.createIncident.incident.id;
    await app.log.commit(
      ...Array.from({ length: EVENTS }, (_, index) => {
        const event = anEvent({ incidentSeq: index + 1 });
        return { ...event, snapshot: { ...event.snapshot, description: DESCRIPTION } };
      }),
    );
    await eventually(
      () => app.log.events.head(),
      ({ sequence }) => sequence === EVENTS + 1,
      { withinMs: 5_000, what: 'all are numbered' },
    );
    const passers = await startBenchProcess<PassersByMethods>(
      new URL('../../support/passers-by.ts', import.meta.url),
    );
    onTestFinished(() => passers[Symbol.asyncDispose]());
    const port = Number(new URL(app.url).port);
    const left = () => ({
      sockets: app.api.sockets(),
      groups: app.service.live.groups(),
      listeners: app.service.live.listeners(),
    });
    const pass = async (count: number): Promise<number> => {
      await passers.call('passBy', { port, count, incidentId });
      await eventually(left, (now) => Object.values(now).every((number) => number === 0), {
        withinMs: 5_000,
        what: 'nobody is left',
      });
      return usedMemory();
    };

    const before = await pass(TO_GET_WARM);
    const after = await pass(CONNECTS - TO_GET_WARM);
    expect(after - before).toBeLessThan(LEFT);
  },
);
