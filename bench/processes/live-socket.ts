import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';

/** A WebSocket of the protocol `graphql-transport-ws`. */
export interface LiveSocket {
  send(text: string): void;
  /** Bytes as they are. */
  write(bytes: Buffer): void;
  /** Reads nothing more, as a laptop that sleeps. */
  pause(): void;
  resume(): void;
  destroy(): void;
  /** Resolves with the code that it was closed with, 1006 where there was none. */
  closed: Promise<number>;
}

interface Options {
  port: number;
  /** The bytes of one text message, good until it returns. */
  onText: (text: Buffer) => void;
}

const HEAD_END = '\r\n\r\n';
const ABNORMAL = 1006;
const CLOSE = 0x8;
const PING = 0x9;

/**
 * Reads frames and nothing else: thousands of clients share the machine with the server that they measure. Rejects with
 * the status line where the upgrade is refused.
 */
export async function openLiveSocket({ port, onText }: Options): Promise<LiveSocket> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  let pending: Buffer = Buffer.alloc(0);
  let code = ABNORMAL;
  socket.on('error', () => undefined);
  const closed = new Promise<number>((resolve) => socket.once('close', () => resolve(code)));
  const send = (opcode: number, payload: Buffer): void => void socket.write(maskedFrame(opcode, payload));
  await once(socket, 'connect');
  pending = await upgrade(socket);

  const take = (opcode: number, payload: Buffer): void => {
    if (opcode === PING) send(0xa, payload);
    else if (opcode === CLOSE) {
      code = payload.length >= 2 ? payload.readUInt16BE(0) : code;
      send(CLOSE, payload.subarray(0, 2));
      socket.end();
    } else onText(payload);
  };
  const read = (chunk: Buffer): void => {
    const bytes = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    let at = 0;
    for (let frame = frameAt(bytes, at); frame !== null; frame = frameAt(bytes, at)) {
      take(frame.opcode, bytes.subarray(frame.from, frame.until));
      at = frame.until;
    }
    pending = bytes.subarray(at);
  };
  socket.on('data', read);
  read(Buffer.alloc(0));
  return {
    closed,
    send: (text) => send(0x1, Buffer.from(text)),
    write: (bytes) => void socket.write(bytes),
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
    destroy: () => void socket.destroy(),
  };
}

/** What came behind the answer. */
async function upgrade(socket: Socket): Promise<Buffer> {
  const lines = [
    'GET /graphql HTTP/1.1',
    'Host: 127.0.0.1',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    'Sec-WebSocket-Protocol: graphql-transport-ws',
  ];
  socket.write(lines.join('\r\n') + HEAD_END);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  const end = answer.indexOf(HEAD_END);
  const [status = ''] = answer.toString('latin1', 0, 200).split('\r\n');
  if (end === -1 || !status.includes(' 101 ')) throw new Error(status);
  return answer.subarray(end + HEAD_END.length);
}

/** The first frame from there on, if it is whole. Servers do not mask, and ours does not fragment. */
function frameAt(bytes: Buffer, at: number): { opcode: number; from: number; until: number } | null {
  if (bytes.length < at + 2) return null;
  const opcode = (bytes[at] ?? 0) & 0x0f;
  const short = (bytes[at + 1] ?? 0) & 0x7f;
  const extra = short === 126 ? 2 : short === 127 ? 8 : 0;
  const from = at + 2 + extra;
  if (bytes.length < from) return null;
  const length = extra === 0 ? short : extra === 2 ? bytes.readUInt16BE(at + 2) : bytes.readUInt32BE(at + 6);
  return bytes.length < from + length ? null : { opcode, from, until: from + length };
}

/** Clients must mask; a mask of zeros leaves the payload as it is. */
export function maskedFrame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  const head = Buffer.alloc(length < 126 ? 6 : length < 65_536 ? 8 : 14);
  head[0] = 0x80 | opcode;
  if (length < 126) head[1] = 0x80 | length;
  else if (length < 65_536) {
    head[1] = 0x80 | 126;
    head.writeUInt16BE(length, 2);
  } else {
    head[1] = 0x80 | 127;
    head.writeUInt32BE(length, 6);
  }
  return Buffer.concat([head, payload]);
}
