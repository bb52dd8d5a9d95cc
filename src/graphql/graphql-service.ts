import type { GraphQLError, GraphQLFormattedError, GraphQLSchema } from 'graphql';
import type { Principal } from '../access/principal.ts';
import { endpointOfDelivery } from '../domain/new-delivery.ts';
import type { Logger } from '../kernel/logger.ts';
import type { DeliveryReader } from '../store/delivery-reader.ts';
import type { EndpointHealthReader } from '../store/endpoint-health-reader.ts';
import type { ReceiptReader } from '../store/receipt-reader.ts';
import { createSchema } from './create-schema.ts';
import { codedError } from './errors/coded-error.ts';
import { createErrorPresenter } from './errors/error-presenter.ts';
import { createGraphqlContext } from './graphql-context.ts';
import type { GraphqlContext } from './graphql-context.ts';
import type { GraphqlDeps, ReadersFor } from './graphql-deps.ts';
import { createDocumentCheck } from './limits/check-document.ts';
import type { DocumentCheck } from './limits/check-document.ts';
import { createOperationCheck } from './limits/check-operation.ts';
import type { CheckOperation } from './limits/check-operation.ts';
import { createChangeFeed } from './live/change-feed.ts';
import { createSubscriptionCheck } from './live/check-subscription.ts';
import type { CheckSubscription } from './live/check-subscription.ts';
import { createEventRouter } from './live/event-router.ts';
import type { EventFollower } from './live/event-router.ts';
import { createLiveHub } from './live/live-hub.ts';
import type { LiveHub } from './live/live-hub.ts';

export interface GraphqlServiceDeps extends GraphqlDeps {
  deliveries: Pick<DeliveryReader, 'byId' | 'byIds' | 'page' | 'changes'>;
  receipts: Pick<ReceiptReader, 'byIds' | 'body' | 'page' | 'changes'>;
  endpointHealth: Pick<EndpointHealthReader, 'byIds' | 'changes'>;
  readersFor: ReadersFor;
  follower: EventFollower;
  logger: Logger;
  /** How long one execution may take for one event of a subscription. */
  timeoutMs: number;
  /** Whether clients may ask what the schema holds. */
  introspection: boolean;
}

/** All that the HTTP side needs to serve the API, without knowing what it is about. */
export interface GraphqlService {
  schema: GraphQLSchema;
  /** Whether clients may ask what the schema holds. */
  introspection: boolean;
  documents: DocumentCheck;
  checkOperation: CheckOperation;
  contextFor(principal: Principal, signal: AbortSignal): GraphqlContext;
  presentError(error: unknown): GraphQLFormattedError;
  /** A valid subscription, or the errors to answer with. */
  checkSubscription: CheckSubscription;
  /** The error for a client that has too many operations on one socket. */
  tooManyOperations(): GraphQLError;
  live: LiveHub;
}

export function createGraphqlService(deps: GraphqlServiceDeps): GraphqlService {
  const { logger, newId, follower, events, incidents, deliveries, receipts } = deps;
  const { endpoints, endpointHealth, timeoutMs, introspection } = deps;
  const schema = createSchema();
  const documents = createDocumentCheck(schema, introspection);
  const checkOperation = createOperationCheck(schema);
  const presentError = createErrorPresenter({ logger, newId });
  const contextFor = (principal: Principal, signal: AbortSignal): GraphqlContext =>
    createGraphqlContext(deps, principal, signal);

  const onBroken = (what: string) => (error: unknown) =>
    logger.warn({ err: error }, `watching ${what} broke off, beginning anew`);

  const live = createLiveHub({
    schema,
    contextFor,
    present: presentError,
    timeoutMs,
    router: createEventRouter(follower),
    history: events,
    incidents,
    deliveries: createChangeFeed({
      ...deliveries,
      subjectOf: endpointOfDelivery,
      onBroken: onBroken('deliveries'),
    }),
    receipts: createChangeFeed({ ...receipts, onBroken: onBroken('receipts of webhooks') }),
    endpointHealth: createChangeFeed({
      changes: endpointHealth.changes,
      subjectOf: (id) => id,
      byIds: async (ids) => [...(await endpoints.byIds(ids)).values()],
      onBroken: onBroken('the health of endpoints'),
    }),
  });

  return {
    schema,
    introspection,
    documents,
    checkOperation,
    contextFor,
    presentError,
    checkSubscription: createSubscriptionCheck(documents, checkOperation),
    tooManyOperations: () =>
      codedError(
        'TOO_MANY_OPERATIONS',
        'A socket carries at most 20 operations at a time: open another one.',
      ),
    live,
  };
}
