import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { sendRequest } from '../../support/send-request.ts';
import type { Answer } from '../../support/send-request.ts';
import { echoHandlers, startEdge } from '../../support/start-edge.ts';
import type { EdgeOptions } from '../../support/start-edge.ts';

const LISTED = 'https://dash.example.com';
const UNLISTED = 'https://evil.example';
const KEYS: EdgeOptions = { mode: 'REQUIRED', apiKeys: ['0123456789abcdef'] };
const PREFLIGHT = { 'access-control-request-method': 'POST' };

async function serving(options: EdgeOptions): Promise<number> {
  const { server, port } = await startEdge({ allowedOrigins: [LISTED], ...options });
  server.serve(echoHandlers());
  return port;
}

async function call(
  port: number,
  origin: string | undefined,
  method = 'POST',
  more: object = {},
): Promise<Answer> {
  const headers = { ...(origin !== undefined && { origin }), ...more };
  return sendRequest(port, { method, path: '/graphql', headers, ...(method === 'POST' && { body: '{}' }) });
}

/** The status that an upgrade is answered with, and the body where it is refused. */
async function upgrade(port: number, origin: string | undefined): Promise<{ status: number; body: unknown }> {
  const url = `ws://127.0.0.1:${port}/graphql`;
  const socket = new WebSocket(url, 'graphql-transport-ws', { ...(origin !== undefined && { origin }) });
  const refused = new Promise<IncomingMessage>((resolve) => {
    socket.once('unexpected-response', (_request, response) => resolve(response));
  });
  socket.on('error', () => undefined);
  const upgraded = once(socket, 'upgrade') as Promise<[IncomingMessage]>;
  const response = await Promise.race([refused, upgraded.then(([answer]) => answer)]);
  const status = response.statusCode ?? 0;
  const chunks: Buffer[] = [];
  if (status !== 101) for await (const chunk of response) chunks.push(chunk as Buffer);
  socket.terminate();
  return { status, body: status === 101 ? null : JSON.parse(Buffer.concat(chunks).toString()) };
}

const FORBIDDEN = {
  errors: [{ message: expect.stringContaining('ALLOWED_ORIGINS'), extensions: { code: 'FORBIDDEN' } }],
};

describe.each([
  ['with keys required', KEYS],
  ['without keys', {}],
])('%s', (_name, options) => {
  test('programs, own pages and listed pages may call the API; other pages may not', async () => {
    const port = await serving(options);
    for (const origin of [undefined, LISTED, `http://127.0.0.1:${port}`]) {
      expect([origin, (await call(port, origin)).status]).toEqual([origin, 200]);
      expect([origin, (await upgrade(port, origin)).status]).toEqual([origin, 101]);
    }
    for (const origin of [UNLISTED, 'null', 'http://dash.example.com', `${LISTED}:8443`]) {
      expect(await call(port, origin)).toMatchObject({ status: 403, json: FORBIDDEN });
      expect(await upgrade(port, origin)).toMatchObject({ status: 403, body: FORBIDDEN });
    }
  });

  test('a listed page may read the answer, whatever it is, and no other page may', async () => {
    const port = await serving(options);
    const answer = await call(port, LISTED);
    expect(answer.headers).toMatchObject({ 'access-control-allow-origin': LISTED, vary: 'Origin' });
    expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
    const tooLarge = await sendRequest(port, {
      method: 'POST',
      path: '/graphql',
      headers: { origin: LISTED },
      body: 'x'.repeat(5 * 1024 * 1024),
    });
    expect(tooLarge).toMatchObject({ status: 413, headers: { 'access-control-allow-origin': LISTED } });
    for (const origin of [undefined, UNLISTED, `http://127.0.0.1:${port}`]) {
      const other = await call(port, origin);
      expect(other.headers).not.toHaveProperty('access-control-allow-origin');
    }
    // A cache must not hand what the one may read to the other.
    expect((await call(port, undefined)).headers['vary']).toBe('Origin');
  });

  test('a browser that asks for leave is told what a listed page may send', async () => {
    const port = await serving(options);
    const leave = await call(port, LISTED, 'OPTIONS', PREFLIGHT);
    expect(leave).toMatchObject({
      status: 204,
      text: '',
      headers: {
        'access-control-allow-origin': LISTED,
        'access-control-allow-methods': expect.stringContaining('POST'),
        'access-control-allow-headers': 'authorization, content-type, x-api-key, apollo-require-preflight',
        'access-control-max-age': expect.stringMatching(/^\d+$/),
        vary: 'Origin',
      },
    });
    expect(await call(port, UNLISTED, 'OPTIONS', PREFLIGHT)).toMatchObject({ status: 403, json: FORBIDDEN });
  });

  test('the list is for the API only', async () => {
    const port = await serving(options);
    const intake = {
      method: 'POST',
      path: '/api/v1/webhooks/generic',
      headers: { origin: LISTED },
      body: '{}',
    };
    const answer = await sendRequest(port, intake);
    expect(answer.status).toBe(options.mode === 'REQUIRED' ? 200 : 403);
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  });
});

test('where no origin is listed, answers say nothing of origins', async () => {
  const port = await serving({ ...KEYS, allowedOrigins: [] });
  const { headers } = await call(port, undefined);
  expect(headers).not.toHaveProperty('vary');
  expect((await call(port, LISTED)).status).toBe(403);
});
