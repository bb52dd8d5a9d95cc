import { openHttpConnection } from './http-connection.ts';
import { monotonicMs } from './monotonic-ms.ts';
import { serveParent } from './parent-link.ts';
import { compileRequest } from './request-template.ts';
import type { RequestTemplate } from './request-template.ts';

export interface LoadOrder {
  port: number;
  request: RequestTemplate;
  connections: number;
  /** The number of the first request; each next one is one higher. */
  firstSeq: number;
  /** Go on for so long, or until so many were answered. */
  until: { ms: number } | { count: number };
}

export interface LoadResult {
  /** Answered in the time that was measured. */
  answered: number;
  seconds: number;
  /** All that were answered, those after the measured time included. */
  answeredInAll: number;
}

export type IntakeLoadMethods = typeof methods;

/** As many requests in flight as there are connections, the next as soon as one is answered. */
const methods = serveParent({
  async load({ port, request, connections, firstSeq, until }: LoadOrder): Promise<LoadResult> {
    const make = compileRequest(request);
    const opened = await Promise.all(Array.from({ length: connections }, () => openHttpConnection(port)));
    const wanted = 'count' in until ? until.count : Infinity;
    const startedAt = monotonicMs();
    const endsAt = 'ms' in until ? startedAt + until.ms : Infinity;
    let sent = 0;
    let answered = 0;
    let answeredInAll = 0;
    try {
      await Promise.all(
        opened.map(async (connection) => {
          while (sent < wanted && monotonicMs() < endsAt) {
            await connection.exchange(make(firstSeq + sent++));
            answeredInAll += 1;
            if (monotonicMs() <= endsAt) answered += 1;
          }
        }),
      );
    } finally {
      for (const connection of opened) connection.close();
    }
    const endedAt = Math.min(endsAt, monotonicMs());
    return { answered, seconds: (endedAt - startedAt) / 1000, answeredInAll };
  },
});
