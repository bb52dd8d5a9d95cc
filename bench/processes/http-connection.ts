import { once } from 'node:events';
import { connect } from 'node:net';

/** A kept-alive connection for one request at a time. */
export interface HttpConnection {
  /** Sends a whole request; resolves with the whole answer, or rejects where that is not 2xx. */
  exchange(request: Buffer): Promise<void>;
  close(): void;
}

interface Waiting {
  resolve(): void;
  reject(error: Error): void;
}

const HEAD_END = '\r\n\r\n';

/**
 * A socket without an HTTP client around it: what the load generator costs is taken from the server that shares the
 * machine with it.
 */
export async function openHttpConnection(port: number): Promise<HttpConnection> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  await once(socket, 'connect');
  let waiting: Waiting | null = null;
  let pending: Buffer = Buffer.alloc(0);
  socket.on('error', (error) => waiting?.reject(error));
  socket.on('close', () => waiting?.reject(new Error('the server closed a connection')));
  socket.on('data', (chunk: Buffer) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    const length = answerLength(pending);
    if (length === null || pending.length < length) return;
    const answered = waiting;
    waiting = null;
    if (pending[9] === 0x32) answered?.resolve();
    else answered?.reject(new Error(`answered ${pending.toString('utf8', 9, 600)}`));
    pending = pending.subarray(length);
  });
  return {
    exchange(request) {
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(request);
      });
    },
    close() {
      waiting = null;
      socket.destroy();
    },
  };
}

/** Bytes of the first answer, head included; null while its head is not whole. */
function answerLength(bytes: Buffer): number | null {
  const headEnd = bytes.indexOf(HEAD_END);
  if (headEnd === -1) return null;
  const length = /^content-length: (\d+)/im.exec(bytes.toString('latin1', 0, headEnd))?.[1];
  if (length === undefined) throw new Error('an answer without Content-Length');
  return headEnd + HEAD_END.length + Number(length);
}
