import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpConnection } from './http-connection.ts';
import { openHttpConnection } from './http-connection.ts';
import { monotonicMs } from './monotonic-ms.ts';
import { serveParent } from './parent-link.ts';
import { compileRequest } from './request-template.ts';
import type { RequestTemplate } from './request-template.ts';

export type ArrivalsMethods = typeof methods;

export interface ArrivalsOrder {
  port: number;
  request: RequestTemplate;
  perSecond: number;
  seconds: number;
  firstSeq: number;
}

export interface ArrivalsResult {
  /** By number, when its request was handed to a connection. */
  postedAt: Map<number, number>;
  /** Milliseconds from there to the whole answer. */
  answeredIn: number[];
}

/** Posts at a fixed rate, whether or not earlier requests are answered. */
const methods = serveParent({
  async arrive({ port, request, perSecond, seconds, firstSeq }: ArrivalsOrder): Promise<ArrivalsResult> {
    const make = compileRequest(request);
    const all: HttpConnection[] = [];
    const idle: HttpConnection[] = [];
    const open = async (): Promise<HttpConnection> => {
      const connection = await openHttpConnection(port);
      all.push(connection);
      return connection;
    };
    for (let i = 0; i < 8; i++) idle.push(await open());
    const postedAt = new Map<number, number>();
    const answeredIn: number[] = [];
    const post = async (seq: number, bytes: Buffer): Promise<void> => {
      const connection = idle.pop() ?? (await open());
      const at = monotonicMs();
      postedAt.set(seq, at);
      await connection.exchange(bytes);
      answeredIn.push(monotonicMs() - at);
      idle.push(connection);
    };
    try {
      const posts: Promise<void>[] = [];
      const startedAt = monotonicMs();
      for (let i = 0; i < perSecond * seconds; i++) {
        const bytes = make(firstSeq + i);
        const wait = startedAt + (i * 1000) / perSecond - monotonicMs();
        if (wait > 0) await sleep(wait);
        posts.push(post(firstSeq + i, bytes));
      }
      await Promise.all(posts);
    } finally {
      for (const connection of all) connection.close();
    }
    return { postedAt, answeredIn };
  },
});
