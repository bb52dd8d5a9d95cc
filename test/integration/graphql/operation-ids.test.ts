import { once } from 'node:events';
import type { Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { anEvent } from '../../support/event-log.ts';
import { eventually } from '../../support/eventually.ts';
import { startGraphqlApp } from './graphql-app.ts';
import type { GraphqlApp } from './graphql-app.ts';

interface Frame {
  id?: string;
  type: string;
}

/** A client that says several things in one breath, so that the server finds them in one piece. */
async function connectTalkative(app: GraphqlApp) {
  const socket = new WebSocket(`${app.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  onTestFinished(() => socket.terminate());
  await once(socket, 'open');
  const frames: Frame[] = [];
  socket.on('message', (data: Buffer) => frames.push(JSON.parse(data.toString()) as Frame));
  const heard = (type: string, count: number): Promise<unknown> =>
    eventually(
      () => frames.filter((frame) => frame.type === type).length,
      (number) => number >= count,
      { withinMs: 5_000, what: `${count} of ${type}` },
    );
  const say = (...messages: object[]): void => {
    const connection = (socket as unknown as { _socket: Socket })._socket;
    connection.cork();
    for (const message of messages) socket.send(JSON.stringify(message));
    connection.uncork();
  };
  say({ type: 'connection_init' });
  await heard('connection_ack', 1);
  return { socket, frames, heard, say };
}

const begin = (id: string) => ({
  id,
  type: 'subscribe',
  payload: { query: 'subscription { events { sequence } }' },
});
const end = (id: string) => ({ id, type: 'complete' });
const ping = { type: 'ping' };

test('an id can be taken again as soon as its operation was completed', async () => {
  const app = await startGraphqlApp();
  const { frames, heard, say } = await connectTalkative(app);
  say(begin('1'), ping);
  await heard('pong', 1);
  say(end('1'), begin('1'), ping);
  await heard('pong', 2);
  await eventually(
    () => app.service.live.groups(),
    (groups) => groups === 1,
    {
      withinMs: 5_000,
      what: 'it follows',
    },
  );
  await app.log.commit(anEvent());
  await heard('next', 1);
  say(end('1'), ping);
  await heard('pong', 3);
  expect(frames.filter(({ type }) => type === 'next' || type === 'complete')).toMatchObject([
    { id: '1', type: 'next' },
  ]);
  expect(app.service.live.groups()).toBe(0);
});

test('operations that are begun and completed in one breath are followed once at most, and not for ever', async () => {
  const app = await startGraphqlApp();
  const { socket, frames, heard, say } = await connectTalkative(app);
  for (let round = 0; round < 50; round++)
    say(begin('1'), end('1'), begin('1'), end('1'), begin('1'), ping, end('1'));
  say(begin('1'), end('1'), begin('1'), ping);
  await heard('pong', 51);
  await eventually(
    () => app.service.live.groups(),
    (groups) => groups === 1,
    {
      withinMs: 5_000,
      what: 'it follows',
    },
  );
  await app.log.commit(anEvent(), anEvent({ incidentSeq: 2 }));
  await heard('next', 2);
  say(ping);
  await heard('pong', 52);
  expect(frames.filter(({ type }) => type === 'next')).toHaveLength(2);
  socket.terminate();
  await eventually(
    () => app.service.live.groups() + app.service.live.listeners(),
    (left) => left === 0,
    { withinMs: 5_000, what: 'nothing is followed' },
  );
});
