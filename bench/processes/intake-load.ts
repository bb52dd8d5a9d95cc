import { percentile } from '../report/percentile.ts';
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
  /** Of what was answered in the time that was measured: half of it within so many milliseconds. */
  p50Ms: number;
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
    const took: number[] = [];
    let answeredInAll = 0;
    try {
      await Promise.all(
        opened.map(async (connection) => {
          while (sent < wanted && monotonicMs() < endsAt) {
            const request = make(firstSeq + sent++);
            const sentAt = monotonicMs();
            await connection.exchange(request);
            const answeredAt = monotonicMs();
            answeredInAll += 1;
            if (answeredAt <= endsAt) took.push(answeredAt - sentAt);
          }
        }),
      );
    } finally {
      for (const connection of opened) connection.close();
    }
    const endedAt = Math.min(endsAt, monotonicMs());
    return {
      answered: took.length,
      seconds: (endedAt - startedAt) / 1000,
      answeredInAll,
      p50Ms: percentile(took, 50),
    };
  },
});
