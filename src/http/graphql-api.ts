import type { Authenticator } from '../access/authenticator.ts';
import type { Logger } from '../kernel/logger.ts';
import { createExplorer } from './explorer.ts';
import { startGraphqlHttp } from './graphql-http.ts';
import type { GraphqlHttpDeps } from './graphql-http.ts';
import { createGraphqlSockets } from './graphql-sockets.ts';
import type { GraphqlSocketsDeps } from './graphql-sockets.ts';
import type { GraphqlHandler } from './handlers.ts';
import type { OperationContext } from './operation-context.ts';

/** The API as `graphql` makes it, seen from here. */
export type GraphqlPort<Context extends OperationContext> = Pick<
  GraphqlHttpDeps<Context>,
  'schema' | 'introspection' | 'documents' | 'checkOperation' | 'contextFor' | 'presentError'
> &
  Pick<GraphqlSocketsDeps, 'checkSubscription' | 'tooManyOperations'> & {
    live: { open: GraphqlSocketsDeps['open'] };
  };

export interface GraphqlApiSettings {
  /** How long an operation over HTTP may take. */
  timeoutMs: number;
  /** WebSockets of one API key; callers without a key are told apart by their addresses. */
  socketsPerKey: number;
  /** WebSockets altogether. */
  maxSockets: number;
}

/** Disposing it refuses all further queries: to be done when no request is in hand any more. */
export interface GraphqlApi extends GraphqlHandler, AsyncDisposable {
  /** Open WebSockets. */
  sockets(): number;
  /** Ends all subscriptions. */
  closeSockets(): PromiseLike<void>;
}

/** All that is served under `/graphql`: the API, live subscriptions, and in a browser the explorer. */
export async function startGraphqlApi<Context extends OperationContext>({
  service,
  authenticator,
  logger,
  settings,
}: {
  service: GraphqlPort<Context>;
  authenticator: Authenticator;
  logger: Logger;
  settings: GraphqlApiSettings;
}): Promise<GraphqlApi> {
  const http = await startGraphqlHttp({ ...service, authenticator, logger, ...settings });
  const open = service.live.open.bind(service.live);
  const sockets = createGraphqlSockets({ ...service, open, authenticator, settings, logger });
  const explorer = createExplorer();

  return {
    async handleHttp(req, res, body) {
      if (!(await explorer.serve(req, res))) await http.handle(req, res, body);
    },
    handleUpgrade: (req, socket, head) => sockets.handleUpgrade(req, socket, head),
    sockets: () => sockets.count(),
    closeSockets: () => sockets[Symbol.asyncDispose](),
    async [Symbol.asyncDispose]() {
      await sockets[Symbol.asyncDispose]();
      await http[Symbol.asyncDispose]();
    },
  };
}
