import { onTestFinished, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/kernel/clock.ts';
import { createPusher } from '../../../src/outbound/push.ts';
import type { PusherOptions } from '../../../src/outbound/push.ts';
import { eventually } from '../../support/eventually.ts';
import { loopbackGuard } from '../../support/target-guard.ts';
import { hang, refuse, startReceiver } from './receiver.ts';
import { startTcp } from './tcp-receiver.ts';

function startPusher(options: Partial<PusherOptions> = {}) {
  const pusher = createPusher({
    clock: systemClock,
    guard: loopbackGuard(),
    connectTimeoutMs: 1000,
    totalTimeoutMs: 5000,
    connections: 2,
    ...options,
  });
  onTestFinished(() => pusher[Symbol.asyncDispose]());
  return {
    pusher,
    push: (url: string, body = '{}') =>
      pusher.push({ endpointId: 'e1', url, headers: ['Content-Type', 'application/json'], body }).result,
  };
}

describe('what comes back from a push', () => {
  it('is the status and the answer', async () => {
    const receiver = await startReceiver();
    receiver.answer('/a?b=c', refuse(418, 'short and stout'));
    const result = await startPusher().push(receiver.url('/a?b=c'), '{"a": 1}');
    expect(result).toMatchObject({ kind: 'answered', status: 418, body: 'short and stout' });
    expect(receiver.arrivals('/a?b=c')[0]?.body).toBe('{"a": 1}');
  });

  it('is a redirect as it stands: nobody follows it', async () => {
    const receiver = await startReceiver();
    receiver.answer('/a', (response) => response.writeHead(307, { location: receiver.url('/b') }).end());
    expect(await startPusher().push(receiver.url('/a'))).toMatchObject({ kind: 'answered', status: 307 });
    expect(receiver.arrivals('/b')).toHaveLength(0);
  });

  it('is no more than the first 16 KB of a long answer, and its connection is cut', async () => {
    const receiver = await startReceiver();
    receiver.answer('/a', (response) => response.end('x'.repeat(5_000_000)));
    const result = await startPusher().push(receiver.url('/a'));
    expect(result).toMatchObject({ kind: 'answered', status: 200, body: 'x'.repeat(16 * 1024) });
  });

  it('is bounded where the answer never ends', async () => {
    const receiver = await startReceiver();
    receiver.answer('/a', (response) => {
      response.writeHead(200);
      const more = (): void => void (response.destroyed || response.write('y'.repeat(1000), more));
      more();
    });
    const result = await startPusher().push(receiver.url('/a'));
    expect(result).toMatchObject({ kind: 'answered', status: 200, body: 'y'.repeat(16 * 1024) });
    await eventually(
      () => receiver.cutOff('/a'),
      (count) => count === 1,
      { withinMs: 3000, what: 'it is cut' },
    );
  });

  it('is what follows an answer that only announces it', async () => {
    const receiver = await startTcp((socket) =>
      socket.once('data', () =>
        socket.write(
          'HTTP/1.1 103 Early Hints\r\nretry-after: 9\r\n\r\nHTTP/1.1 503 Later\r\ncontent-length: 4\r\n\r\nlate',
        ),
      ),
    );
    expect(await startPusher().push(`http://${receiver}/`)).toMatchObject({
      kind: 'answered',
      status: 503,
      body: 'late',
      retryAfter: null,
    });
  });

  it('has the first of several times to come back at', async () => {
    const receiver = await startReceiver();
    receiver.answer('/one', (response) => response.writeHead(429, { 'retry-after': '7' }).end());
    receiver.answer('/two', (response) =>
      response.writeHead(429, ['retry-after', '7', 'retry-after', '900']).end(),
    );
    const { push } = startPusher();
    for (const path of ['/one', '/two']) {
      expect(await push(receiver.url(path))).toMatchObject({ status: 429, retryAfter: '7' });
    }
  });

  it('is never an answer that came before it was asked for', async () => {
    const answer = (body: string) => `HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
    const receiver = await startTcp((socket) =>
      socket.once('data', () => socket.write(answer('asked') + answer('unasked'))),
    );
    const { push } = startPusher({ connections: 1 });
    for (let n = 0; n < 3; n++) {
      const result = await push(`http://${receiver}/`);
      expect(result.kind === 'answered' ? result.body : result.reason).toMatch(/^(asked|RESET)$/);
    }
  });

  it('is text of any bytes', async () => {
    const receiver = await startReceiver();
    receiver.answer('/a', (response) =>
      response.end(Buffer.from([0x61, 0xff, 0xc3, 0x28, 0x00, 0xed, 0xa0, 0x80])),
    );
    const result = await startPusher().push(receiver.url('/a'));
    expect(result.kind === 'answered' && result.body.startsWith('a\ufffd\ufffd(\0\ufffd')).toBe(true);
  });
});

