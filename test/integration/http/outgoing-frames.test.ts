import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { createOutgoingFrames } from '../../../src/http/outgoing-frames.ts';
import type { OutgoingFrames } from '../../../src/http/outgoing-frames.ts';

/** Both ends of a real connection: what the server sends with, and the client that it is sent to. */
async function connected(): Promise<{ frames: OutgoingFrames; client: WebSocket; server: WebSocket }> {
  const http = createServer();
  const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const client = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`);
  onTestFinished(() => {
    client.terminate();
    http.close();
    http.closeAllConnections();
  });
  const opened = once(client, 'open');
  const [server, request] = (await once(sockets, 'connection')) as [WebSocket, IncomingMessage];
  await opened;
  return { frames: createOutgoingFrames(server, request.socket), client, server };
}

function received(client: WebSocket): string[] {
  const texts: string[] = [];
  client.on('message', (data: Buffer) => texts.push(data.toString()));
  return texts;
}

test('texts of every length come whole and in order, between the pings of the connection', async () => {
  const { frames, client, server } = await connected();
  const texts = received(client);
  const sent: string[] = [];
  for (const length of [0, 1, 124, 125, 126, 127, 65_534, 65_535, 65_536, 200_000]) {
    const text = 'é'.repeat(length >> 1) + 'x'.repeat(length & 1);
    sent.push(text, `${length}:${text}`);
    expect(frames.send(text)).toBe(true);
    server.ping();
    expect(frames.sendParts(Buffer.from(`${length}:`), Buffer.from(text))).toBe(true);
    await frames.ready();
  }
  server.close(1000);
  await once(client, 'close');
  expect(texts).toEqual(sent);
});

test('whoever does not read is cut off with 4800 and told when to come back; what came is whole', async () => {
  const { frames, client } = await connected();
  const texts = received(client);
  client.pause();
  const text = 'x'.repeat(60_000);
  let sent = 0;
  while (frames.send(`${(sent += 1)} ${text}`)) await new Promise((resolve) => setImmediate(resolve));
  expect(frames.send('more')).toBe(false);
  expect(sent).toBeLessThan(400);
  const closed = once(client, 'close');
  client.resume();
  const [code, reason] = (await closed) as [number, Buffer];
  expect(code).toBe(4800);
  expect(reason.toString()).toMatch(
    /^Too slow: subscribe anew from your last sequence: reconnect in [1-5]\.\d s$/,
  );
  expect(texts.map((got) => Number.parseInt(got, 10))).toEqual(texts.map((_, index) => index + 1));
  expect(texts).toHaveLength(sent - 1);
});

test('what is sent in one turn is no sign of slowness, however much it is', async () => {
  const { frames, client } = await connected();
  const texts = received(client);
  for (let index = 0; index < 2_000; index++) {
    expect(frames.send(`${index} ${'x'.repeat(500)}`)).toBe(true);
    if (index % 200 === 0) await frames.ready();
  }
  await frames.ready();
  frames.cutOff();
  await once(client, 'close');
  expect(texts).toHaveLength(2_000);
});

test('a replay waits while nobody reads, and goes on when somebody does, or when he is gone', async () => {
  const { frames, client } = await connected();
  client.pause();
  const text = 'x'.repeat(60_000);
  while (frames.hasRoom()) {
    frames.send(text);
    await new Promise((resolve) => setImmediate(resolve));
  }
  let isReady = false;
  const ready = frames.ready().then(() => (isReady = true));
  await new Promise((resolve) => setImmediate(resolve));
  expect(isReady).toBe(false);
  client.resume();
  await ready;
  expect(frames.hasRoom()).toBe(true);

  client.pause();
  while (frames.hasRoom()) {
    frames.send(text);
    await new Promise((resolve) => setImmediate(resolve));
  }
  const again = frames.ready();
  client.terminate();
  await again;
  expect(frames.hasRoom()).toBe(true);
  expect(frames.send('to nobody')).toBe(false);
});
