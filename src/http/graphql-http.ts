import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApolloServer, HeaderMap } from '@apollo/server';
import type { ApolloServerPlugin, HTTPGraphQLResponse } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLFormattedError, GraphQLSchema, ValidationRule } from 'graphql';
import type { Authenticator } from '../access/authenticator.ts';
import type { Principal } from '../access/principal.ts';
import type { Logger } from '../kernel/logger.ts';
import { graphqlRequestLog } from './graphql-request-log.ts';
import { headerCredentials } from './header-credentials.ts';
import { refuseForNow } from './refuse-for-now.ts';
import { plainHeaders } from './request-headers.ts';
import { createOperationTime } from './operation-time.ts';
import { retryLater } from './retry-later.ts';
import { subscriptionsNeedWebSocket } from './subscriptions-need-websocket.ts';

export interface GraphqlHttpDeps<Context extends { signal: AbortSignal }> {
  schema: GraphQLSchema;
  rules: readonly ValidationRule[];
  maxTokens: number;
  contextFor: (principal: Principal, signal: AbortSignal) => Context;
  presentError: (error: unknown) => GraphQLFormattedError;
  authenticator: Authenticator;
  logger: Logger;
  /** How long an operation may take. */
  timeoutMs: number;
}

export interface GraphqlHttp extends AsyncDisposable {
  handle(req: IncomingMessage, res: ServerResponse, body: Buffer): Promise<void>;
}

/** Queries and mutations. Each is answered by itself; what is in flight when it is disposed is still answered. */
export async function startGraphqlHttp<Context extends { signal: AbortSignal }>(
  deps: GraphqlHttpDeps<Context>,
): Promise<GraphqlHttp> {
  const { authenticator, contextFor, presentError } = deps;
  const time = createOperationTime<Context>(deps);
  const server = await startApollo(deps, time.plugin);

  return {
    async handle(req, res, body) {
      const headers = plainHeaders(req.headers);
      let principal: Principal | null;
      try {
        principal = await authenticator.authenticate(headerCredentials(headers));
      } catch (error) {
        return refuseForNow(res, presentError(error));
      }
      if (principal === null) return refuse(res, 401, UNAUTHENTICATED);
      const parsed = parseBody(headers['content-type'], body);
      if ('malformed' in parsed) return refuse(res, 400, MALFORMED);
      const httpGraphQLRequest = {
        method: req.method ?? 'GET',
        headers: new HeaderMap(Object.entries(headers)),
        search: /\?.*$/.exec(req.url ?? '')?.[0] ?? '',
        body: parsed.value,
      };
      const response = await time.run(res, (signal) => {
        const context = () => Promise.resolve(contextFor(principal, signal));
        return server.executeHTTPGraphQLRequest({ httpGraphQLRequest, context });
      });
      if (response !== null) await answer(res, response);
    },
    [Symbol.asyncDispose]: () => server.stop(),
  };
}

async function startApollo<Context extends { signal: AbortSignal }>(
  { schema, rules, maxTokens, presentError, logger }: GraphqlHttpDeps<Context>,
  time: ApolloServerPlugin<Context>,
): Promise<ApolloServer<Context>> {
  const plugins: ApolloServerPlugin<Context>[] = [
    // On by default, and it wraps every field of every answer.
    ApolloServerPluginCacheControlDisabled(),
    ApolloServerPluginLandingPageDisabled(),
    // Nothing leaves this machine.
    ApolloServerPluginSchemaReportingDisabled(),
    ApolloServerPluginUsageReportingDisabled(),
    retryLater,
    time,
    subscriptionsNeedWebSocket,
    graphqlRequestLog(logger),
  ];
  const server = new ApolloServer<Context>({
    schema,
    validationRules: [...rules],
    parseOptions: { maxTokens },
    formatError: (_formatted, error) => presentError(error),
    plugins,
    logger,
    introspection: true,
    csrfPrevention: true,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
  });
  await server.start();
  return server;
}

const UNAUTHENTICATED = graphqlError(
  'UNAUTHENTICATED',
  'An API key is needed: Authorization: Bearer <key>, or X-API-Key.',
);
const MALFORMED = graphqlError('BAD_REQUEST', 'The body is not JSON.');

function graphqlError(code: string, message: string): string {
  return JSON.stringify({ errors: [{ message, extensions: { code } }] });
}

function parseBody(contentType: string | undefined, body: Buffer): { value: unknown } | { malformed: true } {
  // Apollo says what is wrong with another content type.
  if (!/^application\/json\b/i.test(contentType ?? '') || body.length === 0) return { value: undefined };
  try {
    return { value: JSON.parse(body.toString('utf8')) };
  } catch {
    return { malformed: true };
  }
}

function refuse(res: ServerResponse, status: 400 | 401, body: string): void {
  res.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
    'Content-Length': Buffer.byteLength(body),
    ...(status === 401 && { 'WWW-Authenticate': 'Bearer realm="OpsLens"' }),
  });
  res.end(body);
}

async function answer(res: ServerResponse, { status, headers, body }: HTTPGraphQLResponse): Promise<void> {
  for (const [name, value] of headers) res.setHeader(name, value);
  res.statusCode = status ?? 200;
  if (body.kind === 'complete') {
    res.setHeader('Content-Length', Buffer.byteLength(body.string));
    res.end(body.string);
    return;
  }
  for await (const chunk of body.asyncIterator) res.write(chunk);
  res.end();
}
