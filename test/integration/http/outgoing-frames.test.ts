import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { messageEnd } from '../../../src/http/message-end.ts';
import { createOutgoingFrames } from '../../../src/http/outgoing-frames.ts';
import type { OutgoingFrames } from '../../../src/http/outgoing-frames.ts';
import { createUnwrittenMessages } from '../../../src/http/unwritten-messages.ts';
import type { UnwrittenMessages } from '../../../src/http/unwritten-messages.ts';
import { eventually } from '../../support/eventually.ts';

interface Connected {
  frames: OutgoingFrames;
  client: WebSocket;
  server: WebSocket;
  /** Bytes that the connection still holds. */
  held: () => number;
}

/** Both ends of a real connection: what the server sends with, and the client that it is sent to. */
async function connected(ofAll: UnwrittenMessages = createUnwrittenMessages()): Promise<Connected> {
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
  const frames = createOutgoingFrames(server, request.socket, ofAll);
  return { frames, client, server, held: () => request.socket.writableLength };
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
    expect(frames.sendParts(Buffer.from(`${length}:`), messageEnd(text))).toBe(true);
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

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const TEXT = 'x'.repeat(60_000);
const MUCH = 1024 * 1024;

test('many who do not read are cut off before each of them is too slow by itself, and nobody else is', async () => {
  const ofAll = createUnwrittenMessages(MUCH);
  const reading = await connected(ofAll);
  const deaf = await Promise.all(Array.from({ length: 8 }, () => connected(ofAll)));
  for (const { client } of deaf) client.pause();
  const texts = received(reading.client);
  const isCut = new Set<Connected>();
  let sent = 0;
  while (isCut.size < deaf.length) {
    sent += 1;
    for (const one of deaf) if (!one.frames.send(`${sent} ${TEXT}`)) isCut.add(one);
    expect(reading.frames.send(`${sent} ${TEXT}`)).toBe(true);
    await reading.frames.ready();
    await nextTurn();
    const together = deaf.reduce((sum, { held }) => sum + held(), 0);
    expect(together).toBeLessThan(MUCH + deaf.length * 2 * TEXT.length);
  }
  await eventually(
    () => texts.length,
    (count) => count === sent,
    { withinMs: 5_000, what: 'who reads has all' },
  );

  const closed = deaf.map(({ client }) => once(client, 'close'));
  for (const { client } of deaf) client.resume();
  for (const end of closed) expect((await end)[0]).toBe(4800);
  await eventually(ofAll.isTooMuch, (isTooMuch) => !isTooMuch, {
    withinMs: 5_000,
    what: 'there is room again',
  });
});

test('while all together are too much, a replay waits until its socket holds nothing, and a little is still taken', async () => {
  const ofAll = createUnwrittenMessages(MUCH);
  const { frames, client, held } = await connected(ofAll);
  client.pause();
  while (held() === 0) {
    expect(frames.send('x'.repeat(10_000))).toBe(true);
    await nextTurn();
  }
  expect(frames.hasRoom()).toBe(true);
  const much = messageEnd('x'.repeat(MUCH));
  ofAll.add(much);
  expect(frames.hasRoom()).toBe(false);
  expect(frames.send('a little')).toBe(true);
  client.resume();
  await frames.ready();
  expect(frames.hasRoom()).toBe(true);
});

test('what waits on many sockets counts once, and nothing of it is left when they are gone, however they go', async () => {
  const ofAll = createUnwrittenMessages(MUCH);
  const shared = messageEnd(TEXT);
  const all = await Promise.all(Array.from({ length: 9 }, () => connected(ofAll)));
  for (const { client } of all) client.pause();
  for (const { frames, held } of all) {
    while (held() < 3 * TEXT.length) {
      expect(frames.sendParts(Buffer.from('a'), shared)).toBe(true);
      await nextTurn();
    }
  }
  expect(ofAll.isTooMuch()).toBe(false);
  for (const [index, { server, client }] of all.entries()) {
    if (index % 3 === 0) client.resume();
    else if (index % 3 === 1) client.terminate();
    else server.terminate();
  }
  await eventually(
    () => shared.waitingOn,
    (sockets) => sockets === 0,
    { withinMs: 5_000, what: 'all is written' },
  );
  ofAll.add(messageEnd('x'.repeat(MUCH - 512)));
  expect(ofAll.isTooMuch()).toBe(false);
  ofAll.add(messageEnd(''));
  expect(ofAll.isTooMuch()).toBe(true);
});
