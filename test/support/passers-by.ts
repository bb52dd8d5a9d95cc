import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { serveParent } from '../../bench/processes/parent-link.ts';

export type PassersByMethods = typeof methods;

const AT_ONCE = 200;
const UPGRADE =
  'GET /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n';
const HELLO = { type: 'connection_init' };
const PING = { type: 'ping' };
const DONE = { id: '1', type: 'complete' };
/** A close frame without a code, masked with zeros as all frames here. */
const GOODBYE = Buffer.from([0x88, 0x80, 0, 0, 0, 0]);

const subscribe = (query: string, id = '1') => ({ id, type: 'subscribe', payload: { query } });
const EVENTS = 'subscription { events { sequence } }';
const SOME_EVENTS = 'subscription { events(filter: { type: [EVIDENCE_ADDED], service: ["s"] }) { id } }';
const ALL_EVENTS = 'subscription { events(after: 0) { sequence snapshot { description } } }';
const CHANGES = [
  'subscription { deliveries { id } }',
  'subscription { receipts { id } }',
  'subscription { webhookEndpointHealth { id } }',
];

/** The answer to the upgrade and to the hello. */
const WELCOME = 190;
/** The answer to a ping: what was said before it is under way. */
const PONG = 15;

/** What a client that was welcomed says in one breath, how many bytes it then waits for, and how it goes. */
interface Way {
  says: object[];
  hears: number;
  leaves: (socket: Socket) => void;
}

const politely = (socket: Socket): void => void socket.write(GOODBYE);
const brutally = (socket: Socket): void => void socket.resetAndDestroy();
const silently = (socket: Socket): void => void socket.destroy();

const waysOf = (incidentId: string): readonly Way[] => {
  const incident = `subscription { incident(id: "${incidentId}") { id } }`;
  return [
    { says: [subscribe(EVENTS)], hears: PONG, leaves: politely },
    { says: [subscribe(EVENTS), subscribe(SOME_EVENTS, '2')], hears: PONG, leaves: brutally },
    { says: [subscribe(ALL_EVENTS)], hears: 8_000, leaves: brutally },
    { says: [subscribe(SOME_EVENTS), DONE, subscribe(EVENTS)], hears: PONG, leaves: silently },
    { says: [subscribe(incident), DONE], hears: PONG, leaves: politely },
    { says: CHANGES.map((query, id) => subscribe(query, `${id}`)), hears: PONG, leaves: silently },
    { says: [], hears: 0, leaves: brutally },
    { says: [], hears: 0, leaves: politely },
    { says: [], hears: 0, leaves: silently },
  ];
};

function masked(message: object): Buffer {
  const text = Buffer.from(JSON.stringify(message));
  const head = Buffer.from([0x81, 0x80 | 126, text.length >> 8, text.length & 0xff, 0, 0, 0, 0]);
  return Buffer.concat([head, text]);
}

async function passBy(port: number, { says, hears, leaves }: Way): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  let heard = 0;
  socket.on('data', (data) => {
    const before = heard;
    heard += data.length;
    const passed = (point: number): boolean => before < point && heard >= point;
    if (passed(WELCOME)) socket.write(Buffer.concat([...says, PING].map(masked)));
    if (passed(WELCOME + hears)) leaves(socket);
  });
  const gone = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.write(Buffer.concat([Buffer.from(UPGRADE), masked(HELLO)]));
  await gone;
}

const methods = serveParent({
  /** Connects and leaves so often, in all ways in turn. */
  async passBy({
    port,
    count,
    incidentId,
  }: {
    port: number;
    count: number;
    incidentId: string;
  }): Promise<void> {
    const ways = waysOf(incidentId);
    let next = 0;
    const passOneByOne = async (): Promise<void> => {
      while (next < count) {
        const way = ways[(next += 1) % ways.length];
        if (way !== undefined) await passBy(port, way);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, passOneByOne));
  },
});
