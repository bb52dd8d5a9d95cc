import { EventEmitter, once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { JsonReply } from '../../../src/http/handlers.ts';
import { PortUnusableError } from '../../../src/http/listen.ts';
import { sendRequest } from '../../support/send-request.ts';
import { echoHandlers, keepNothing, startEdge } from '../../support/start-edge.ts';

const INTAKE = { method: 'POST', path: '/api/v1/webhooks/generic', body: '{}' };

async function serving(options: Parameters<typeof startEdge>[0] = {}, handlers = echoHandlers()) {
  const edge = await startEdge(options);
  edge.server.serve(handlers);
  return edge;
}

describe('while it starts', () => {
  test('webhooks are asked to come back, health is told, and then it serves', async () => {
    const { server, port, lines } = await startEdge();
    const answer = await sendRequest(port, INTAKE);
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('1');
    expect(lines[0]?.message).toContain('webhook');
    expect(await sendRequest(port, { path: '/healthz' })).toMatchObject({
      status: 200,
      json: { status: 'ok' },
    });
    expect(await sendRequest(port, { path: '/readyz' })).toMatchObject({
      status: 503,
      json: { state: 'starting' },
    });

    server.serve(echoHandlers());
    expect(await sendRequest(port, INTAKE)).toMatchObject({ status: 200 });
    expect(await sendRequest(port, { path: '/readyz' })).toMatchObject({
      status: 200,
      json: { status: 'ready' },
    });
  });

  test('a port in use is told with the setting that changes it', async () => {
    const { port } = await startEdge();
    const second = startEdge({ port });
    await expect(second).rejects.toThrow(PortUnusableError);
    await expect(second).rejects.toThrow(/PORT/);
  });
});

describe('readiness', () => {
  test('names the check that fails, throws or hangs, and does not wait for it', async () => {
    const checks = {
      fine: () => true,
      fails: () => Promise.resolve(false),
      throws: () => Promise.reject(new Error('away')),
      hangs: () => new Promise<boolean>(() => undefined),
    };
    const { port } = await serving({}, echoHandlers({ checks }));
    expect(await sendRequest(port, { path: '/readyz' })).toMatchObject({
      status: 503,
      json: {
        status: 'unavailable',
        checks: { fine: 'ok', fails: 'failed', throws: 'failed', hangs: 'failed' },
      },
    });
  });
});

describe('with AUTH off', () => {
  const paths = ['/', '/metrics', '/graphql', '/api/v1/webhooks/generic', '/nowhere'];

  test.each(paths)('%s is served to this machine by name only', async (path) => {
    const { port } = await serving();
    const method = path.startsWith('/api') ? 'POST' : 'GET';
    const answer = await sendRequest(port, { method, path, headers: { host: `evil.example:${port}` } });
    expect(answer).toMatchObject({
      status: 403,
      json: { errors: [{ message: expect.stringContaining('Host') }] },
    });
    expect(answer.text).toContain('PUBLIC_HOSTS');
  });

  test.each(paths)('%s is not served to a page from elsewhere', async (path) => {
    const { port } = await serving();
    const method = path.startsWith('/api') ? 'POST' : 'GET';
    const answer = await sendRequest(port, { method, path, headers: { origin: 'https://evil.example' } });
    expect(answer).toMatchObject({
      status: 403,
      json: { errors: [{ message: expect.stringContaining('Origin') }] },
    });
  });

  test('health is served under any name', async () => {
    const { port } = await serving();
    for (const path of ['/healthz', '/readyz']) {
      expect((await sendRequest(port, { path, headers: { host: '10.1.2.3:8000' } })).status).toBe(200);
    }
  });

  test('public hosts and the own origin are served', async () => {
    const { port } = await serving({ publicHosts: ['ops.example.com'] });
    const headers = { host: 'ops.example.com', origin: 'https://ops.example.com' };
    expect((await sendRequest(port, { path: '/graphql', headers })).status).toBe(200);
  });
});

test('with keys required, names do not matter to intake, since no page knows a secret', async () => {
  const { port } = await serving({ mode: 'REQUIRED', apiKeys: ['0123456789abcdef'] });
  const headers = { host: 'anything.example', origin: 'https://elsewhere.example' };
  expect((await sendRequest(port, { ...INTAKE, headers })).status).toBe(200);
});

describe('routes', () => {
  test('/ says where things are, and nothing may run in it', async () => {
    const { port } = await serving();
    const answer = await sendRequest(port, { path: '/' });
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    for (const path of ['/graphql', '/api/v1/webhooks/test', '/healthz']) expect(answer.text).toContain(path);
  });

  test('/metrics counts refused webhooks by words of ours', async () => {
    const { port } = await serving();
    await sendRequest(port, { ...INTAKE, path: '/api/v1/webhooks/anything-at-all' });
    const { text } = await sendRequest(port, { path: '/metrics' });
    expect(text).toContain('opslens_webhooks_received_total{source="unknown",outcome="REFUSED"} 1');
    expect(text).toContain('process_cpu_seconds_total');
    expect(text).not.toContain('anything-at-all');
  });

  test('GraphQL gets its body whole, and none where the method has none', async () => {
    const { port } = await serving();
    expect((await sendRequest(port, { method: 'POST', path: '/graphql', body: '{"a":1}' })).text).toBe(
      'POST {"a":1}',
    );
    expect((await sendRequest(port, { path: '/graphql?query=x' })).text).toBe('GET ');
    const over = await sendRequest(port, {
      method: 'POST',
      path: '/graphql',
      body: 'x'.repeat(1024 * 1024 + 1),
    });
    expect(over.status).toBe(413);
  });

  test('HEAD is answered like GET, without a body', async () => {
    const { port } = await serving();
    expect(await sendRequest(port, { method: 'HEAD', path: '/healthz' })).toMatchObject({
      status: 200,
      text: '',
    });
  });

  test('what is not there is 404, and a wrong method names the right ones', async () => {
    const { port } = await serving();
    expect((await sendRequest(port, { path: '/nowhere' })).status).toBe(404);
    const answer = await sendRequest(port, { method: 'DELETE', path: '/healthz' });
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe('GET');
  });

  test('the absolute form of a proxy is understood', async () => {
    const { port } = await serving();
    expect((await sendRequest(port, { path: `http://localhost:${port}/healthz?x=1` })).status).toBe(200);
    expect((await sendRequest(port, { path: 'ftp://localhost/healthz' })).status).toBe(400);
  });
});

describe('keys', () => {
  const api = [
    {
      method: 'GET' as const,
      path: '/api/v1/webhooks/endpoints',
      scope: 'ADMIN' as const,
      bodyLimit: 0,
      handle: ({ principal }: { principal: { name: string | null } | null }): JsonReply => ({
        status: 200,
        body: { name: principal?.name ?? null },
      }),
    },
  ];
  const path = '/api/v1/webhooks/endpoints';

  test('a route that needs one says so, and never tells the key it was given', async () => {
    const { port, lines } = await serving(
      { mode: 'REQUIRED', apiKeys: ['0123456789abcdef'] },
      echoHandlers({ api }),
    );
    const refused = await sendRequest(port, { path, headers: { 'x-api-key': 'wrong-key' } });
    expect(refused.status).toBe(401);
    expect(refused.headers['www-authenticate']).toContain('Bearer');
    const served = await sendRequest(port, { path, headers: { authorization: 'Bearer 0123456789abcdef' } });
    expect(served).toMatchObject({ status: 200, json: { name: expect.stringMatching(/^key:[0-9a-f]{8}$/) } });
    expect(JSON.stringify(lines) + served.text + refused.text).not.toMatch(/wrong-key|0123456789abcdef/);
    expect((await sendRequest(port, { method: 'POST', path })).headers.allow).toBe('GET');
  });
});

describe('WebSockets', () => {
  const upgrade = async (
    port: number,
    path: string,
    headers: Record<string, string> = {},
  ): Promise<string> => {
    const socket = connect(port, '127.0.0.1');
    const lines = Object.entries({
      Host: `localhost:${port}`,
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      ...headers,
    }).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    return chunk.toString();
  };

  test.each([
    ['/graphql', {}, '101'],
    ['/graphql?x=1', {}, '101'],
    ['/graphql', { Origin: 'https://evil.example' }, '403'],
    ['/graphql', { Host: 'evil.example' }, '403'],
    ['/elsewhere', {}, '404'],
  ])('to %s with %j are answered %s', async (path, headers, status) => {
    const { port } = await serving();
    expect(await upgrade(port, path, headers)).toContain(`HTTP/1.1 ${status} `);
  });

  test('are asked to come back while it starts', async () => {
    const { port } = await startEdge();
    expect(await upgrade(port, '/graphql')).toMatch(/^HTTP\/1\.1 503 [^]*Retry-After: 1/);
  });
});

describe('stopping', () => {
  test('finishes the requests in hand, closes idle connections and takes no new ones', async () => {
    const hand = new EventEmitter();
    const receive = async (): Promise<JsonReply> => {
      hand.emit('begun');
      await once(hand, 'release');
      return { status: 200, body: {} };
    };
    const { server, port } = await serving(
      {},
      echoHandlers({ intake: { limit: () => 1000, receive, refuse: keepNothing } }),
    );

    const agent = new Agent({ keepAlive: true });
    const idle = connect(port, '127.0.0.1');
    const idleClosed = once(idle, 'close');
    idle.resume();
    idle.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(idle, 'data');

    const begun = once(hand, 'begun');
    const answered = new Promise<number>((resolve, reject) => {
      const req = request({ ...INTAKE, host: '127.0.0.1', port, agent }, (res) => {
        res.resume();
        resolve(res.statusCode ?? 0);
      });
      req.once('error', reject);
      req.end('{}');
    });
    await begun;
    const drained = server.drain();
    await idleClosed;
    await expect(sendRequest(port, { path: '/healthz' })).rejects.toThrow('ECONNREFUSED');
    hand.emit('release');
    expect(await answered).toBe(200);
    await drained;
    agent.destroy();
  });

  test('does not wait longer than the grace for one that never ends', async () => {
    const { server, port } = await serving(
      { graceMs: 50 },
      echoHandlers({
        intake: { limit: () => 1000, refuse: keepNothing, receive: () => new Promise(() => undefined) },
      }),
    );
    const answer = sendRequest(port, INTAKE);
    answer.catch(() => undefined);
    await sendRequest(port, { path: '/healthz' });
    await server[Symbol.asyncDispose]();
    await expect(answer).rejects.toThrow();
  });

  test('leaves WebSockets to whoever took them, and closes what is left at the end', async () => {
    const { server, port } = await serving();
    const socket = connect(port, '127.0.0.1');
    socket.write(
      `GET /graphql HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    );
    await once(socket, 'data');
    const closed = once(socket, 'close');
    await server.drain();
    expect(socket.readyState).toBe('open');
    await server[Symbol.asyncDispose]();
    await closed;
  });
});