describe('a push that fails', () => {
  it('says that nobody listens', async () => {
    const receiver = await startTcp(() => undefined);
    const port = Number(receiver.split(':')[1]);
    const result = await startPusher().push(`http://127.0.0.1:${port === 1 ? 2 : 1}/`);
    expect(result).toMatchObject({ kind: 'failed', reason: 'CONNECT' });
    expect(result.kind === 'failed' && result.detail).toContain('ECONNREFUSED');
  });

  it('says that the connection was reset, also in the middle of an answer', async () => {
    const early = await startTcp((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const late = await startTcp((socket) =>
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf', () => socket.resetAndDestroy());
      }),
    );
    const { push } = startPusher();
    expect(await push(`http://${early}/`)).toMatchObject({ kind: 'failed', reason: 'RESET' });
    expect(await push(`http://${late}/`)).toMatchObject({ kind: 'failed', reason: 'RESET' });
  });

  it('says that the answer is not HTTP, or has too much of a header', async () => {
    const nonsense = await startTcp((socket) => socket.once('data', () => socket.end('SSH-2.0-OpenSSH\r\n')));
    const header = await startTcp((socket) =>
      socket.once('data', () => socket.write(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(60_000)}\r\n\r\n`)),
    );
    const { push } = startPusher();
    expect(await push(`http://${nonsense}/`)).toMatchObject({ kind: 'failed', reason: 'PROTOCOL' });
    expect(await push(`http://${header}/`)).toMatchObject({ kind: 'failed', reason: 'PROTOCOL' });
  });

  it('says that TLS failed', async () => {
    const plain = await startTcp((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 400 Bad\r\n\r\n')),
    );
    expect(await startPusher().push(`https://${plain}/`)).toMatchObject({ kind: 'failed', reason: 'TLS' });
  });

  it('says that the name does not resolve', async () => {
    expect(await startPusher().push('http://nobody.invalid/')).toMatchObject({
      kind: 'failed',
      reason: 'DNS',
    });
  });

  it('ends at the total timeout, also where the answer drips', async () => {
    const receiver = await startReceiver();
    receiver.answer('/hang', hang);
    receiver.answer('/drip', (response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write('.'), 20);
      response.on('close', () => clearInterval(timer));
    });
    const { push } = startPusher({ totalTimeoutMs: 300 });
    const results = await Promise.all([push(receiver.url('/hang')), push(receiver.url('/drip'))]);
    for (const result of results) {
      expect(result).toMatchObject({ kind: 'failed', reason: 'TIMEOUT' });
      expect(result.durationMs).toBeGreaterThanOrEqual(300);
      expect(result.durationMs).toBeLessThan(2000);
    }
    await eventually(
      () => [receiver.cutOff('/hang'), receiver.cutOff('/drip')],
      ([one, two]) => one === 1 && two === 1,
      { withinMs: 3000, what: 'both connections are cut' },
    );
  });

  it('refuses urls with a user name or password, and what is not http', async () => {
    const receiver = await startReceiver();
    const { push } = startPusher();
    const urls = [receiver.url('/').replace('http://', 'http://me:secret@'), 'ftp://127.0.0.1/', 'nonsense'];
    for (const url of urls) expect(await push(url)).toMatchObject({ kind: 'failed', reason: 'INVALID_URL' });
    expect(receiver.arrivals()).toHaveLength(0);
  });

  it('can be ended before there is a connection', async () => {
    const { pusher } = startPusher();
    // Nobody answers at an address that is kept for documentation.
    const exchange = pusher.push({ endpointId: 'e1', url: 'http://192.0.2.1/', headers: [], body: '{}' });
    exchange.abort();
    expect(await exchange.result).toMatchObject({ kind: 'failed', reason: 'ABORTED' });
  });
});

it('what may no longer be sent once it is connected is not sent, and its connection serves the next', async () => {
  const receiver = await startReceiver();
  const { pusher } = startPusher({ connections: 1 });
  const request = { endpointId: 'e1', url: receiver.url('/'), headers: [], body: '{}' };
  const late = pusher.push({ ...request, mayBegin: () => false });
  expect(await late.result).toMatchObject({ kind: 'failed', reason: 'ABORTED' });
  expect(await pusher.push(request).result).toMatchObject({ kind: 'answered', status: 200 });
  expect(receiver.arrivals('/')).toHaveLength(1);
});

it('one endpoint cannot use up the connections of another on the same host', async () => {
  const receiver = await startReceiver();
  receiver.answer('/slow', hang);
  const { pusher } = startPusher({ connections: 1 });
  const slow = pusher.push({ endpointId: 'slow', url: receiver.url('/slow'), headers: [], body: '{}' });
  await eventually(
    () => receiver.arrivals('/slow').length,
    (count) => count === 1,
    { withinMs: 3000, what: 'hangs' },
  );
  const well = pusher.push({ endpointId: 'well', url: receiver.url('/well'), headers: [], body: '{}' });
  expect(await well.result).toMatchObject({ kind: 'answered', status: 200 });
  slow.abort();
});
