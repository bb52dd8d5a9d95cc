import { expect, onTestFinished, test } from 'vitest';
import { startBenchProcess } from '../../../bench/harness/bench-process.ts';
import type { CrowdMethods } from '../../support/crowd-process.ts';
import { anEvent } from '../../support/event-log.ts';
import { eventually } from '../../support/eventually.ts';
import { startGraphqlApp } from './graphql-app.ts';

const EVENTS = `subscription($after: Sequence, $filter: EventFilter) {
  events(after: $after, filter: $filter) { sequence }
}`;
const TOTAL = 5_000;
const BATCH = 500;
const SERVICES = 20;
const SEED = 20_260_807;

test(
  'two hundred that are cut at random, again and again, miss nothing and get nothing twice',
  { timeout: 60_000 },
  async () => {
    const app = await startGraphqlApp();
    const crowd = await startBenchProcess<CrowdMethods>(
      new URL('../../support/crowd-process.ts', import.meta.url),
    );
    onTestFinished(() => crowd[Symbol.asyncDispose]());
    const url = `${app.url.replace('http', 'ws')}/graphql`;
    // One in twenty follows all events, the others what concerns one service.
    const services = Array.from({ length: 200 }, (_, index) =>
      index % 20 === 0 ? null : `s${index % SERVICES}`,
    );
    await crowd.call('wander', {
      url,
      seed: SEED,
      all: services.map((service) => ({
        query: EVENTS,
        cutWithin: service === null ? 2_000 : 250,
        variables: service === null ? {} : { filter: { service: [service] } },
      })),
    });

    for (let from = 0; from < TOTAL; from += BATCH) {
      const facts = Array.from({ length: BATCH }, (_, offset) => {
        const number = from + offset;
        const event = anEvent({ incidentId: `incident-${number}` });
        return { ...event, snapshot: { ...event.snapshot, service: `s${(number * 7) % SERVICES}` } };
      });
      await app.log.commit(...facts);
    }
    await eventually(
      () => app.log.events.head(),
      ({ sequence }) => sequence === TOTAL,
      { withinMs: 20_000, what: 'all are numbered' },
    );

    const events = await app.log.events.after(0, TOTAL);
    const expected = services.map((service) =>
      events
        .filter(({ snapshot }) => service === null || snapshot.service === service)
        .map(({ sequence }) => sequence),
    );
    const got = await crowd.call(
      'settle',
      expected.map(({ length }) => length),
    );
    for (const [index, sequences] of got.entries()) expect(sequences).toEqual(expected[index]);
  },
);
