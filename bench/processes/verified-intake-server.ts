import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { verifyHexHmac } from '../../src/domain/signing.ts';

export interface VerifiedIntakeOptions {
  secret: string;
  /** Called with each verified body, in its bytes and parsed; answered when it is done. */
  take: (body: Buffer, payload: unknown) => Promise<void> | void;
}

const OK = '{"status":"success"}';

/** What the least of webhook servers does: node:http, the HMAC of the body, one JSON.parse. Returns its port. */
export async function startVerifiedIntakeServer({ secret, take }: VerifiedIntakeOptions): Promise<number> {
  const handle = async (req: IncomingMessage, body: Buffer): Promise<number> => {
    const signature = req.headers['x-hub-signature-256'];
    if (typeof signature !== 'string' || !verifyHexHmac(secret, body, signature.slice('sha256='.length))) {
      return 401;
    }
    await take(body, JSON.parse(body.toString()));
    return 200;
  };
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      handle(req, chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)).then(
        (status) => {
          res.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': OK.length });
          res.end(OK);
        },
        (error: unknown) => {
          res.writeHead(500, { 'Content-Length': 0 });
          res.end();
          process.stderr.write(`${String(error)}\n`);
        },
      );
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
