import type { IncomingMessage, ServerResponse } from 'node:http';
import { HeaderMap } from '@apollo/server';
import type { HTTPGraphQLResponse } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import type { Authenticator } from '../access/authenticator.ts';
import type { Principal } from '../access/principal.ts';
import { answerErrors } from './answer-errors.ts';
import { queryText, readGraphqlBody } from './graphql-request.ts';
import type { OperationContext } from './operation-context.ts';
import { createOperationTime } from './operation-time.ts';
import { headerCredentials } from './header-credentials.ts';
import { refuseForNow } from './refuse-for-now.ts';
import { plainHeaders } from './request-headers.ts';
import { startApollo } from './start-apollo.ts';
import type { ApolloDeps } from './start-apollo.ts';

export interface GraphqlHttpDeps<Context extends OperationContext> extends ApolloDeps {
  contextFor: (principal: Principal, signal: AbortSignal) => Context;
  authenticator: Authenticator;
  /** How long an operation may take. */
  timeoutMs: number;
}

export interface GraphqlHttp extends AsyncDisposable {
  handle(req: IncomingMessage, res: ServerResponse, body: Buffer): Promise<void>;
}

/** Queries and mutations. Each is answered by itself; what is in flight when it is disposed is still answered. */
export async function startGraphqlHttp<Context extends OperationContext>(
  deps: GraphqlHttpDeps<Context>,
): Promise<GraphqlHttp> {
  const { authenticator, contextFor, presentError, documents, logger } = deps;
  const time = createOperationTime<Context>(deps);
  const server = await startApollo(deps, [time.plugin]);

  /** Null where it was refused, and answered so. */
  const respond = async (
    req: IncomingMessage,
    res: ServerResponse,
    body: Buffer,
    signal: AbortSignal,
  ): Promise<HTTPGraphQLResponse | null> => {
    const headers = plainHeaders(req.headers);
    let principal: Principal | null;
    try {
      principal = await authenticator.authenticate(headerCredentials(headers));
    } catch (error) {
      signal.throwIfAborted();
      refuseForNow(res, presentError(error));
      return null;
    }
    // It may have been answered meanwhile.
    signal.throwIfAborted();
    if (principal === null) return refuse(res, 401, [UNAUTHENTICATED]);
    const parsed = readGraphqlBody(headers['content-type'], body);
    if ('fault' in parsed) return refuse(res, 400, [codedError(parsed.fault)]);
    const httpGraphQLRequest = {
      method: req.method ?? 'GET',
      headers: new HeaderMap(Object.entries(headers)),
      search: /\?.*$/.exec(req.url ?? '')?.[0] ?? '',
      body: parsed.value,
    };
    const text = queryText(httpGraphQLRequest);
    const checked = text === undefined ? null : documents.check(text);
    if (checked !== null && 'errors' in checked) {
      const errors = checked.errors.map(presentError);
      logger.info({ codes: errors.map(({ extensions }) => extensions?.['code']) }, 'GraphQL request refused');
      return refuse(res, 400, errors);
    }
    const context = () => Promise.resolve(contextFor(principal, signal));
    return server.executeHTTPGraphQLRequest({ httpGraphQLRequest, context });
  };

  return {
    async handle(req, res, body) {
      const response = await time.run(res, (signal) => respond(req, res, body, signal));
      if (response !== null) await answer(res, response);
    },
    [Symbol.asyncDispose]: () => server.stop(),
  };
}

const UNAUTHENTICATED = codedError({
  code: 'UNAUTHENTICATED',
  message: 'An API key is needed: Authorization: Bearer <key>, or X-API-Key.',
});

function codedError({ code, message }: { code: string; message: string }): GraphQLFormattedError {
  return { message, extensions: { code } };
}

function refuse(res: ServerResponse, status: 400 | 401, errors: readonly GraphQLFormattedError[]): null {
  answerErrors(res, status, errors, status === 401 ? { 'WWW-Authenticate': 'Bearer realm="OpsLens"' } : {});
  return null;
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
