import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { rm } from 'node:fs/promises';
import type { EmbeddedMongod } from '../../src/mongod/start-embedded-mongod.ts';
import { startEmbeddedMongod } from '../../src/mongod/start-embedded-mongod.ts';
import { createAdminCommand } from '../../src/store/admin-command.ts';
import { makeTestFolder } from '../support/global-setup.ts';
import { testMongodOptions } from '../support/mongod.ts';
import { createPoster } from '../support/post-webhook.ts';
import { startProcessPair } from '../support/process-pair.ts';
import type { ProcessPair } from '../support/process-pair.ts';
import { startSink } from '../support/sink.ts';
import type { Sink } from '../support/sink.ts';

// A guard against hanging; the promises have deadlines of their own.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** MongoDB by itself would keep the rows of the dead locked for 60 s and more. */
const TAKE_OVER_MS = 15_000;
/** Longer than it takes to kill a process that waits for it. */
const BLOCKED_MS = 1000;

const runAdminCommand = createAdminCommand();
let folder: string;
let mongod: EmbeddedMongod;
let pair: ProcessPair;
let sink: Sink;

// A mongod of its own: fail points are one for the whole server.
beforeAll(async () => {
  folder = await makeTestFolder();
  mongod = await startEmbeddedMongod({
    ...testMongodOptions(folder),
    extraArgs: ['--setParameter', 'enableTestCommands=1'],
  });
  pair = await startProcessPair(mongod.uri);
  sink = await startSink();
});
afterAll(async () => {
  await sink[Symbol.asyncDispose]();
  await pair[Symbol.asyncDispose]();
  await mongod[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** Resolves when the next such command waits in the database. */
async function blockNext(command: string, collection: string): Promise<{ reached: Promise<unknown> }> {
  const port = Number(new URL(mongod.uri).port);
  const { count } = await runAdminCommand(port, {
    configureFailPoint: 'failCommand',
    mode: { times: 1 },
    data: {
      failCommands: [command],
      namespace: `opslens.${collection}`,
      blockConnection: true,
      blockTimeMS: BLOCKED_MS,
    },
  });
  const reached = runAdminCommand(port, {
    waitForFailPoint: 'failCommand',
    timesEntered: Number(count) + 1,
    maxTimeMS: 30_000,
  });
  return { reached };
}

describe('A process that is killed in the middle of a transaction holds up the other for 15 s at most', () => {
  it.each([
    ['taking in a webhook', 'insert', 'events'],
    ['numbering events', 'insert', 'deliveries'],
    ['recording that a webhook was delivered', 'delete', 'deliveries'],
  ])('while %s', async (_what, command, collection) => {
    await pair.untilShared();
    const { pid } = await pair.sequencer();
    const [doomed, other] = pair.servers[0].pid === pid ? ([0, 1] as const) : ([1, 0] as const);
    const path = `/${command}-${collection}`;
    const events = 'incident.created';
    await pair.addEndpointOf(pair.servers[doomed], { url: sink.url(path), secret: 'x', events });

    const { reached } = await blockNext(command, collection);
    await using poster = createPoster([pair.homes[doomed].port, pair.homes[other].port]);
    const idempotencyKey = path;
    const posting = poster.post({ provider: 'generic', idempotencyKey, body: { title: path } });
    await reached;
    await pair.servers[doomed].kill();
    const killedAt = performance.now();

    const { status, json } = await posting;
    expect(status).toBe(200);
    expect(performance.now() - killedAt).toBeLessThan(TAKE_OVER_MS);
    await pair.untilAlone(pair.servers[other], TAKE_OVER_MS - (performance.now() - killedAt));
    const [push] = await sink.until((all) => all.length > 0, {
      withinMs: TAKE_OVER_MS - (performance.now() - killedAt),
      path,
    });
    expect(push?.body.toString()).toContain(String(json['incident_id']));
    await pair.restart(doomed);
  });
});
