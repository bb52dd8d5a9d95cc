import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { UnavailableError } from '../../../src/domain/submission.ts';
import { createHandshake } from '../../../src/inbound/create-handshake.ts';
import type { HandshakeDeps } from '../../../src/inbound/create-handshake.ts';
import { createRegistry } from '../../../src/inbound/registry.ts';
import { createSources } from '../../../src/inbound/sources.ts';
import { sendRequest } from '../../support/send-request.ts';
import { echoHandlers, startEdge } from '../../support/start-edge.ts';
import type { EdgeOptions } from '../../support/start-edge.ts';

const PATH = '/api/v1/webhooks/cloudevents';
const registry = createRegistry();

async function serving(over: Partial<HandshakeDeps> = {}, options: EdgeOptions = {}) {
  const sources = createSources({ registry, secrets: { cloudevents: 's3cret' } });
  const handshake = createHandshake({ registry, sources, ratePerSecond: 5000, ...over });
  const edge = await startEdge(options);
  const { intake } = echoHandlers();
  edge.server.serve(echoHandlers({ intake: { ...intake, handshake } }));
  const ask = (path: string, headers: Record<string, string> = {}) =>
    sendRequest(edge.port, { method: 'OPTIONS', path, headers });
  return { ...edge, ask };
}

describe('OPTIONS of a sender of CloudEvents that asks whether it may send', () => {
  test.each(['eventgrid.azure.net', '*.events.example', 'Emitter_1.example:443'])(
    'is answered with leave, for the origin that it names: %s',
    async (origin) => {
      const { ask } = await serving();
      const answer = await ask(PATH, { 'WebHook-Request-Origin': origin, 'WebHook-Request-Rate': '120' });
      expect(answer).toMatchObject({ status: 200, json: { status: 'ok' } });
      expect(answer.headers).toMatchObject({
        'webhook-allowed-origin': origin,
        'webhook-allowed-rate': '300000',
        allow: 'POST, OPTIONS',
      });
    },
  );

  test('names the rate that its source has', async () => {
    const rateOf = async (ratePerSecond: number | null, otherwise: number) => {
      const source = { name: 'probes', keyName: 'probes', provider: 'cloudevents', ratePerSecond };
      const find = () => Promise.resolve({ ...source, enabled: true, secrets: null, settings: {} });
      const { ask } = await serving({ sources: { find }, ratePerSecond: otherwise });
      const { headers } = await ask(PATH, { 'WebHook-Request-Origin': 'a.example' });
      return headers['webhook-allowed-rate'];
    };
    expect(await rateOf(2, 5000)).toBe('120');
    expect(await rateOf(0.01, 5000)).toBe('1');
    expect(await rateOf(null, 1)).toBe('60');
    expect(await rateOf(null, 0)).toBe('*');
  });

  test('asks at the very address that it will send to, whose secret is neither judged nor logged', async () => {
    const { ask, lines } = await serving();
    const headers = { 'WebHook-Request-Origin': 'a.example' };
    for (const path of [`${PATH}?access_token=s3cret`, `${PATH}/cloudevents/s3cret`]) {
      expect((await ask(path, headers)).status).toBe(200);
    }
    expect(lines.map(({ fields }) => fields)).toEqual([
      { requestId: expect.any(String), provider: 'cloudevents', status: 200 },
      { requestId: expect.any(String), provider: 'cloudevents', status: 200 },
    ]);
  });

  test('is not welcomed to a source that does not exist', async () => {
    const { ask } = await serving();
    const answer = await ask(`${PATH}/none`, { 'WebHook-Request-Origin': 'a.example' });
    expect(answer).toMatchObject({ status: 404, json: { status: 'error' } });
    expect(answer.headers).not.toHaveProperty('webhook-allowed-origin');
  });

  test('has to come again while sources cannot be read', async () => {
    const find = () => Promise.reject(new UnavailableError('the database is away', 2));
    const answer = await (
      await serving({ sources: { find } })
    ).ask(PATH, { 'WebHook-Request-Origin': 'a.example' });
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('2');
  });

  test('leaves its connection fit for the next request, although it sent a body', async () => {
    const { port } = await serving();
    const socket = connect(port, '127.0.0.1');
    let said = '';
    socket.on('data', (chunk) => (said += chunk.toString()));
    const asks = `OPTIONS ${PATH} HTTP/1.1\r\nHost: localhost\r\nWebHook-Request-Origin: a.example\r\n`;
    socket.write(`${asks}Content-Length: 5\r\n\r\nhelloGET /healthz HTTP/1.1\r\nHost: localhost\r\n`);
    socket.write('Connection: close\r\n\r\n');
    await once(socket, 'close');
    expect(said.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200']);
  });
});

describe('any other OPTIONS', () => {
  test.each([
    [PATH, {}],
    [PATH, { 'WebHook-Request-Origin': '' }],
    [PATH, { 'WebHook-Request-Origin': 'a b' }],
    [PATH, { 'WebHook-Request-Origin': '<script>' }],
    [PATH, { 'WebHook-Request-Origin': 'x'.repeat(300) }],
    ['/api/v1/webhooks/generic', { 'WebHook-Request-Origin': 'a.example' }],
    ['/api/v1/webhooks/constructor', { 'WebHook-Request-Origin': 'a.example' }],
  ])('is refused as it was before: %s %j', async (path, headers) => {
    const { ask } = await serving();
    const answer = await ask(path, headers);
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe('POST');
    expect(answer.headers).not.toHaveProperty('webhook-allowed-origin');
  });

  test('is refused where nothing answers handshakes', async () => {
    const { server, port } = await startEdge();
    server.serve(echoHandlers());
    const headers = { 'WebHook-Request-Origin': 'a.example' };
    expect((await sendRequest(port, { method: 'OPTIONS', path: PATH, headers })).status).toBe(405);
  });

  test('of a web page, or to another host, is refused before it is looked at', async () => {
    const { ask } = await serving();
    const asks = { 'WebHook-Request-Origin': 'a.example' };
    expect((await ask(PATH, { ...asks, Origin: 'https://evil.example' })).status).toBe(403);
    expect((await ask(PATH, { ...asks, Host: 'rebound.example' })).status).toBe(403);
    const required = await serving({}, { mode: 'REQUIRED', apiKeys: ['key:read:secret'] });
    expect((await required.ask(PATH, { ...asks, Host: 'opslens.example' })).status).toBe(200);
  });
});
