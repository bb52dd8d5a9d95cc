import { on, once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { eventually } from '../../support/eventually.ts';
import { anEvent } from '../../support/event-log.ts';
import { startGraphqlApp } from './graphql-app.ts';
import type { GraphqlApp } from './graphql-app.ts';
import { connectLive } from './live-client.ts';

const EVENTS =
  'subscription($after: Sequence) { events(after: $after) { sequence snapshot { description } } }';

/** A socket that speaks the protocol by hand. */
async function open(app: GraphqlApp, headers: Record<string, string> = {}): Promise<WebSocket> {
  const socket = new WebSocket(`${app.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    headers,
  });
  await once(socket, 'open');
  return socket;
}

interface Frame {
  id?: string;
  type: string;
  payload?: { message: string; extensions: Record<string, unknown> }[];
}

/** The next frame of a socket; several may have come at once. */
async function frame(socket: WebSocket): Promise<Frame> {
  let frames = inboxes.get(socket);
  if (frames === undefined) inboxes.set(socket, (frames = on(socket, 'message')));
  const { value } = (await frames.next()) as { value: [Buffer] };
  return JSON.parse(value[0].toString()) as Frame;
}

const inboxes = new Map<WebSocket, AsyncIterator<unknown>>();

async function init(socket: WebSocket): Promise<void> {
  socket.send('{"type":"connection_init"}');
  expect(await frame(socket)).toEqual({ type: 'connection_ack' });
}

function subscribe(socket: WebSocket, id: string, query: string, variables: object = {}): void {
  socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query, variables } }));
}

async function closed(socket: WebSocket): Promise<number> {
  const [code] = (await once(socket, 'close')) as [number];
  return code;
}

test('a subscriber that stops reading is closed with 4800 and continues where it stopped; others lose nothing', async () => {
  const app = await startGraphqlApp();
  const healthy = connectLive(app.url).follow(EVENTS);
  const slow = await open(app);
  await init(slow);
  subscribe(slow, '1', EVENTS, { after: 0 });
  await eventually(
    () => app.service.live.groups(),
    (groups) => groups === 1,
    { withinMs: 5000, what: 'both follow' },
  );
  await app.log.commit(anEvent());
  await Promise.all([healthy.count(1), once(slow, 'message')]);
  let last = 1;
  slow.on(
    'message',
    (data) =>
      (last = (
        JSON.parse((data as Buffer).toString()) as { payload: { data: { events: { sequence: number } } } }
      ).payload.data.events.sequence),
  );

  const paused = (slow as unknown as { _socket: Socket })._socket;
  paused.pause();
  const big = (index: number) => {
    const event = anEvent({ incidentSeq: index + 2 });
    return { ...event, snapshot: { ...event.snapshot, description: 'x'.repeat(60_000) } };
  };
  for (let index = 0; index < 400; index += 20) {
    await app.log.commit(...Array.from({ length: 20 }, (_, offset) => big(index + offset)));
    await healthy.count(index + 21);
  }
  paused.resume();
  expect(await closed(slow)).toBe(4800);
  expect(last).toBeGreaterThan(1);
  expect(last).toBeLessThan(401);

  const again = connectLive(app.url).follow(EVENTS, { after: last });
  const sequences = (await again.count(401 - last)).map(({ events }) => events.sequence);
  expect(sequences).toEqual(Array.from({ length: 401 - last }, (_, index) => last + 1 + index));
});

test('only subscriptions run over a socket, and what is wrong with one is told with a code', async () => {
  const app = await startGraphqlApp();
  const socket = await open(app);
  await init(socket);
  const errorOf = async (query: string, variables?: object): Promise<unknown> => {
    subscribe(socket, '1', query, variables);
    const { type, payload } = await frame(socket);
    expect(type).toBe('error');
    return payload?.[0]?.extensions['code'];
  };
  expect(await errorOf('{ incidents { nodes { id } } }')).toBe('SUBSCRIPTIONS_ONLY');
  expect(await errorOf('mutation { resolveIncident(input: { id: "x" }) { errors { code } } }')).toBe(
    'SUBSCRIPTIONS_ONLY',
  );
  expect(await errorOf('subscription { events { sequence ')).toBe('GRAPHQL_PARSE_FAILED');
  expect(await errorOf('subscription { events { nothing } }')).toBe('GRAPHQL_VALIDATION_FAILED');
  expect(await errorOf('subscription { events { sequence } } subscription B { events { id } }')).toBe(
    'GRAPHQL_VALIDATION_FAILED',
  );
  expect(await errorOf(EVENTS, { after: -1 })).toBe('BAD_USER_INPUT');
  expect(
    await errorOf(
      `subscription { events { ${'incident { events { nodes { '.repeat(4)} id ${'} } }'.repeat(4)} } }`,
    ),
  ).toBe('TOO_COMPLEX');
  expect(await errorOf(`subscription { events { ${'id '.repeat(2000)} } }`)).toBe('TOO_COMPLEX');
  socket.close();
});

test('a socket carries twenty operations and refuses the next', async () => {
  const app = await startGraphqlApp();
  const socket = await open(app);
  await init(socket);
  for (let id = 1; id <= 21; id++) subscribe(socket, String(id), EVENTS);
  expect(await frame(socket)).toMatchObject({
    id: '21',
    type: 'error',
    payload: [{ extensions: { code: 'TOO_MANY_OPERATIONS' } }],
  });
  socket.send('{"id":"1","type":"complete"}');
  await eventually(
    () => app.service.live.groups(),
    (groups) => groups === 1,
    { withinMs: 5000, what: 'they follow' },
  );
  subscribe(socket, '22', EVENTS, { after: 0 });
  await app.log.commit(anEvent());
  const ids = new Set<string | undefined>();
  while (ids.size < 20) ids.add((await frame(socket)).id);
  expect(ids).toContain('22');
  expect(ids).not.toContain('1');
  socket.close();
});

test('frames over 64 KB, and clients that do not say hello or speak another protocol, are closed', async () => {
  const app = await startGraphqlApp();
  const large = await open(app);
  large.send('x'.repeat(64 * 1024 + 1));
  expect(await closed(large)).toBe(1009);
  const foreign = new WebSocket(`${app.url.replace('http', 'ws')}/graphql`);
  expect(await closed(foreign)).toBe(4406);
  const eager = await open(app);
  subscribe(eager, '1', EVENTS);
  expect(await closed(eager)).toBe(4401);
  const silent = await open(app);
  expect(await closed(silent)).toBe(4408);
});

test('with keys required a socket needs one, in connectionParams or as a header', async () => {
  const app = await startGraphqlApp({ apiKeys: ['k'.repeat(32)] });
  const nobody = await open(app);
  nobody.send('{"type":"connection_init"}');
  expect(await closed(nobody)).toBe(4403);
  const wrong = await open(app);
  wrong.send('{"type":"connection_init","payload":{"authorization":"Bearer nope"}}');
  expect(await closed(wrong)).toBe(4403);
  const byHeader = await open(app, { 'x-api-key': 'k'.repeat(32) });
  await init(byHeader);
  byHeader.close();
  const live = connectLive(app.url, { Authorization: `Bearer ${'k'.repeat(32)}` }).follow(EVENTS, {
    after: 0,
  });
  await app.log.commit(anEvent());
  await live.count(1);
});

test('closing says goodbye to every socket in time, also to one that does not answer', async () => {
  const app = await startGraphqlApp();
  const sockets = await Promise.all(Array.from({ length: 150 }, () => open(app)));
  await Promise.all(sockets.map(init));
  const deaf = sockets.pop();
  (deaf as unknown as { _socket: Socket })._socket.pause();
  const ends = Promise.all(sockets.map((socket) => once(socket, 'close') as Promise<[number, Buffer]>));
  const begunAt = performance.now();
  await app.api[Symbol.asyncDispose]();
  expect(performance.now() - begunAt).toBeLessThan(4000);
  for (const [code, reason] of await ends)
    expect(`${code} ${reason.toString()}`).toMatch(/^1001 Going away: reconnect in [1-3]\.\d s$/);
  // Each has a moment of its own.
  expect(new Set((await ends).map(([, reason]) => reason.toString())).size).toBeGreaterThan(10);
  deaf?.terminate();
  const { port } = new URL(app.url);
  const late = connect(Number(port), '127.0.0.1');
  late.write(
    'GET /graphql HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );
  const [answer] = (await once(late, 'data')) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1.1 503/);
  late.destroy();
});
