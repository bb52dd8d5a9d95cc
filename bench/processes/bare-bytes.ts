import { once } from 'node:events';
import { createServer } from 'node:http';
import { serveParent } from './parent-link.ts';

export type BareBytesMethods = typeof methods;

/** Reads each request and answers with the same bytes. Returns its port. */
const methods = serveParent({
  async listen(bytes: Uint8Array): Promise<number> {
    const answer = Buffer.from(bytes);
    const server = createServer((req, res) => {
      req.on('data', () => undefined);
      req.on('end', () => {
        res.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': answer.length });
        res.end(answer);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return address.port;
  },
});
