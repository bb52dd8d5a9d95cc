import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecutionArgs, GraphQLError, GraphQLSchema } from 'graphql';
import { handleProtocols, makeServer } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import type { ServerOptions, WebSocket } from 'ws';
import type { Authenticator } from '../access/authenticator.ts';
import type { Principal } from '../access/principal.ts';
import type { Logger } from '../kernel/logger.ts';
import { admitSocket } from './admit-socket.ts';
import { followOperation } from './follow-operation.ts';
import type { Follower } from './follow-operation.ts';
import { createOutgoingFrames } from './outgoing-frames.ts';
import type { OutgoingFrames } from './outgoing-frames.ts';
import { createMessageEnd } from './message-end.ts';
import { reconnectAdvice } from './reconnect-advice.ts';
import { createSocketCaps } from './socket-caps.ts';
import type { SocketCapsSettings } from './socket-caps.ts';
import { socketCredentials } from './socket-credentials.ts';
import { createSocketOperations } from './socket-operations.ts';
import type { SocketOperations } from './socket-operations.ts';
import { createUnwrittenMessages } from './unwritten-messages.ts';

type Document = ExecutionArgs['document'];

export interface GraphqlSocketsDeps {
  schema: GraphQLSchema;
  authenticator: Authenticator;
  checkSubscription: (payload: {
    query: string;
    operationName?: string | null | undefined;
    variables?: Readonly<Record<string, unknown>> | null | undefined;
  }) => { document: Document } | { errors: readonly GraphQLError[] };
  tooManyOperations: () => GraphQLError;
  open: (
    operation: {
      document: Document;
      operationName: string | null;
      variables: Readonly<Record<string, unknown>> | null;
      principal: Principal;
    },
    follower: Follower,
  ) => () => void;
  settings: SocketCapsSettings;
  logger: Logger;
}

export interface GraphqlSockets extends AsyncDisposable {
  /** Throws what to answer with where there is no room for one more. */
  handleUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Open sockets. */
  count(): number;
}

interface SocketExtra {
  socket: WebSocket;
  request: IncomingMessage;
  frames: OutgoingFrames;
  operations: SocketOperations;
  principal: Principal | null;
}

const MAX_OPERATIONS = 20;
const INIT_WAIT_MS = 3_000;
const KEEP_ALIVE_MS = 12_000;
const CLOSE_BATCH = 100;
const CLOSE_PAUSE_MS = 20;
const CLOSE_BATCHES = 50;
const BAD_REQUEST = 4400;
const INTERNAL_ERROR = 4500;
const GOING_AWAY = 1001;
/** So many come back each second, at most over half a minute. */
const BACK_PER_SECOND = 200;
const BACK_OVER_SECONDS = 30;

/** `closeTimeout` is not in @types/ws 8.18: how long a client may take to answer a close before it is cut off. */
const OPTIONS: ServerOptions & { closeTimeout: number } = {
  noServer: true,
  maxPayload: 64 * 1024,
  maxFragments: 64,
  perMessageDeflate: false,
  closeTimeout: 2_000,
  handleProtocols: (protocols) => handleProtocols(protocols),
};

