import { createServer as createTlsServer } from 'node:https';
import type { LookupAddress } from 'node:dns';
import { onTestFinished, describe, expect, it } from 'vitest';
import { createCheckEndpointTarget } from '../../../src/commands/check-endpoint-target.ts';
import { createTargetRule } from '../../../src/domain/blocked-address.ts';
import { systemClock } from '../../../src/kernel/clock.ts';
import { createPusher } from '../../../src/outbound/push.ts';
import type { PusherOptions } from '../../../src/outbound/push.ts';
import { eventually } from '../../support/eventually.ts';
import { selfSignedCertificate } from '../../support/self-signed-certificate.ts';
import type { CertificateOptions } from '../../support/self-signed-certificate.ts';
import { TRICKY_NAMES, TRICKY_URLS } from '../../support/tricky-targets.ts';
import { startReceiver } from './receiver.ts';

/** A resolver whose answers the test gives, the last one again and again. */
function answers(...lists: (readonly string[])[]) {
  const asked: string[] = [];
  return {
    asked,
    resolve(name: string): Promise<LookupAddress[]> {
      const list = lists[Math.min(asked.length, lists.length - 1)] ?? [];
      asked.push(name);
      return Promise.resolve(list.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
    },
  };
}

interface Options extends Partial<PusherOptions> {
  loopback?: boolean;
  resolve?: (name: string) => Promise<LookupAddress[]>;
}

function startPusher({ loopback = false, resolve = answers([]).resolve, ...options }: Options = {}) {
  const blocked: { endpointId: string; why: string }[] = [];
  const rule = createTargetRule({ listensOnLoopback: loopback, allow: [] });
  const pusher = createPusher({
    clock: systemClock,
    guard: { rule, resolve, onBlocked: (told) => void blocked.push(told) },
    connectTimeoutMs: 2000,
    totalTimeoutMs: 5000,
    connections: 2,
    ...options,
  });
  onTestFinished(() => pusher[Symbol.asyncDispose]());
  const push = (url: string, headers: string[] = []) =>
    pusher.push({ endpointId: 'e1', url, headers, body: '{}' }).result;
  return { push, blocked, rule };
}

const portOf = (url: string): string => new URL(url).port;

function withPort(url: string, port: string): string {
  const parsed = new URL(url);
  parsed.port = port;
  return parsed.href;
}

describe('nothing is connected to', () => {
  it('at any form of an address that is not public', async () => {
    const receiver = await startReceiver();
    const { push, blocked } = startPusher();
    for (const url of TRICKY_URLS) {
      const result = await push(withPort(url, portOf(receiver.url('/'))));
      expect(result, url).toMatchObject({ kind: 'failed', reason: 'BLOCKED' });
    }
    expect(blocked.map(({ endpointId }) => endpointId)).toEqual(TRICKY_URLS.map(() => 'e1'));
    expect(receiver.connections()).toBe(0);
  });

  it.each(TRICKY_NAMES)('at %s', async (name, leadsTo) => {
    const receiver = await startReceiver();
    const { push, blocked } = startPusher({ resolve: answers(leadsTo).resolve });
    const url = `http://${name}:${portOf(receiver.url('/'))}/`;
    expect(await push(url)).toMatchObject({ kind: 'failed', reason: 'BLOCKED' });
    expect(blocked).toEqual([{ endpointId: 'e1', why: expect.any(String) }]);
    expect(receiver.connections()).toBe(0);
  });

  it('at a name that led elsewhere when it was registered', async () => {
    const receiver = await startReceiver();
    const { resolve } = answers(['8.8.8.8'], ['127.0.0.1']);
    const { push, rule } = startPusher({ resolve });
    const url = `http://rebound.example:${portOf(receiver.url('/'))}/`;
    const metrics = { ssrfBlocked: () => undefined };
    expect(await createCheckEndpointTarget({ rule, resolve, metrics })(url)).toBeNull();
    expect(await push(url)).toMatchObject({ kind: 'failed', reason: 'BLOCKED' });
    expect(receiver.connections()).toBe(0);
  });

  it('that a redirect leads to', async () => {
    const receiver = await startReceiver();
    const inside = receiver.url('/inside');
    receiver.answer('/', (response) => response.writeHead(302, { location: inside }).end());
    const { push } = startPusher({ loopback: true });
    expect(await push(receiver.url('/'))).toMatchObject({ kind: 'answered', status: 302 });
    expect(receiver.arrivals('/inside')).toHaveLength(0);
  });

  it.each([
    ['X-Note', 'a\r\nX-Injected: 1'],
    ['X-Note\r\nX-Injected', '1'],
    ['X-Note', 'a\nb'],
    ['X-Note', 'a\0b'],
    ['X Note', 'b'],
    ['', 'b'],
    ['X-Note', '\u2713'],
  ])('with a header %j: %j', async (name, value) => {
    const receiver = await startReceiver();
    const { push } = startPusher({ loopback: true });
    const result = await push(receiver.url('/'), [name, value]);
    expect(result).toMatchObject({ kind: 'failed', reason: 'PROTOCOL' });
    expect(receiver.arrivals()).toHaveLength(0);
  });
});

describe('a connection', () => {
  it('goes to the addresses that were judged: the name is resolved once for it, and kept', async () => {
    const receiver = await startReceiver();
    const { resolve, asked } = answers(['127.0.0.1'], ['10.0.0.1']);
    const { push } = startPusher({ resolve, loopback: true, connections: 1 });
    const url = `http://receiver.example:${portOf(receiver.url('/'))}/`;
    for (let n = 0; n < 3; n++) expect(await push(url)).toMatchObject({ kind: 'answered', status: 200 });
    expect(asked).toEqual(['receiver.example']);
    expect(receiver.arrivals()[0]?.headers.host).toContain('receiver.example');
  });

  it('goes to the next address of a name where one does not answer', async () => {
    const receiver = await startReceiver();
    const { push } = startPusher({
      resolve: answers(['::1', '127.0.0.9', '127.0.0.1']).resolve,
      loopback: true,
    });
    const result = await push(`http://receiver.example:${portOf(receiver.url('/'))}/`);
    expect(result).toMatchObject({ kind: 'answered', status: 200 });
  });

  it('fails as one that nobody accepts where resolving takes too long', async () => {
    const { push } = startPusher({ resolve: () => new Promise(() => undefined), connectTimeoutMs: 100 });
    expect(await push('http://hanging.example/')).toMatchObject({ kind: 'failed', reason: 'CONNECT' });
  });

  it('fails where a name has no address', async () => {
    expect(await startPusher().push('http://empty.example/')).toMatchObject({
      kind: 'failed',
      reason: 'DNS',
    });
  });

  it('is made anew after some minutes, so that a name that moves is followed', async () => {
    const receiver = await startReceiver();
    let now = 0;
    const { resolve, asked } = answers(['127.0.0.1'], ['10.0.0.1']);
    const { push } = startPusher({
      resolve,
      loopback: true,
      connections: 1,
      clock: { monotonic: () => now },
    });
    const url = `http://receiver.example:${portOf(receiver.url('/'))}/`;
    expect(await push(url)).toMatchObject({ kind: 'answered', status: 200 });
    now = 300_000;
    await eventually(
      () => push(url),
      (result) => result.kind === 'failed' && result.reason === 'BLOCKED',
      { withinMs: 3000, what: 'the new address is met' },
    );
    expect(asked).toHaveLength(2);
  });
});

describe('TLS', () => {
  async function startTls(options: CertificateOptions) {
    const { pem, privateKey } = selfSignedCertificate(options);
    const key = privateKey.export({ type: 'pkcs8', format: 'pem' });
    const names: (string | false | null)[] = [];
    const server = createTlsServer({ cert: pem, key }, (request, response) => {
      request.resume().on('end', () => response.end('ok'));
    });
    server.on('secureConnection', (socket) => names.push(socket.servername));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return { url: `https://receiver.example:${address.port}/`, pem, names };
  }
  const { resolve } = answers(['127.0.0.1']);

  it('is for the name, whatever address it was pinned to', async () => {
    const { url, pem, names } = await startTls({ commonName: 'receiver.example' });
    const { push } = startPusher({ resolve, loopback: true, ca: pem });
    expect(await push(url)).toMatchObject({ kind: 'answered', status: 200 });
    expect(names).toEqual(['receiver.example']);
  });

  it.each([
    ['self-signed', { commonName: 'receiver.example' }, false, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    [
      'expired',
      { commonName: 'receiver.example', validFrom: new Date('2020-01-01'), validTo: new Date('2021-01-01') },
      true,
      'CERT_HAS_EXPIRED',
    ],
    ['for another host', { commonName: 'other.example' }, true, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ] as const)('that is %s fails by name', async (_what, certificate, isTrusted, code) => {
    const { url, pem } = await startTls(certificate);
    const { push } = startPusher({ resolve, loopback: true, ...(isTrusted && { ca: pem }) });
    const result = await push(url);
    expect(result).toMatchObject({ kind: 'failed', reason: 'TLS' });
    expect(result.kind === 'failed' && result.detail).toContain(code);
  });
});
