import { onTestFinished } from 'vitest';
import { createAuthenticator } from '../../src/access/authenticator.ts';
import type { AuthenticatorDeps } from '../../src/access/authenticator.ts';
import type { BodyBudgetOptions } from '../../src/http/body-budget.ts';
import type { HttpHandlers } from '../../src/http/handlers.ts';
import { startHttpServer } from '../../src/http/http-server.ts';
import type { HttpServer, RequestDeadlines } from '../../src/http/http-server.ts';
import { retryAfterSeconds } from '../../src/domain/retry-after.ts';
import { newId } from '../../src/kernel/ids.ts';
import { createMetrics } from '../../src/kernel/metrics.ts';

export interface LogLine {
  fields: Record<string, unknown>;
  message: string;
}

export interface Edge {
  server: HttpServer;
  port: number;
  lines: LogLine[];
}

export interface EdgeOptions {
  mode?: 'OFF' | 'REQUIRED';
  apiKeys?: string[];
  stored?: NonNullable<AuthenticatorDeps['stored']>;
  publicHosts?: string[];
  allowedOrigins?: string[];
  port?: number;
  graceMs?: number;
  deadlines?: RequestDeadlines;
  bodies?: BodyBudgetOptions;
}

/** An HTTP edge on a free port, without anything behind it until it is told to serve. */
export async function startEdge(options: EdgeOptions = {}): Promise<Edge> {
  const {
    mode = 'OFF',
    apiKeys = [],
    publicHosts = [],
    allowedOrigins = [],
    port = 0,
    graceMs = 5000,
  } = options;
  const { deadlines, bodies, stored } = options;
  const lines: LogLine[] = [];
  const log = (fields: object, message: string): void => void lines.push({ fields: { ...fields }, message });
  const server = await startHttpServer({
    host: '127.0.0.1',
    port,
    graceMs,
    ...(deadlines && { deadlines }),
    ...(bodies && { bodies }),
    rules: { mode, publicHosts, allowedOrigins },
    authenticator: createAuthenticator({ mode, apiKeys, ...(stored && { stored }) }),
    metrics: createMetrics(),
    logger: { info: log, error: log } as never,
    newId,
    retryAfterSeconds,
  });
  onTestFinished(() => server[Symbol.asyncDispose]());
  return { server, port: server.port, lines };
}

/** For intake that has no ledger. */
export function keepNothing(): Promise<null> {
  return Promise.resolve(null);
}

/** Handlers that answer everything with what they were given. */
export function echoHandlers(overrides: Partial<HttpHandlers> = {}): HttpHandlers {
  return {
    intake: {
      limit: (provider) => (provider === 'generic' ? 1000 : undefined),
      refuse: keepNothing,
      receive: ({ provider, sourceName, token, headers, body, query }) =>
        Promise.resolve({
          status: 200,
          body: {
            provider,
            sourceName,
            token,
            headers,
            body: body.toString('latin1'),
            query: query.toString(),
          },
        }),
    },
    api: [],
    graphql: {
      handleHttp: (req, res, body) => {
        res.end(`${req.method ?? ''} ${body.toString()}`);
        return Promise.resolve();
      },
      handleUpgrade: (_req, socket) => {
        socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
      },
    },
    checks: {},
    ...overrides,
  };
}
