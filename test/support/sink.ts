import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { eventually } from './eventually.ts';

/** An outgoing webhook as an endpoint got it. */
export interface Arrival {
  path: string;
  headers: IncomingHttpHeaders;
  /** The raw bytes. */
  body: Buffer;
}

/** A receiver of webhooks that keeps all it gets, in the order of arrival, and answers 200. */
export interface Sink extends AsyncDisposable {
  /** Of an endpoint to register. */
  url(path?: string): string;
  arrivals(path?: string): Arrival[];
  /** Resolves once so many different events came to the path, each counted once. */
  untilEvents(count: number, within: { withinMs: number; path?: string }): Promise<void>;
  /** Resolves once those that came to the path are enough. */
  until(
    isEnough: (arrivals: Arrival[]) => boolean,
    within: { withinMs: number; path?: string },
  ): Promise<Arrival[]>;
}

const DEFAULT_PATH = '/webhooks/opslens';

export async function startSink(): Promise<Sink> {
  const all: Arrival[] = [];
  const eventsTo = new Map<string, Set<string>>();
  const server = createServer((req, res) => {
    keep(req).then(
      (arrival) => {
        all.push(arrival);
        const events = eventsTo.get(arrival.path) ?? new Set();
        eventsTo.set(arrival.path, events.add(String(arrival.headers['webhook-id'])));
        res.end('ok');
      },
      // The sender died before the body was whole: nothing came.
      () => res.destroy(),
    );
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the sink has no port');
  const arrivals = (path?: string): Arrival[] =>
    path === undefined ? all : all.filter((arrival) => arrival.path === path);
  return {
    async untilEvents(count, { withinMs, path = DEFAULT_PATH }) {
      await eventually(
        () => eventsTo.get(path)?.size ?? 0,
        (came) => came >= count,
        { withinMs, what: `${count} different events come to the endpoint ${path}` },
      );
    },
    url: (path = DEFAULT_PATH) => `http://127.0.0.1:${address.port}${path}`,
    arrivals,
    until: (isEnough, { withinMs, path }) =>
      eventually(() => arrivals(path), isEnough, { withinMs, what: 'webhooks arrive at the endpoint' }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function keep(req: IncomingMessage): Promise<Arrival> {
  return { path: req.url ?? '', headers: req.headers, body: await buffer(req) };
}
