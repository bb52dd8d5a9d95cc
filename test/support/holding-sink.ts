import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { eventually } from './eventually.ts';
import type { Arrival } from './sink.ts';

/** A receiver of webhooks that keeps all it gets and answers 200, at once or when it is told to. */
export interface HoldingSink extends AsyncDisposable {
  /** Of an endpoint to register. */
  url(path: string): string;
  /** In the order of arrival. */
  arrivals(path: string): Arrival[];
  /** From now on what comes to the path is left without an answer. */
  hold(path: string): void;
  /** Answers all that was held, and from now on at once again. */
  release(path: string): void;
  /** Resolves when all is read that was sent before. */
  settled(): Promise<void>;
  untilArrived(path: string, count: number, withinMs: number): Promise<Arrival[]>;
}

const QUIET_TURNS = 20;

export async function startHoldingSink(): Promise<HoldingSink> {
  const all: Arrival[] = [];
  const held = new Map<string, ServerResponse[]>();
  const server = createServer((req, res) => {
    const path = req.url ?? '';
    res.on('error', () => undefined);
    buffer(req).then(
      (body) => {
        all.push({ path, headers: req.headers, body });
        const waiting = held.get(path);
        if (waiting === undefined) res.end('ok');
        else waiting.push(res);
      },
      // The sender died before the body was whole: nothing came.
      () => res.destroy(),
    );
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the sink has no port');
  const arrivals = (path: string): Arrival[] => all.filter((arrival) => arrival.path === path);
  return {
    url: (path) => `http://127.0.0.1:${address.port}${path}`,
    arrivals,
    hold(path) {
      if (!held.has(path)) held.set(path, []);
    },
    release(path) {
      const waiting = held.get(path) ?? [];
      held.delete(path);
      for (const res of waiting) res.end('ok');
    },
    async settled() {
      // What is read before a request of ours is not all that was sent before it: connections take turns.
      let came = -1;
      for (let quiet = 0; quiet < QUIET_TURNS; quiet++) {
        await (await fetch(`http://127.0.0.1:${address.port}/settled`)).arrayBuffer();
        const others = all.filter(({ path }) => path !== '/settled').length;
        if (others !== came) quiet = 0;
        came = others;
      }
    },
    untilArrived: (path, count, withinMs) =>
      eventually(
        () => arrivals(path),
        (came) => came.length >= count,
        { withinMs, what: `${count} webhooks come to ${path}` },
      ),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
