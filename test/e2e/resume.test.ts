import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { readHead } from '../support/observe-server.ts';
import { subscribe } from '../support/graphql-client.ts';
import type { Subscriber } from '../support/graphql-client.ts';
import { createPoster } from '../support/post-webhook.ts';
import type { Poster } from '../support/post-webhook.ts';
import { openServerHome } from '../support/server-process.ts';
import type { ServerHome, ServerProcess } from '../support/server-process.ts';
import { testDatabaseUri } from '../support/test-database.ts';
import { startWebhookLoad } from '../support/webhook-load.ts';

// A guard against hanging; the promises have deadlines of their own.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** Events are seen within milliseconds; a busy machine may take its time. */
const SEEN_MS = 15_000;

let home: ServerHome;
let server: ServerProcess;
let poster: Poster;
beforeAll(async () => {
  home = await openServerHome({ MONGODB_URI: testDatabaseUri() });
  server = await home.start();
  poster = createPoster(home.port);
});
afterAll(async () => {
  await poster[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
});

interface Seen {
  events: { id: string; sequence: number };
}

function follow(after: number): Promise<Subscriber<Seen>> {
  const query = 'subscription ($after: Sequence) { events(after: $after) { id sequence } }';
  return subscribe<Seen>(home.port, query, { after });
}

const sequences = (seen: readonly Seen[]): number[] => seen.map(({ events }) => events.sequence);
const ids = (seen: readonly Seen[]): string[] => seen.map(({ events }) => events.id);
/** Numbers above `after` up to `last`. */
const range = (after: number, last: number): number[] =>
  Array.from({ length: last - after }, (_, index) => after + 1 + index);

let posts = 0;
async function postSome(count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    posts += 1;
    const body = { title: `Outage ${posts}` };
    await poster.post({ provider: 'generic', idempotencyKey: `post-${posts}`, body });
  }
}

it('A subscriber who was cut off and returns gets exactly the missing events in order, then live ones', async () => {
  await using witness = await follow(0);
  const before = await follow(0);
  await postSome(10);
  await before.until((seen) => seen.length >= 7, SEEN_MS);
  before.cut();
  const known = before.received.slice(0, 7);

  await postSome(20);
  const last = known.at(-1)?.events.sequence ?? 0;
  expect(last).toBe(7);
  await using again = await follow(last);
  await again.until((seen) => seen.length >= 23, SEEN_MS);
  expect(sequences(again.received)).toEqual(range(7, 30));

  await postSome(5);
  await again.until((seen) => seen.length >= 28, SEEN_MS);
  await witness.until((seen) => seen.length >= 35, SEEN_MS);
  expect(sequences(again.received)).toEqual(range(7, 35));
  // The same events as somebody saw who never left.
  expect([...ids(known), ...ids(again.received)]).toEqual(ids(witness.received));
});

it('One who is cut off again and again in the middle of a storm of events misses none and sees none twice', async () => {
  const start = await readHead(home.port);
  const load = startWebhookLoad(poster, { count: 800, width: 16 });
  const seen: Seen[] = [];
  let returns = 0;
  while (seen.length < 800) {
    await using subscriber = await follow(seen.at(-1)?.events.sequence ?? start);
    const wanted = Math.min(60, 800 - seen.length);
    await subscriber.until((received) => received.length >= wanted, SEEN_MS);
    subscriber.cut();
    seen.push(...subscriber.received);
    returns += 1;
  }
  await load.done;
  expect(returns).toBeGreaterThan(1);
  expect(sequences(seen)).toEqual(range(start, start + 800));
});

it('One who returns to a server that was restarted meanwhile goes on where it stopped', async () => {
  const start = await readHead(home.port);
  const before = await follow(start);
  await postSome(3);
  await before.until((seen) => seen.length >= 3, SEEN_MS);
  await server.kill();
  server = await home.start();
  await postSome(3);
  await using again = await follow(start + 3);
  await again.until((seen) => seen.length >= 3, SEEN_MS);
  expect(sequences(again.received)).toEqual(range(start + 3, start + 6));
});
