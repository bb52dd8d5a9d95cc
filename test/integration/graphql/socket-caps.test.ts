import { once } from 'node:events';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { eventually } from '../../support/eventually.ts';
import { endRawSocket, openRawSocket } from '../../support/raw-socket.ts';
import type { RawSocket } from '../../support/raw-socket.ts';
import { sendRequest } from '../../support/send-request.ts';
import { startGraphqlApp } from './graphql-app.ts';
import type { GraphqlApp } from './graphql-app.ts';

const WAVE = 250;
const KEYS = ['k'.repeat(32), 'l'.repeat(32)];

const portOf = (app: GraphqlApp): number => Number(new URL(app.url).port);

/** A socket that gave its key, or the close that it met. */
async function openWith(app: GraphqlApp, key: string): Promise<WebSocket | { code: number; reason: string }> {
  const socket = new WebSocket(`${app.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init', payload: { 'X-API-Key': key } }));
  const closed = once(socket, 'close') as Promise<[number, Buffer]>;
  const met = await Promise.race([
    once(socket, 'message'),
    closed.then(([code, reason]) => ({ code, reason })),
  ]);
  return 'code' in met ? { code: met.code, reason: String(met.reason) } : socket;
}

test('a key has so many sockets and no more, whatever others have; what it closes makes room', async () => {
  const [one = '', other = ''] = KEYS;
  const app = await startGraphqlApp({ apiKeys: KEYS, settings: { socketsPerKey: 2 } });
  const first = await openWith(app, one);
  const second = await openWith(app, one);
  expect([first, second]).toEqual([expect.any(WebSocket), expect.any(WebSocket)]);
  expect(await openWith(app, one)).toEqual({
    code: 4801,
    reason: expect.stringContaining('2 of this caller'),
  });
  expect(await openWith(app, other)).toBeInstanceOf(WebSocket);
  (first as WebSocket).terminate();
  await eventually(
    () => openWith(app, one),
    (next) => next instanceof WebSocket,
    { withinMs: 3000, what: 'there is room again' },
  );
});

test('a process has so many sockets; one more is asked to come back, and others are served meanwhile', async () => {
  const app = await startGraphqlApp({ settings: { maxSockets: 2 } });
  const sockets = [openRawSocket(portOf(app)), openRawSocket(portOf(app))];
  expect(await Promise.all(sockets.map(({ initialised }) => initialised))).toEqual(['ack', 'ack']);
  const headers = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  };
  const refused = await sendRequest(portOf(app), { path: '/graphql', headers });
  expect(refused).toMatchObject({
    status: 503,
    headers: { 'retry-after': expect.stringMatching(/^([1-9]|10)$/) },
    json: {
      errors: [
        {
          message: expect.stringContaining('2 WebSockets'),
          extensions: { code: 'UNAVAILABLE', retryAfterSeconds: expect.any(Number) },
        },
      ],
    },
  });
  expect((await app.ask('{ __typename }')).status).toBe(200);
  await Promise.all(sockets.map(endRawSocket));
  await eventually(
    () => app.api.sockets(),
    (open) => open === 0,
    { withinMs: 3000, what: 'they are gone' },
  );
  const next = openRawSocket(portOf(app));
  expect(await next.initialised).toBe('ack');
  await endRawSocket(next);
});

/** In waves, as a listening socket takes no more in at once. */
async function openMany(count: number, open: () => RawSocket): Promise<RawSocket[]> {
  const all: RawSocket[] = [];
  while (all.length < count) {
    const wave = Array.from({ length: Math.min(WAVE, count - all.length) }, open);
    await Promise.all(wave.map(({ opened }) => opened));
    all.push(...wave);
  }
  return all;
}

test('five thousand sockets of one caller, and a thousand that say nothing, keep nobody else out', async () => {
  const app = await startGraphqlApp();
  const port = portOf(app);
  const many = await openMany(5000, () => openRawSocket(port));
  const outcomes = await Promise.all(many.map(({ initialised }) => initialised));
  expect(outcomes.filter((outcome) => outcome === 'ack')).toHaveLength(2000);
  expect(outcomes.filter((outcome) => outcome === 4801)).toHaveLength(3000);

  const silent = await openMany(1100, () => openRawSocket(port, { from: '127.0.0.2', silent: true }));
  const other = openRawSocket(port, { from: '127.0.0.3' });
  expect(await other.initialised).toBe('ack');
  expect((await app.ask('{ __typename }')).status).toBe(200);
  // The oldest make room for the newest; the others have their three seconds.
  const oldest = silent.slice(0, 100).map(({ initialised }) => initialised);
  expect(new Set(await Promise.all(oldest))).toEqual(new Set([4408]));
  await Promise.all([...many, ...silent, other].map(endRawSocket));
});

test('frames that are broken or too large close their socket, and leave no stack in the log', async () => {
  const lines: object[] = [];
  const log = (fields: object): void => void lines.push(fields);
  const logger = { info: log, warn: log, error: log, debug: log } as never;
  const app = await startGraphqlApp({ over: { logger } });
  const close = async (frame: (socket: WebSocket) => void): Promise<number> => {
    const socket = new WebSocket(`${app.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    await once(socket, 'open');
    frame(socket);
    const [code] = (await once(socket, 'close')) as [number];
    return code;
  };
  expect(await close((socket) => socket.send('x'.repeat(70_000)))).toBe(1009);
  expect(await close((socket) => socket.send('{'))).toBe(4400);
  expect(await close((socket) => socket.send(Buffer.from([0xff])))).toBe(4400);
  expect(lines).toHaveLength(1);
  expect(lines.flatMap(Object.values).filter((value) => typeof value !== 'string')).toEqual([]);
});
