import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';

/** A WebSocket of a client that costs next to nothing: thousands of them fit into a test. */
export interface RawSocket {
  /** The HTTP status of the answer to the upgrade. */
  opened: Promise<number>;
  /** `ack`, or the code with which the server closed it before. */
  initialised: Promise<'ack' | number>;
  socket: Socket;
}

const HANDSHAKE = [
  'GET /graphql HTTP/1.1',
  'Host: 127.0.0.1',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Protocol: graphql-transport-ws',
  '\r\n',
].join('\r\n');
const CLOSE = 8;

/** Says nothing after the upgrade where it is `silent`. */
export function openRawSocket(
  port: number,
  { from = '127.0.0.1', silent = false }: { from?: string; silent?: boolean } = {},
): RawSocket {
  const socket = connect({ port, host: '127.0.0.1', localAddress: from });
  socket.on('error', () => undefined);
  socket.write(HANDSHAKE);
  if (!silent) socket.write(maskedText('{"type":"connection_init"}'));
  let received = Buffer.alloc(0);
  let onOpened: (status: number) => void;
  let onInitialised: (how: 'ack' | number) => void;
  const opened = new Promise<number>((resolve) => (onOpened = resolve));
  const initialised = new Promise<'ack' | number>((resolve) => (onInitialised = resolve));
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk]);
    const end = received.indexOf('\r\n\r\n');
    if (end === -1) return;
    onOpened(Number(received.toString('latin1', 9, 12)));
    const first = received[end + 4];
    if (first === undefined) return;
    if ((first & 0x0f) !== CLOSE) return onInitialised('ack');
    if (received.length >= end + 8) onInitialised(received.readUInt16BE(end + 6));
  });
  return { opened, initialised, socket };
}

/** Ends it at once, and resolves when it is gone on this side. */
export async function endRawSocket({ socket }: RawSocket): Promise<void> {
  if (socket.closed) return;
  const closed = once(socket, 'close');
  socket.destroy();
  await closed;
}

/** A frame of a client, whose mask of zeros leaves the text as it is. */
function maskedText(text: string): Buffer {
  const payload = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
}
