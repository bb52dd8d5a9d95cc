import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { JsonReply } from '../../../src/http/handlers.ts';
import { sendRequest } from '../../support/send-request.ts';
import { speak } from '../../support/speak.ts';
import { echoHandlers, startEdge } from '../../support/start-edge.ts';
import type { Edge, EdgeOptions } from '../../support/start-edge.ts';

const PATH = '/api/v1/webhooks/generic';
const LIMIT = 4096;

interface World extends Edge {
  /** Bodies that came to their provider, in order. */
  bodies: Buffer[];
}

async function serving(options: EdgeOptions = {}): Promise<World> {
  const bodies: Buffer[] = [];
  const receive = ({ body }: { body: Buffer }): Promise<JsonReply> => {
    bodies.push(body);
    return Promise.resolve({ status: 200, body: {} });
  };
  const edge = await startEdge(options);
  edge.server.serve(
    echoHandlers({
      intake: { limit: () => LIMIT, receive, refuse: () => Promise.reject(new Error('not to be refused')) },
    }),
  );
  return { ...edge, bodies };
}

const head = (...headers: string[]): string =>
  ['POST ' + PATH + ' HTTP/1.1', 'Host: localhost', 'Connection: close', ...headers, '', ''].join('\r\n');

const post = (port: number, body: string) => sendRequest(port, { method: 'POST', path: PATH, body });

/** A sender that begins a body and then says nothing more. */
async function dawdler(port: number, announced: number, sent: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(`${head(`Content-Length: ${announced}`)}${sent}`);
  return socket;
}

async function saidBy(socket: Socket): Promise<string> {
  let said = '';
  socket.on('data', (chunk) => (said += chunk.toString()));
  await once(socket, 'close');
  return said;
}

describe('a body', () => {
  test('in pieces of one byte comes together as it was sent', async () => {
    const { port, bodies } = await serving();
    const body = Buffer.from(Array.from({ length: LIMIT }, (_, index) => index % 256));
    const pieces = [...body].map((byte) =>
      Buffer.concat([Buffer.from('1\r\n'), Buffer.of(byte), Buffer.from('\r\n')]),
    );
    const bytes = Buffer.concat([
      Buffer.from(head('Transfer-Encoding: chunked')),
      ...pieces,
      Buffer.from('0\r\n\r\n'),
    ]);
    expect(await speak(port, bytes)).toMatch(/^HTTP\/1\.1 200 /);
    expect(bodies).toEqual([body]);
  });

  test('that never ends as announced comes to nobody, and is told of in the log', async () => {
    const { port, bodies, lines } = await serving();
    const socket = await dawdler(port, 10, 'abc');
    socket.end();
    await once(socket.resume(), 'close');
    await expect.poll(() => lines).toMatchObject([{ fields: { outcome: 'REFUSED', status: null } }]);
    expect(lines[0]?.fields['reason']).toContain('before the body was whole');
    expect(bodies).toEqual([]);
  });

  test.each([
    ['a piece without a size', `${head('Transfer-Encoding: chunked')}zz\r\nab\r\n0\r\n\r\n`],
    ['two lengths', `${head('Content-Length: 2', 'Content-Length: 3')}{}`],
    ['a length beside pieces', `${head('Content-Length: 2', 'Transfer-Encoding: chunked')}0\r\n\r\n`],
    ['a length below nothing', `${head('Content-Length: -1')}`],
  ])('of which nobody can tell where it ends is 400: %s', async (_what, bytes) => {
    const { port, bodies } = await serving();
    expect(await speak(port, bytes)).toMatch(/^HTTP\/1\.1 400 /);
    expect(bodies).toEqual([]);
  });
});

describe('who dawdles', () => {
  const deadlines = { headersMs: 200, requestMs: 200, checkEveryMs: 20 };

  test('over the body is answered 408 in time, and holds no room afterwards', async () => {
    const { port, lines } = await serving({ deadlines, bodies: { maxBytes: 10, patienceMs: 60_000 } });
    const socket = await dawdler(port, 10, 'abc');
    expect(await saidBy(socket)).toMatch(/^HTTP\/1\.1 408 /);
    expect(lines).toMatchObject([{ fields: { reason: expect.stringContaining('took too long') } }]);
    expect((await post(port, '0123456789')).status).toBe(200);
  });

  test('over the headers is answered 408 in time', async () => {
    const { port } = await serving({ deadlines });
    expect(await speak(port, 'POST / HTTP/1.1\r\nHost: local')).toMatch(/^HTTP\/1\.1 408 /);
  });

  test('makes room for the others: 200 of them keep nobody waiting', async () => {
    const { port } = await serving({ bodies: { maxBytes: 200 * 100, patienceMs: 0 } });
    const turnedAway: string[] = [];
    for (let sender = 0; sender < 200; sender += 1) {
      const socket = await dawdler(port, 1000, 'x'.repeat(100));
      saidBy(socket).then(
        (said) => turnedAway.push(said),
        () => undefined,
      );
    }
    const healthy = () => post(port, 'y'.repeat(1000));
    const answers = await Promise.all(Array.from({ length: 10 }, healthy));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    await expect
      .poll(async () => {
        expect((await healthy()).status).toBe(200);
        return turnedAway;
      })
      .not.toEqual([]);
    for (const said of turnedAway) expect(said).toMatch(/^HTTP\/1\.1 503 [^]*Retry-After: 1/);
  });
});