export function createGraphqlSockets(deps: GraphqlSocketsDeps): GraphqlSockets {
  const { schema, authenticator, checkSubscription, tooManyOperations, open, logger } = deps;
  const sockets = new WebSocketServer(OPTIONS);
  const caps = createSocketCaps(deps.settings);
  const messageEnd = createMessageEnd();
  const unwritten = createUnwrittenMessages();

  const protocol = makeServer<Record<string, unknown>, SocketExtra>({
    connectionInitWaitTimeout: INIT_WAIT_MS,

    async onConnect({ connectionParams, extra }) {
      const credentials = socketCredentials(connectionParams, extra.request);
      const principal = await admitSocket(authenticator, extra.socket, credentials);
      if (principal === null || !caps.admit(extra.socket, holderOf(principal, extra.request))) return false;
      extra.principal = principal;
      return true;
    },

    onSubscribe({ subscriptions }, _id, { query, operationName, variables }) {
      if (Object.keys(subscriptions).length > MAX_OPERATIONS) return [tooManyOperations()];
      const checked = checkSubscription({ query, operationName, variables });
      if ('errors' in checked) return checked.errors;
      return {
        schema,
        document: checked.document,
        operationName: operationName ?? null,
        variableValues: variables ?? null,
      };
    },

    // Nothing is subscribed to here: `onOperation` puts the stream that is in its place.
    subscribe: () => NO_STREAM,

    onOperation({ extra, subscriptions }, id, _payload, { document, operationName, variableValues }) {
      const { principal, frames, operations } = extra;
      if (principal === null) return undefined;
      if (operations.count() >= MAX_OPERATIONS) return { errors: [tooManyOperations()] };
      const operation = {
        document,
        operationName: operationName ?? null,
        variables: variableValues ?? null,
        principal,
      };
      return operations.follow(id, (onClosed) =>
        followOperation({
          id,
          frames,
          messageEnd,
          open: (follower) => open(operation, follower),
          onFailed: () => delete subscriptions[id],
          onClosed,
        }),
      );
    },
  });

  const serve = (socket: WebSocket, request: IncomingMessage): void => {
    caps.enter(socket);
    const frames = createOutgoingFrames(socket, request.socket, unwritten);
    const operations = createSocketOperations();
    // An oversize or broken frame: ws closes the socket with the code that says so.
    socket.on('error', ({ message }) =>
      logger.debug({ reason: message }, 'a WebSocket was broken by its client'),
    );
    const onClosed = protocol.opened(
      {
        protocol: socket.protocol,
        send(text) {
          frames.send(text);
          return Promise.resolve();
        },
        close: (code, reason) => socket.close(code, reason),
        onMessage(handle) {
          socket.on('message', (data) => {
            const text = Buffer.isBuffer(data) ? data.toString() : '';
            if (isBatch(text)) return socket.close(BAD_REQUEST, BATCH);
            handle(text).catch((error: unknown) => {
              logger.error({ err: error }, 'a WebSocket message failed');
              socket.close(INTERNAL_ERROR, 'Internal server error');
            });
          });
        },
      },
      { socket, request, frames, operations, principal: null },
    );
    socket.once('close', (code, reason) => {
      operations.closeAll();
      void onClosed(code, String(reason));
    });
    keepAlive(socket);
  };

  let closing: Promise<void> | undefined;
  return {
    handleUpgrade(req, socket, head) {
      caps.enforceRoom();
      sockets.handleUpgrade(req, socket, head, serve);
    },
    count: () => sockets.clients.size,
    [Symbol.asyncDispose]: () => (closing ??= closeAll(sockets)),
  };
}

const BATCH = 'BATCHING_NOT_SUPPORTED: a frame holds one message, not a list of them';

function isBatch(text: string): boolean {
  return /^\s*\[/.test(text);
}

const NO_STREAM: AsyncIterable<never> = {
  [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: true, value: undefined }) }),
};

/** Whose socket it counts as. */
function holderOf({ keyId, name }: Principal, { socket }: IncomingMessage): string {
  return keyId ?? name ?? `from ${socket.remoteAddress ?? ''}`;
}

/** Finds the clients that vanished without a word. */
function keepAlive(socket: WebSocket): void {
  let answered = true;
  socket.on('pong', () => (answered = true));
  const timer = setInterval(() => {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  }, KEEP_ALIVE_MS);
  socket.once('close', () => clearInterval(timer));
}

/** Batch after batch, so that not all clients come back in the same moment. Within 1 s, and 2 s more for their answers. */
async function closeAll(sockets: WebSocketServer): Promise<void> {
  const clients = [...sockets.clients];
  const allClosed = new Promise<void>((resolve) => {
    sockets.close(() => resolve());
  });
  const batch = Math.max(CLOSE_BATCH, Math.ceil(clients.length / CLOSE_BATCHES));
  for (let from = 0; from < clients.length; from += batch) {
    if (from > 0) await sleep(CLOSE_PAUSE_MS);
    for (const client of clients.slice(from, from + batch))
      client.close(GOING_AWAY, goingAway(clients.length));
  }
  await allClosed;
}

function goingAway(clients: number): string {
  const overSeconds = Math.min(Math.max(clients / BACK_PER_SECOND, 2), BACK_OVER_SECONDS);
  return reconnectAdvice({ why: 'Going away', overSeconds });
}
