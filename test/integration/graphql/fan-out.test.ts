import { expect, onTestFinished, test } from 'vitest';
import { startBenchProcess } from '../../../bench/harness/bench-process.ts';
import type { CrowdMethods } from '../../support/crowd-process.ts';
import { anEvent } from '../../support/event-log.ts';
import { eventually } from '../../support/eventually.ts';
import { usedMemory } from '../../support/used-memory.ts';
import { startGraphqlApp } from './graphql-app.ts';

const SAME = `subscription($after: Sequence) { events(after: $after) {
  id sequence type occurredAt snapshot { incidentId title status severity service triggerCount }
} }`;
const OTHER = `subscription($after: Sequence, $filter: EventFilter) {
  events(after: $after, filter: $filter) { sequence type }
}`;
/** What fills a connection that nobody reads from. */
const LARGE = 'subscription { events(after: 0) { sequence snapshot { description } } }';

const LARGE_TEXT = 240_000;
const PER_SECOND = 30;
const LARGE_EVENTS = 32;
const EVENTS = 60;
const SERVICES = 10;

const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

test('a thousand who ask the same and a hundred others get every event in order, beside fifty who never read', async () => {
  const app = await startGraphqlApp();
  const crowd = await startBenchProcess<CrowdMethods>(
    new URL('../../support/crowd-process.ts', import.meta.url),
  );
  onTestFinished(() => crowd[Symbol.asyncDispose]());
  const url = `${app.url.replace('http', 'ws')}/graphql`;
  const gather = (count: number, query: string, variables: object = { after: 0 }, deaf = false) =>
    crowd.call('gather', { url, query, variables: { ...variables }, count, deaf });

  const same = await gather(1000, SAME);
  const others: number[] = [];
  for (let index = 0; index < SERVICES; index++)
    others.push(await gather(10, OTHER, { after: 0, filter: { service: [`s${index}`] } }));
  await eventually(
    () => app.service.live.listeners(),
    (listeners) => listeners === 1 + SERVICES,
    { withinMs: 10_000, what: 'all follow' },
  );
  const deaf = await gather(50, LARGE, {}, true);
  await eventually(
    () => app.service.live.groups(),
    (groups) => groups === 2 + SERVICES,
    { withinMs: 10_000, what: 'the deaf follow' },
  );

  let number = 0;
  const commit = async (count: number, text: string): Promise<void> => {
    const facts = Array.from({ length: count }, () => {
      const event = anEvent({ incidentId: `incident-${String((number += 1)).padStart(4, '0')}` });
      const snapshot = { ...event.snapshot, service: `s${number % SERVICES}`, description: text };
      return { ...event, snapshot };
    });
    await app.log.commit(...facts);
  };
  /** Resolves when the slowest of those who read has so many. */
  const allHave = (count: number) =>
    eventually(
      () => crowd.call('counts', same),
      ([least]) => least === count,
      { withinMs: 10_000, what: `all have ${count}` },
    );
  const before = await usedMemory();
  // Nobody waits for those who do not read, who soon are too slow.
  for (let sent = 0; sent < LARGE_EVENTS; sent += 4) {
    await commit(4, 'x'.repeat(LARGE_TEXT));
    await allHave(sent + 4);
  }
  expect((await usedMemory()) - before).toBeLessThan(20 * 1024 * 1024);
  const total = LARGE_EVENTS + EVENTS;
  const begunAt = performance.now();
  for (let sent = 0; sent < EVENTS; sent++) {
    const due = begunAt + (sent * 1000) / PER_SECOND;
    await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
    await commit(1, 'x');
  }
  await allHave(total);
  await eventually(
    () => app.api.sockets(),
    (sockets) => sockets === 1100,
    { withinMs: 10_000, what: 'who never reads is not kept' },
  );

  expect(await crowd.call('seen', same)).toEqual([{ sequences: upTo(total), closed: null }]);
  for (const [index, other] of others.entries()) {
    const sequences = upTo(total).filter((sequence) => sequence % SERVICES === index);
    expect(await crowd.call('seen', other)).toEqual([{ sequences, closed: null }]);
  }
  const codes = new Set(await crowd.call('hear', deaf));
  expect([...codes].every((code) => code === 4800 || code === 1006)).toBe(true);
});
