import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { findLosses } from '../support/find-losses.ts';
import type { AcceptedWebhook, ReceivedPush } from '../support/find-losses.ts';
import { observeApi, toReceivedPush, untilQuiet } from '../support/observe-server.ts';
import { createPoster } from '../support/post-webhook.ts';
import { startProcessPair } from '../support/process-pair.ts';
import type { ProcessPair } from '../support/process-pair.ts';
import { startSink } from '../support/sink.ts';
import type { Sink } from '../support/sink.ts';
import { testDatabaseUri } from '../support/test-database.ts';
import { startWebhookLoad } from '../support/webhook-load.ts';

// A guard against hanging; the promises have deadlines of their own.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const EVENTS = 5000;
const SECRET = 'known to both processes';
/** A lease lasts 10 s. */
const TAKE_OVER_MS = 15_000;
const DELIVERED_MS = 60_000;

let pair: ProcessPair;
let sink: Sink;
const accepted: AcceptedWebhook[] = [];

beforeAll(async () => {
  pair = await startProcessPair(testDatabaseUri());
  sink = await startSink();
  const row = { secret: SECRET, events: 'incident.created,incident.updated' };
  for (const [index, server] of pair.servers.entries())
    await pair.addEndpointOf(server, { ...row, url: sink.url(`/${index}`) });
});
afterAll(async () => {
  await pair[Symbol.asyncDispose]();
  await sink[Symbol.asyncDispose]();
});

/** Posts half of the webhooks to each process. */
async function postToBoth(name: string, count: number): Promise<void> {
  for (const load of await Promise.all(
    pair.homes.map(({ port }, index) => postTo(port, `${name}-${index}`, count / 2)),
  ))
    accepted.push(...load);
}

async function postTo(port: number, name: string, count: number): Promise<AcceptedWebhook[]> {
  await using poster = createPoster(port, 16);
  const load = startWebhookLoad(poster, { count, width: 16, name });
  await load.done;
  return load.accepted;
}

/** What came to the endpoint whose slot that process held at the start. */
function pushesTo(index: number): ReceivedPush[] {
  return sink.arrivals(`/${index}`).map((arrival) => toReceivedPush(arrival, SECRET));
}

async function untilAllCame(count: number): Promise<void> {
  for (const path of ['/0', '/1']) await sink.untilEvents(count, { withinMs: DELIVERED_MS, path });
}

async function expectNothingLost(port: number): Promise<void> {
  const observed = { ...(await observeApi(port)), accepted };
  for (const index of [0, 1]) expect(findLosses({ ...observed, pushes: pushesTo(index) })).toEqual([]);
}

it('One of the two numbers the events, both push, and of 5,000 events nothing is delivered twice', async () => {
  const before = await pair.sequencer();
  expect(pair.servers.map(({ pid }) => pid)).toContain(before.pid);
  await postToBoth('undisturbed', EVENTS);
  await untilAllCame(EVENTS);
  await untilQuiet(pair.homes[0].port);

  expect(await pair.sequencer()).toEqual(before);
  expect(Object.fromEntries(await pair.slots())).toEqual(
    Object.fromEntries(pair.servers.map(({ pid }) => [pid, 32])),
  );
  for (const server of pair.servers) expect(server.output()).toContain('webhook delivered');
  expect([pushesTo(0).length, pushesTo(1).length]).toEqual([EVENTS, EVENTS]);
  await expectNothingLost(pair.homes[0].port);
});

/** The process that numbers now, and the other one. */
async function roles(): Promise<{ leader: 0 | 1; other: 0 | 1 }> {
  const { pid } = await pair.sequencer();
  return pair.servers[0].pid === pid ? { leader: 0, other: 1 } : { leader: 1, other: 0 };
}

it('When the one that numbers is killed under load, the other does all its work within 15 s', async () => {
  const { leader, other } = await roles();
  const ports = [pair.homes[leader].port, pair.homes[other].port];
  await using poster = createPoster(ports, 32);
  const load = startWebhookLoad(poster, { count: 800, width: 32, name: 'killed' });
  await load.reaches(200);
  await pair.servers[leader].kill();
  await Promise.all([pair.untilAlone(pair.servers[other], TAKE_OVER_MS), load.done]);
  accepted.push(...load.accepted);

  const port = pair.homes[other].port;
  await untilAllCame(accepted.length);
  await expectNothingLost(port);
});

it('One that hangs is replaced within 15 s, and does no harm when it wakes up', async () => {
  await pair.restart((await roles()).other);
  const { leader, other } = await roles();
  await using poster = createPoster(pair.homes[other].port, 16);
  await using hungPoster = createPoster(pair.homes[leader].port, 16);
  const load = startWebhookLoad(poster, { count: 400, width: 16, name: 'awake' });
  const hung = startWebhookLoad(hungPoster, { count: 400, width: 16, name: 'hung' });
  await hung.reaches(100);
  pair.servers[leader].signal('SIGSTOP');
  await Promise.all([pair.untilAlone(pair.servers[other], TAKE_OVER_MS), load.done]);
  pair.servers[leader].signal('SIGCONT');
  await Promise.all([pair.untilShared(), hung.done]);
  accepted.push(...load.accepted, ...hung.accepted);

  const port = pair.homes[other].port;
  await untilAllCame(accepted.length);
  await expectNothingLost(port);
});
