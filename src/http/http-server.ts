import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { NewId } from '../kernel/ids.ts';
import type { Logger } from '../kernel/logger.ts';
import { createBodyBudget } from './body-budget.ts';
import type { BodyBudgetOptions } from './body-budget.ts';
import { errorReply } from './error-reply.ts';
import type { HttpHandlers } from './handlers.ts';
import { HttpError, RequestAbortedError } from './http-error.ts';
import { listen } from './listen.ts';
import { sendReply } from './reply.ts';
import { serveRequest } from './serve-request.ts';
import type { ServeDeps } from './serve-request.ts';
import { serveUpgrade } from './serve-upgrade.ts';
import { WebSocketRequest } from './web-socket-request.ts';

export interface HttpServerOptions extends Pick<ServeDeps, 'rules' | 'authenticator' | 'metrics'> {
  host: string;
  /** 0 takes a free one. */
  port: number;
  logger: Pick<Logger, 'info' | 'error'>;
  newId: NewId;
  /** When whoever met this error should come back; null where that will not help. */
  retryAfterSeconds: (error: unknown) => number | null;
  /** How long requests in hand may take once it stops. */
  graceMs?: number;
  deadlines?: RequestDeadlines;
  bodies?: BodyBudgetOptions;
  /** Most bytes of a request to the API. */
  graphqlBodyLimit?: number;
}

/** What takes longer to arrive is answered 408, and its connection closed. */
export interface RequestDeadlines {
  headersMs: number;
  /** Headers and body together. */
  requestMs: number;
  checkEveryMs: number;
}

export interface HttpServer extends AsyncDisposable {
  /** The port it listens on. */
  port: number;
  /** From now on requests are served; until then all but the health routes are answered 503. */
  serve(handlers: HttpHandlers): void;
  /** Takes no new connections and waits for the requests in hand. WebSockets stay open: whoever took them closes them. */
  drain(): Promise<void>;
}

/** Raw bodies of webhooks in hand: more would be read into memory faster than they can be committed. */
const DEFAULT_BODIES: BodyBudgetOptions = { maxBytes: 128 * 1024 * 1024 };
const DEFAULT_DEADLINES: RequestDeadlines = { headersMs: 10_000, requestMs: 30_000, checkEveryMs: 5000 };
const DEFAULT_GRAPHQL_BODY_LIMIT = 64 * 1024;
const DEFAULT_GRACE_MS = 15_000;
/** How long the rest of a refused body is read and thrown away, so that its sender gets to read the refusal. */
const LINGER_MS = 2000;

/** Binds the port at once, so that one in use is told before anything else starts. Throws `PortUnusableError`. */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { host, logger, newId, retryAfterSeconds, graceMs = DEFAULT_GRACE_MS } = options;
  const { deadlines = DEFAULT_DEADLINES, bodies = DEFAULT_BODIES } = options;
  let handlers: HttpHandlers | null = null;
  let stopping = false;
  let draining: Promise<void> | undefined;
  // Unique enough for a log, and nothing on the hot path waits for random bytes.
  const idPrefix = newId().slice(-12);
  let requestCount = 0;
  const inHand = new Set<ServerResponse>();
  let whenIdle = (): void => undefined;
  const upgraded = new Set<Duplex>();
  const serveDeps: ServeDeps = {
    ...options,
    budget: createBodyBudget(bodies),
    graphqlBodyLimit: options.graphqlBodyLimit ?? DEFAULT_GRAPHQL_BODY_LIMIT,
    handlers: () => handlers,
    state: () => (stopping ? 'STOPPING' : handlers === null ? 'STARTING' : 'SERVING'),
  };

  const answer = async (
    req: IncomingMessage,
    res: ServerResponse,
    expectsContinue: boolean,
  ): Promise<void> => {
    const requestId = `${idPrefix}-${++requestCount}`;
    let asked = !expectsContinue;
    const begin = (): void => {
      if (!asked) res.writeContinue();
      asked = true;
    };
    try {
      const reply = await serveRequest(serveDeps, req, res, { requestId, begin });
      if (reply !== null) sendReply(res, reply, requestId);
    } catch (error) {
      if (error instanceof RequestAbortedError || res.headersSent) {
        res.destroy();
      } else {
        // A client that was not asked for its body would send its next request where the body is due.
        if (!asked) res.shouldKeepAlive = false;
        sendReply(res, errorReply(error, { requestId, retryAfterSeconds }), requestId);
        if (!req.complete) discardRest(req);
      }
      if (isFault(error)) logger.error({ requestId, err: error }, 'request failed');
    }
  };

  const isFault = (error: unknown): boolean =>
    !(
      error instanceof RequestAbortedError ||
      error instanceof HttpError ||
      retryAfterSeconds(error) !== null
    );

  const onRequest = (req: IncomingMessage, res: ServerResponse, expectsContinue: boolean): void => {
    inHand.add(res);
    if (stopping) res.shouldKeepAlive = false;
    res.once('close', () => {
      inHand.delete(res);
      if (!stopping) return;
      setImmediate(() => server.closeIdleConnections());
      if (inHand.size === 0) whenIdle();
    });
    answer(req, res, expectsContinue).catch((error: unknown) => {
      logger.error({ err: error }, 'request failed');
      res.destroy();
    });
  };

  const server = createServer({
    IncomingMessage: WebSocketRequest,
    headersTimeout: deadlines.headersMs,
    requestTimeout: deadlines.requestMs,
    connectionsCheckingInterval: deadlines.checkEveryMs,
    keepAliveTimeout: 65_000, // longer than load balancers keep theirs, which otherwise meet a closed connection
  });
  server.on('request', (req, res) => onRequest(req, res, false));
  server.on('checkContinue', (req, res) => onRequest(req, res, true));
  server.on('upgrade', (req: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    upgraded.add(socket);
    socket.once('close', () => upgraded.delete(socket));
    serveUpgrade(serveDeps, req, socket, head);
  });
  const port = await listen(server, host, options.port);

  const finish = async (): Promise<void> => {
    stopping = true;
    server.close();
    server.closeIdleConnections();
    // Their clients are told not to send another request after this one.
    for (const res of inHand) res.shouldKeepAlive = false;
    if (inHand.size > 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, graceMs);
        whenIdle = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    server.closeAllConnections();
  };

  const drain = (): Promise<void> => {
    draining ??= finish();
    return draining;
  };

  return {
    port,
    serve(ready) {
      handlers = ready;
    },
    drain,
    async [Symbol.asyncDispose]() {
      await drain();
      for (const socket of upgraded) socket.destroy();
    },
  };
}

function discardRest(req: IncomingMessage): void {
  const timer = setTimeout(() => req.socket.destroy(), LINGER_MS);
  req.once('close', () => clearTimeout(timer));
  req.resume();
}
