import { Pool } from 'undici';
import type { Dispatcher } from 'undici';
import type { PushResult } from '../domain/delivery-outcome.ts';
import { parseEndpointUrl } from '../domain/endpoint-url.ts';
import type { Clock } from '../kernel/clock.ts';
import { createGuardedConnector } from './guarded-connector.ts';
import type { TargetGuard } from './guarded-connector.ts';
import { describePushFailure } from './push-failure.ts';

export interface PushRequest {
  endpointId: string;
  url: string;
  /** Names and values in turn. */
  headers: string[];
  body: string;
  /** Asked once it is connected, before anything is written. Where it may not, it ends as `ABORTED`. */
  mayBegin?: () => boolean;
}

/** One push under way. */
export interface Exchange {
  /** Never rejects, and settles within the total timeout. */
  result: Promise<PushResult>;
  /** Ends it now; its result is then `ABORTED`, unless there is one already. */
  abort(): void;
}

export interface Pusher extends AsyncDisposable {
  push(request: PushRequest): Exchange;
}

export interface PusherOptions {
  clock: Pick<Clock, 'monotonic'>;
  guard: TargetGuard;
  /** Resolving the name included. */
  connectTimeoutMs: number;
  /** Bounds the whole exchange: connecting, sending and the answer with its body. */
  totalTimeoutMs: number;
  /** Connections to one endpoint; the caller keeps as many pushes in flight at most. */
  connections: number;
  /** Certificates to trust instead of those that Node does. */
  ca?: string;
  /** So long at most connections are used, so that a name that moves is followed. */
  poolAgeMs?: number;
}

/** So much of an answer is read; then its connection is cut. */
const KEPT_BODY_BYTES = 16 * 1024;
const MAX_HEADER_BYTES = 16 * 1024;
/** Answers such as 103 that only announce another one. */
const MAX_INTERIM = 20;
const TICK_MS = 100;
const IDLE_POOL_MS = 60_000;
const POOL_AGE_MS = 300_000;

interface EndpointPool {
  url: string;
  path: string;
  pool: Pool;
  inFlight: number;
  madeAt: number;
  usedAt: number;
}

interface Running {
  startedAt: number;
  end(reason: 'TIMEOUT' | 'ABORTED'): void;
}

/**
 * Posts to endpoints. Each has connections of its own, even where two share a host: one that hangs must not hold those
 * of another. Redirects are answers like any other.
 */
export function createPusher(options: PusherOptions): Pusher {
  const { clock, guard, connectTimeoutMs, totalTimeoutMs, connections, ca } = options;
  const { poolAgeMs = POOL_AGE_MS } = options;
  const pools = new Map<string, EndpointPool>();
  const running = new Set<Running>();

  // One timer for all: a timer for each push would cost more than the push's own bookkeeping.
  const tick = (): void => {
    const now = clock.monotonic();
    for (const exchange of running) {
      if (now - exchange.startedAt >= totalTimeoutMs) exchange.end('TIMEOUT');
    }
    for (const [endpointId, { inFlight, madeAt, usedAt }] of pools) {
      const isIdle = inFlight === 0 && now - usedAt >= IDLE_POOL_MS;
      if (isIdle || now - madeAt >= poolAgeMs) closePool(endpointId);
    }
  };
  const ticker = setInterval(tick, TICK_MS);
  ticker.unref();

  const closePool = (endpointId: string): void => {
    const entry = pools.get(endpointId);
    pools.delete(endpointId);
    // Lets what is in flight finish. The pool has nobody else to tell of trouble in closing.
    entry?.pool.close().catch(() => undefined);
  };

  const poolFor = (endpointId: string, url: string): EndpointPool | string => {
    const known = pools.get(endpointId);
    if (known?.url === url) return known;
    if (known) closePool(endpointId);
    const target = parseEndpointUrl(url);
    if (!target.ok) return target.reason;
    const { origin, pathname, search } = new URL(target.url);
    const pool = new Pool(origin, {
      connections,
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      maxHeaderSize: MAX_HEADER_BYTES,
      connect: createGuardedConnector({ guard, endpointId, timeoutMs: connectTimeoutMs, ca }),
    });
    const entry = { url, path: pathname + search, pool, inFlight: 0, madeAt: clock.monotonic(), usedAt: 0 };
    pools.set(endpointId, entry);
    return entry;
  };

  return {
    push({ endpointId, url, headers, body, mayBegin = () => true }) {
      const startedAt = clock.monotonic();
      const elapsed = (): number => Math.max(0, Math.round(clock.monotonic() - startedAt));
      const entry = poolFor(endpointId, url);
      if (typeof entry === 'string') {
        const refused = { kind: 'failed', reason: 'INVALID_URL', detail: entry, durationMs: 0 } as const;
        return { result: Promise.resolve(refused), abort: () => undefined };
      }

      let settle!: (result: PushResult) => void;
      const result = new Promise<PushResult>((resolve) => {
        settle = resolve;
      });
      let done = false;
      let controller: Dispatcher.DispatchController | undefined;
      let interim = 0;
      let status = 0;
      let retryAfter: string | null = null;
      let size = 0;
      const chunks: Buffer[] = [];

      const finish = (outcome: PushResult): void => {
        if (done) return;
        done = true;
        running.delete(exchange);
        entry.inFlight--;
        entry.usedAt = startedAt;
        settle(outcome);
      };
      const answered = (): void => {
        // Decoding makes well-formed text of any bytes, also of a character that was cut.
        const text = Buffer.concat(chunks, size).toString('utf8');
        finish({ kind: 'answered', status, body: text, retryAfter, durationMs: elapsed() });
      };
      const failed = (error: unknown): void => {
        finish({ kind: 'failed', ...describePushFailure(error), durationMs: elapsed() });
      };
      const exchange: Running = {
        startedAt,
        end(reason) {
          const detail = reason === 'TIMEOUT' ? `no complete answer within ${totalTimeoutMs} ms` : '';
          finish({ kind: 'failed', reason, detail, durationMs: elapsed() });
          controller?.abort(new Error(reason));
        },
      };

      running.add(exchange);
      entry.inFlight++;
      try {
        entry.pool.dispatch(
          { method: 'POST', path: entry.path, headers, body },
          {
            onRequestStart(started) {
              controller = started;
              if (done) started.abort(new Error('no longer wanted'));
              else if (!mayBegin()) exchange.end('ABORTED');
            },
            onResponseStart(receiving, statusCode, headers) {
              if (statusCode < 200) {
                if (++interim > MAX_INTERIM) receiving.abort(new Error('only interim answers'));
                return;
              }
              status = statusCode;
              const told = headers['retry-after'];
              retryAfter = (Array.isArray(told) ? told[0] : told) ?? null;
            },
            onResponseData(receiving, chunk) {
              if (done) return;
              const room = KEPT_BODY_BYTES - size;
              chunks.push(chunk.length <= room ? chunk : chunk.subarray(0, room));
              size += Math.min(chunk.length, room);
              if (chunk.length <= room) return;
              answered();
              receiving.abort(new Error('answer is long enough'));
            },
            onResponseEnd: answered,
            onResponseError(_controller, error) {
              failed(error);
            },
          },
        );
      } catch (error) {
        failed(error);
      }
      return { result, abort: () => exchange.end('ABORTED') };
    },

    async [Symbol.asyncDispose]() {
      clearInterval(ticker);
      for (const exchange of [...running]) exchange.end('ABORTED');
      const closing = [...pools.values()].map(({ pool }) => pool.destroy());
      pools.clear();
      await Promise.allSettled(closing);
    },
  };
}
