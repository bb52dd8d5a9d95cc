import { ApolloServer } from '@apollo/server';
import type { ApolloServerOptions, ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { GraphQLError } from 'graphql';
import type { DocumentNode, GraphQLFormattedError, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { Logger } from '../kernel/logger.ts';
import { graphqlRequestLog } from './graphql-request-log.ts';
import type { OperationContext } from './operation-context.ts';
import { retryLater } from './retry-later.ts';
import { subscriptionsNeedWebSocket } from './subscriptions-need-websocket.ts';

/** Documents as they are checked before anything runs, here as over WebSocket. */
export interface CheckedDocuments {
  check: (text: string) => { document: DocumentNode } | { errors: readonly GraphQLError[] };
  valid: (hash: string) => DocumentNode | undefined;
}

export interface ApolloDeps {
  schema: GraphQLSchema;
  introspection: boolean;
  documents: CheckedDocuments;
  checkOperation: (asked: {
    document: DocumentNode;
    operationName: string | null | undefined;
    variables: Readonly<Record<string, unknown>> | null | undefined;
  }) => { operation: OperationDefinitionNode } | { error: GraphQLError };
  presentError: (error: unknown) => GraphQLFormattedError;
  logger: Logger;
}

/** Texts of queries are sent here only after `documents.check` passed them. */
export async function startApollo<Context extends OperationContext>(
  deps: ApolloDeps,
  ownPlugins: readonly ApolloServerPlugin<Context>[],
): Promise<ApolloServer<Context>> {
  const { schema, introspection, documents, presentError, logger } = deps;
  const plugins: ApolloServerPlugin<Context>[] = [
    // On by default, and it wraps every field of every answer.
    ApolloServerPluginCacheControlDisabled(),
    ApolloServerPluginLandingPageDisabled(),
    // Nothing leaves this machine.
    ApolloServerPluginSchemaReportingDisabled(),
    ApolloServerPluginUsageReportingDisabled(),
    retryLater,
    ...ownPlugins,
    subscriptionsNeedWebSocket,
    limitOperations(deps),
    graphqlRequestLog(logger),
  ];
  const server = new ApolloServer<Context>({
    schema,
    documentStore: storeOf(documents),
    formatError: (_formatted, error) => presentError(error),
    plugins,
    logger,
    introspection,
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
  });
  await server.start();
  return server;
}

const HASH_LENGTH = 64;

/** What was checked is neither parsed nor validated again. */
function storeOf({ valid }: CheckedDocuments): NonNullable<ApolloServerOptions<object>['documentStore']> {
  return {
    // Apollo puts a hash of the schema before that of the text.
    get: (key) => Promise.resolve(valid(key.slice(-HASH_LENGTH))),
    set: () => Promise.resolve(),
    delete: () => Promise.resolve(false),
  };
}

function limitOperations({
  documents,
  checkOperation,
}: Pick<ApolloDeps, 'documents' | 'checkOperation'>): ApolloServerPlugin {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveSource({ source, metrics }) {
          // Kept since it was checked; its document may be forgotten by now.
          if (metrics.persistedQueryHit === true) documents.check(source);
          return Promise.resolve();
        },
        didResolveOperation({ document, request: { operationName, variables } }) {
          const checked = checkOperation({ document, operationName, variables });
          if ('operation' in checked) return Promise.resolve();
          const { message, nodes, extensions } = checked.error;
          throw new GraphQLError(message, {
            nodes: nodes ?? null,
            extensions: { ...extensions, http: { status: 400 } },
          });
        },
      }),
  };
}
