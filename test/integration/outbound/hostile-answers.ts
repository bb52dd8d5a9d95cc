import type { Socket } from 'node:net';
import { createGzip } from 'node:zlib';

/** What a receiver does on a connection once a request has begun to come. */
export type HostileAnswer = (socket: Socket) => void;

/** Writes for as long as there is somebody to read. Much at once, with turns for others: the reader is in this process. */
function forever(socket: Socket, text: string): void {
  const chunk = text.repeat(Math.ceil(16_384 / text.length));
  const more = (): void => {
    if (!socket.destroyed) socket.write(chunk, () => setImmediate(more));
  };
  more();
}

function drip(socket: Socket, text: string): void {
  const timer = setInterval(() => socket.write(text), 20);
  socket.on('close', () => clearInterval(timer));
}

const OK = 'HTTP/1.1 200 OK\r\n';
const CHUNKED = `${OK}transfer-encoding: chunked\r\n\r\n`;
const KILOBYTE = 'x'.repeat(1024);

export const HANG: HostileAnswer = () => undefined;
export const RESET: HostileAnswer = (socket) => socket.resetAndDestroy();
export const HANG_UP: HostileAnswer = (socket) => socket.end();

export const DRIPPING_HEADER: HostileAnswer = (socket) => {
  socket.write(OK);
  drip(socket, 'x-more: 1\r\n');
};
export const DRIPPING_BODY: HostileAnswer = (socket) => {
  socket.write(`${OK}content-length: 1000000\r\n\r\n`);
  drip(socket, '.');
};
export const RESET_IN_BODY: HostileAnswer = (socket) => {
  socket.write(`${OK}content-length: 100\r\n\r\nhalf`, () => socket.resetAndDestroy());
};
export const LESS_THAN_ANNOUNCED: HostileAnswer = (socket) => {
  socket.end(`${OK}content-length: 100\r\n\r\nhalf`);
};
export const LONG_HEADER: HostileAnswer = (socket) => {
  socket.write(`${OK}x-long: ${'y'.repeat(60_000)}\r\ncontent-length: 0\r\n\r\n`);
};
export const ENDLESS_HEADERS: HostileAnswer = (socket) => {
  socket.write(OK);
  forever(socket, `x-more: ${KILOBYTE}\r\n`);
};
export const ENDLESS_INTERIM: HostileAnswer = (socket) => {
  forever(socket, `HTTP/1.1 103 Early Hints\r\nlink: <${KILOBYTE}>\r\n\r\n`);
};
export const UNASKED_CONTINUE: HostileAnswer = (socket) => {
  forever(socket, 'HTTP/1.1 100 Continue\r\n\r\n');
};
export const ENDLESS_BODY: HostileAnswer = (socket) => {
  socket.write(CHUNKED);
  forever(socket, `400\r\n${KILOBYTE}\r\n`);
};
export const ENDLESS_ERROR: HostileAnswer = (socket) => {
  socket.write('HTTP/1.1 500 Oh\r\n\r\n');
  forever(socket, KILOBYTE);
};
export const ENDLESS_CHUNK_EXTENSION: HostileAnswer = (socket) => {
  socket.write(`${CHUNKED}1;x=`);
  forever(socket, KILOBYTE);
};
export const ENDLESS_TRAILERS: HostileAnswer = (socket) => {
  socket.write(`${CHUNKED}0\r\n`);
  forever(socket, `x-more: ${KILOBYTE}\r\n`);
};

/** 300 MB of nothing, which are some 300 kB on the way. */
export async function gzipBomb(): Promise<HostileAnswer> {
  const zip = createGzip();
  const parts: Buffer[] = [];
  zip.on('data', (part: Buffer) => parts.push(part));
  const nothing = Buffer.alloc(1024 * 1024);
  for (let n = 0; n < 300; n++) await new Promise((resolve) => zip.write(nothing, resolve));
  await new Promise<void>((resolve) => zip.on('end', resolve).end());
  const body = Buffer.concat(parts);
  return (socket) => {
    socket.write(`${OK}content-encoding: gzip\r\ncontent-length: ${body.length}\r\n\r\n`);
    socket.write(body);
  };
}
