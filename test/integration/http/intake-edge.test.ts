import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { PoisonedSubmissionError, UnavailableError } from '../../../src/domain/submission.ts';
import { sendRequest } from '../../support/send-request.ts';
import { speak } from '../../support/speak.ts';
import { echoHandlers, keepNothing, startEdge } from '../../support/start-edge.ts';

const PATH = '/api/v1/webhooks/generic';

async function serving(overrides: Parameters<typeof echoHandlers>[0] = {}) {
  const edge = await startEdge();
  edge.server.serve(echoHandlers(overrides));
  return edge;
}

describe('a webhook', () => {
  test('comes to its provider byte for byte, with headers, query, source and token', async () => {
    const { port } = await serving();
    const body = Buffer.from([0, 255, 10, 13, 123]);
    const answer = await sendRequest(port, {
      method: 'POST',
      path: '/api/v1/webhooks/generic/my%20source/to%2Fken?a=1&a=2',
      headers: { 'X-Webhook-Secret': ['one', 'two'], 'Content-Type': 'text/x' },
      body,
    });
    expect(answer).toMatchObject({
      status: 200,
      json: {
        provider: 'generic',
        sourceName: 'my source',
        token: 'to/ken',
        query: 'a=1&a=2',
        body: body.toString('latin1'),
        headers: { 'x-webhook-secret': 'one, two', 'content-type': 'text/x' },
      },
    });
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-request-id': expect.any(String),
    });
  });

  test('of exactly the limit is taken, of one byte more is refused and told to its source', async () => {
    const told: unknown[] = [];
    const { port, lines } = await serving({
      intake: {
        ...echoHandlers().intake,
        refuse: ({ headers: _headers, query, ...address }, refusal) => {
          told.push({ ...address, query: query.toString() }, refusal);
          return Promise.resolve('receipt-1');
        },
      },
    });
    const fits = await sendRequest(port, { method: 'POST', path: PATH, body: 'x'.repeat(1000) });
    expect(fits.status).toBe(200);
    const over = await sendRequest(port, {
      method: 'POST',
      path: `${PATH}/source/token?a=1`,
      body: 'x'.repeat(1001),
    });
    const problem = { path: '', message: 'the body is larger than 1000 bytes' };
    expect(over).toMatchObject({
      status: 413,
      json: { status: 'error', errors: [problem], receipt_id: 'receipt-1' },
    });
    expect(told).toEqual([
      { provider: 'generic', sourceName: 'source', token: 'token', query: 'a=1' },
      { status: 413, problem },
    ]);
    expect(lines).toEqual([]);
  });

  test('that only announces to be too large is refused before it is sent', async () => {
    const { port } = await serving();
    const head = `POST ${PATH} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999999999999\r\n\r\n`;
    expect(await speak(port, head, 'larger than')).toMatch(/^HTTP\/1\.1 413 /);
  });

  test('that turns out too large is refused while it is still coming, whatever it announced', async () => {
    const { port } = await serving();
    const head = `POST ${PATH} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n`;
    expect(await speak(port, `${head}7d0\r\n${'x'.repeat(2000)}\r\n`, 'larger than')).toMatch(
      /^HTTP\/1\.1 413 /,
    );
  });

  test('whose sender waits for permission is refused without asking for it, or asked for it', async () => {
    const { port } = await serving();
    const head = (size: number) =>
      `POST ${PATH} HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: ${size}\r\n\r\n`;
    expect(await speak(port, head(5000), 'larger than')).toMatch(/^HTTP\/1\.1 413 [^]*Connection: close/);
    expect(await speak(port, head(2), 'Continue')).toMatch(/^HTTP\/1\.1 100 /);
  });

  test('in another encoding than its own is refused with 415', async () => {
    const { port } = await serving();
    const answer = await sendRequest(port, {
      method: 'POST',
      path: PATH,
      headers: { 'Content-Encoding': 'gzip' },
      body: 'x',
    });
    expect(answer).toMatchObject({ status: 415, json: { errors: [{ path: 'content-encoding' }] } });
    expect(answer.json).not.toHaveProperty('receipt_id');
  });

  test('cut off on its way never comes to its provider, and the server goes on', async () => {
    let received = 0;
    const { port, lines } = await serving({
      intake: {
        limit: () => 1000,
        refuse: keepNothing,
        receive: () => {
          received++;
          return Promise.resolve({ status: 200, body: {} });
        },
      },
    });
    const socket = connect(port, '127.0.0.1');
    socket.write(`POST ${PATH} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nabc`);
    await once(socket, 'connect');
    await sendRequest(port, { path: '/healthz' });
    socket.destroy();
    await expect.poll(() => lines.length).toBe(1);
    expect(lines[0]?.fields['reason']).toContain('went away');
    expect(await sendRequest(port, { method: 'POST', path: PATH, body: '1' })).toMatchObject({ status: 200 });
    expect(received).toBe(1);
  });

  test.each([
    ['/api/v1/webhooks/nosuch', 'POST', 404],
    ['/api/v1/webhooks/generic/a/b/c', 'POST', 404],
    ['/api/v1/webhooks/generic//token', 'POST', 404],
    ['/api/v1/webhooks', 'POST', 404],
    ['/api/v1/webhooks/generic', 'GET', 405],
    ['/api/v1/webhooks/generic', 'PUT', 405],
    ['/api/v1/webhooks/%E0%A4%A', 'POST', 400],
    ['/api/v1/webhooks/generic/', 'POST', 200],
  ])('to %s by %s is answered %i, as JSON', async (path, method, status) => {
    const { port } = await serving();
    const answer = await sendRequest(port, { method, path, ...(method !== 'GET' && { body: '{}' }) });
    expect(answer.status).toBe(status);
    if (status !== 200) {
      expect(answer.json).toEqual({ status: 'error', errors: [{ path: '', message: expect.any(String) }] });
    }
  });

  test('for a provider that does not exist leaves its path out of the log, which may hold a token', async () => {
    const { port, lines } = await serving();
    await sendRequest(port, { method: 'POST', path: '/api/v1/webhooks/my-token', body: '{}' });
    expect(lines).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toContain('my-token');
  });
});

describe('errors of the handler', () => {
  const failing = (error: unknown) =>
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors
    serving({ intake: { limit: () => 1000, refuse: keepNothing, receive: () => Promise.reject(error) } });

  test('"come back later" is 503 with Retry-After in whole seconds', async () => {
    const { port, lines } = await failing(new UnavailableError('queue of secrets is full', 2.2));
    const answer = await sendRequest(port, { method: 'POST', path: PATH, body: '{}' });
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('3');
    expect(answer.text).not.toContain('queue of secrets');
    expect(lines).toEqual([]);
  });

  test('a webhook that cannot be committed is 500 and names its receipt', async () => {
    const { port } = await failing(new PoisonedSubmissionError('inner details', 'receipt-1'));
    const answer = await sendRequest(port, { method: 'POST', path: PATH, body: '{}' });
    expect(answer).toMatchObject({ status: 500, json: { receipt_id: 'receipt-1' } });
    expect(answer.text).not.toContain('inner details');
  });

  test('anything else is 500 with the id under which the log has it', async () => {
    const { port, lines } = await failing(new TypeError('inner details'));
    const answer = await sendRequest(port, { method: 'POST', path: PATH, body: '{}' });
    expect(answer).toMatchObject({ status: 500, json: { request_id: answer.headers['x-request-id'] } });
    expect(answer.text).not.toContain('inner details');
    expect(lines[0]?.fields).toMatchObject({
      requestId: answer.headers['x-request-id'],
      err: expect.any(TypeError),
    });
  });
});
