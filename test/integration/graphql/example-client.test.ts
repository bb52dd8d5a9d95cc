import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { ConnectionLost } from '../../../examples/client/errors.ts';
import { ask } from '../../../examples/client/api.ts';
import { followEvents } from '../../../examples/client/follow-events.ts';
import type { Following } from '../../../examples/client/follow-events.ts';
import { EventLogDocument } from '../../../examples/client/gql/graphql.ts';
import { eventModel } from '../../../src/store/event-row.ts';
import { headModel } from '../../../src/store/head-row.ts';
import { anEvent } from '../../support/event-log.ts';
import { eventually } from '../../support/eventually.ts';
import { startRelay } from '../../support/relay.ts';
import type { Relay } from '../../support/relay.ts';
import { startGraphqlApp } from './graphql-app.ts';
import type { GraphqlApp } from './graphql-app.ts';

const KEY = 'k'.repeat(32);
const WITHIN = { withinMs: 10_000 };

/** Numbers above `after` up to `last`. */
const range = (after: number, last: number): number[] =>
  Array.from({ length: last - after }, (_, index) => after + 1 + index);

async function headOf(app: GraphqlApp): Promise<number> {
  const { data } = await app.ask('{ eventLog { head } }');
  return data.eventLog.head;
}

/** The example's loop in this process, with what it saw. */
function follow(app: GraphqlApp, relay: Relay, over: Partial<Following> = {}) {
  const seen: number[] = [];
  const troubles: string[] = [];
  const loadedAt: number[] = [];
  const ending = new AbortController();
  onTestFinished(() => ending.abort());
  const ended = followEvents(
    { url: relay.url, apiKey: KEY },
    {
      async load() {
        loadedAt.push(await headOf(app));
        return loadedAt.at(-1) ?? 0;
      },
      onEvent: ({ sequence }) => void seen.push(sequence),
      onTrouble: (error, againInMs) => void troubles.push(`${String(error)}: ${againInMs}`),
      signal: ending.signal,
      backOffMs: 5,
      ...over,
    },
  );
  // Where a test does not look at how it ended, the end of the test has ended it.
  ended.catch(() => undefined);
  return {
    seen,
    troubles,
    loadedAt,
    ended,
    stop: () => ending.abort(),
    sees: (last: number) =>
      eventually(
        () => seen.at(-1) ?? 0,
        (sequence) => sequence >= last,
        { ...WITHIN, what: `event ${last} is seen` },
      ),
  };
}

test(
  'the example client lists, acts and follows; cut off in between, it misses no event and repeats none',
  { timeout: 60_000 },
  async () => {
    const app = await startGraphqlApp({ apiKeys: [KEY] });
    await app.ask('mutation { createIncident(input: { title: "Here before" }) { errors { code } } }');
    const relay = await startRelay(app.url);
    const client = spawn(process.execPath, ['--import', 'tsx', 'examples/client/main.ts', relay.url, KEY], {
      cwd: fileURLToPath(new URL('../../../', import.meta.url)),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void client.kill('SIGKILL'));
    const lines: string[] = [];
    createInterface(client.stdout).on('line', (line) => lines.push(line));
    const sees = (text: string) =>
      eventually(
        () => lines.join('\n'),
        (all) => all.includes(text),
        { withinMs: 15_000, what: `it prints ${text}` },
      );

    await sees('NOTE The payment provider is down.');
    expect(lines.join('\n')).toMatch(/^MEDIUM OPEN Here before$/m);
    for (let round = 1; round <= 3; round++) {
      await app.log.commit(
        ...range(0, 20).map((seq) => anEvent({ incidentId: `cut-${round}`, incidentSeq: seq })),
      );
      relay.cut();
      await app.log.commit(anEvent({ incidentId: `after-${round}` }));
    }
    const last = await eventually(
      () => headOf(app),
      (head) => head === 4 + 3 * 21,
      { ...WITHIN, what: 'all are numbered' },
    );
    await sees(`#${last} `);

    const numbers = lines.flatMap((line) => /^#(\d+)/.exec(line)?.[1] ?? []).map(Number);
    expect(numbers).toEqual(range((numbers[0] ?? 0) - 1, last));
    expect(numbers[0]).toBeLessThanOrEqual(4);
    expect(lines.join('\n')).toContain('ConnectionLost');
    expect(relay.opened()).toBeGreaterThan(1);

    const exited = once(client, 'exit');
    client.kill('SIGINT');
    expect(await exited).toEqual([0, null]);
  },
);

test('it goes on from its last event after every way in which a connection ends', async () => {
  const app = await startGraphqlApp({ apiKeys: [KEY] });
  const relay = await startRelay(app.url);
  const client = follow(app, relay);
  await eventually(relay.opened, (opened) => opened === 1, { ...WITHIN, what: 'it connects' });
  const ends = [() => relay.cut(), ...[4800, 1001, 1000, 1011].map((code) => () => relay.close(code))];
  for (const [index, end] of ends.entries()) {
    await app.log.commit(anEvent({ incidentId: `a-${index}` }));
    await client.sees(2 * index + 1);
    end();
    await app.log.commit(anEvent({ incidentId: `b-${index}` }));
    await client.sees(2 * index + 2);
  }
  expect(client.seen).toEqual(range(0, 10));
  expect(client.loadedAt).toEqual([0]);
  expect(client.troubles.join('\n')).toMatch(/lost.*4800.*1001/s);

  relay.close(1001, 'Going away: reconnect in 0.1 s');
  await app.log.commit(anEvent({ incidentId: 'last' }));
  await client.sees(11);
  expect(client.troubles.at(-1)).toMatch(/: 100$/);

  client.stop();
  await expect(client.ended).resolves.toBeUndefined();
});

test('where the events behind its last one are gone, it reads everything anew and goes on from there', async () => {
  const app = await startGraphqlApp({ apiKeys: [KEY] });
  const relay = await startRelay(app.url);
  await app.log.commit(...range(0, 7).map((seq) => anEvent({ incidentSeq: seq })));
  await eventually(
    () => headOf(app),
    (head) => head === 7,
    { ...WITHIN, what: 'all are numbered' },
  );
  await headModel(app.connection).collection.updateOne({ _id: 'events' } as object, { $set: { floor: 5 } });
  await eventModel(app.connection).collection.deleteMany({ sequence: { $lte: 5 } });

  const heads = [1];
  const load = async (): Promise<number> => heads.shift() ?? (await headOf(app));
  const client = follow(app, relay, { load });
  await eventually(relay.opened, (opened) => opened === 2, { ...WITHIN, what: 'it connects anew' });
  await app.log.commit(anEvent({ incidentSeq: 8 }));
  await client.sees(8);
  expect(client.seen).toEqual([8]);
  expect(client.troubles).toEqual([expect.stringContaining('no longer kept')]);
});

test('a key that is refused ends it, in the middle and at the beginning', async () => {
  const app = await startGraphqlApp({ apiKeys: [KEY] });
  const relay = await startRelay(app.url);
  const client = follow(app, relay);
  await app.log.commit(anEvent());
  await client.sees(1);
  relay.close(4403);
  await expect(client.ended).rejects.toEqual(expect.any(ConnectionLost));
  await expect(client.ended).rejects.toMatchObject({ code: 4403 });
  expect(client.troubles).toEqual([]);

  const load = async (): Promise<number> =>
    (await ask({ url: relay.url, apiKey: 'another' }, EventLogDocument, {})).eventLog.head;
  const refused = follow(app, relay, { load });
  await expect(refused.ended).rejects.toMatchObject({ name: 'ApiError', code: 'UNAUTHENTICATED' });
});
