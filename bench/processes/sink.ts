import { once } from 'node:events';
import { createServer } from 'node:http';
import { verifyHexHmac } from '../../src/domain/signing.ts';
import { monotonicMs } from './monotonic-ms.ts';
import { serveParent } from './parent-link.ts';

export type SinkMethods = typeof methods;

interface Received {
  at: number;
  path: string;
  rawHeaders: string[];
  body: Buffer;
}

export interface SinkFindings {
  received: number;
  /** Different values of `webhook-id` and path. */
  distinct: number;
  badSignatures: number;
  /** Deliveries whose sequence is below that of an earlier one of the same incident to the same path. */
  outOfOrder: number;
}

let received: Received[] = [];
let awaited: { count: number; resolve: () => void } | null = null;

const server = createServer((req, res) => {
  const chunks: Buffer[] = [];
  req.on('data', (chunk: Buffer) => chunks.push(chunk));
  req.on('end', () => {
    // Everything is judged afterwards: while it is measured, the sink only keeps what came.
    received.push({
      at: monotonicMs(),
      path: req.url ?? '',
      rawHeaders: req.rawHeaders,
      body: Buffer.concat(chunks),
    });
    res.end('ok');
    if (awaited !== null && received.length >= awaited.count) awaited.resolve();
  });
});

/** The receiver of what is pushed: answers 200 to everything. */
const methods = serveParent({
  async listen(): Promise<number> {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return address.port;
  },

  clear(): void {
    received = [];
  },

  /** Returns when so many have come since it was cleared. */
  async reach({ count }: { count: number }): Promise<void> {
    if (received.length < count) {
      await new Promise<void>((resolve) => {
        awaited = { count, resolve };
      });
      awaited = null;
    }
  },

  count: (): number => received.length,

  /** When the first and the last came. */
  span(): { first: number; last: number } {
    return { first: received[0]?.at ?? Number.NaN, last: received.at(-1)?.at ?? Number.NaN };
  },

  sampleBody: (): string => received[0]?.body.toString() ?? '',

  check({ secret }: { secret: string }): SinkFindings {
    const lastOfLane = new Map<string, number>();
    const ids = new Set<string>();
    let badSignatures = 0;
    let outOfOrder = 0;
    for (const { path, rawHeaders, body } of received) {
      ids.add(`${path} ${header(rawHeaders, 'webhook-id')}`);
      const signature = header(rawHeaders, 'x-webhook-signature') ?? '';
      if (!verifyHexHmac(secret, body, signature.replace('sha256=', ''))) badSignatures += 1;
      const incidentId = /"incident_id": "([^"]+)"/.exec(body.toString())?.[1] ?? '';
      const lane = `${path} ${incidentId}`;
      const sequence = Number(header(rawHeaders, 'x-opslens-sequence'));
      if (sequence < (lastOfLane.get(lane) ?? 0)) outOfOrder += 1;
      lastOfLane.set(lane, sequence);
    }
    return { received: received.length, distinct: ids.size, badSignatures, outOfOrder };
  },

  /** When the body that names `bench-<number>` came first, by that number. */
  arrivals(): Map<number, number> {
    const arrivals = new Map<number, number>();
    for (const { at, body } of received) {
      const seq = /bench-(\d+)/.exec(body.toString())?.[1];
      if (seq !== undefined && !arrivals.has(Number(seq))) arrivals.set(Number(seq), at);
    }
    return arrivals;
  },
});

function header(rawHeaders: readonly string[], name: string): string | undefined {
  const index = rawHeaders.findIndex((text, at) => at % 2 === 0 && text.toLowerCase() === name);
  return index === -1 ? undefined : rawHeaders[index + 1];
}
