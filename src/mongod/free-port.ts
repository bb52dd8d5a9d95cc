import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

// Below what Linux, macOS and Windows hand out for outgoing connections: there, while mongod restarts, any
// connection could take its port; even the driver's own retries could, by connecting to themselves.
const LOWEST = 20_000;
const HIGHEST = 30_000;
const TRIES = 100;

/** A port of 127.0.0.1 that nobody listens on: the preferred one if it is free. */
export async function freePort(preferred?: number): Promise<number> {
  if (preferred !== undefined && (await canListen(preferred))) return preferred;
  for (let i = 0; i < TRIES; i++) {
    const port = randomInt(LOWEST, HIGHEST);
    if (await canListen(port)) return port;
  }
  throw new Error(`no free port between ${LOWEST} and ${HIGHEST} on 127.0.0.1`);
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
