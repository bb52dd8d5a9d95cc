import { createServer } from 'node:http';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

export interface Arrival {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  sequence: number;
}

export type Answer = (response: ServerResponse, arrival: Arrival) => void;

export interface Receiver {
  url(path: string): string;
  /** In the order of arrival; of one path, or all. */
  arrivals(path?: string): Arrival[];
  /** Connections that were made to it. */
  connections(): number;
  /** The most requests that were ever open at once. */
  mostAtOnce(path: string): number;
  /** Requests that were cut off before they were answered. */
  cutOff(path: string): number;
  answer(path: string, answer: Answer): void;
  /** Cuts all connections. */
  hangUp(): void;
}

export const ok: Answer = (response) => response.end('thanks');
export const hang: Answer = () => undefined;
export const refuse =
  (status: number, body = ''): Answer =>
  (response) => {
    response.writeHead(status).end(body);
  };

/** A receiver of webhooks that answers each path as told, 200 by default. Closed when the test ends. */
export async function startReceiver(): Promise<Receiver> {
  const all: Arrival[] = [];
  const answers = new Map<string, Answer>();
  const open = new Map<string, number>();
  const most = new Map<string, number>();
  const cut = new Map<string, number>();
  const add = (counts: Map<string, number>, path: string, by: number): number => {
    const count = (counts.get(path) ?? 0) + by;
    counts.set(path, count);
    return count;
  };
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    most.set(path, Math.max(most.get(path) ?? 0, add(open, path, 1)));
    response.on('close', () => {
      add(open, path, -1);
      if (!response.writableEnded) add(cut, path, 1);
    });
    response.on('error', () => undefined);
    readText(request).then(
      (body) => {
        const sequence = Number(request.headers['x-opslens-sequence']);
        const arrival = { path, headers: request.headers, body, sequence };
        all.push(arrival);
        (answers.get(path) ?? ok)(response, arrival);
      },
      () => response.destroy(),
    );
  });
  let connections = 0;
  server.on('connection', () => connections++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the receiver has no port');
  return {
    url: (path) => `http://127.0.0.1:${address.port}${path}`,
    arrivals: (path) => (path === undefined ? [...all] : all.filter((arrival) => arrival.path === path)),
    connections: () => connections,
    mostAtOnce: (path) => most.get(path) ?? 0,
    cutOff: (path) => cut.get(path) ?? 0,
    answer: (path, answer) => void answers.set(path, answer),
    hangUp: () => server.closeAllConnections(),
  };
}
