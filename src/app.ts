import { claimDatabase } from './access/claim-database.ts';
import { loadSealingKeys } from './access/load-sealing-keys.ts';
import { createSealer } from './access/sealing.ts';
import { openWebhookSigningKeys } from './access/webhook-signing-keys.ts';
import { startCommitter } from './commands/committer.ts';
import { startFillIncidentWords } from './commands/fill-incident-words.ts';
import { startRelateDeployments } from './commands/relate-deployments.ts';
import type { Config } from './config.ts';
import { toWireName } from './domain/event-wire-name.ts';
import { retryAfterSeconds } from './domain/retry-after.ts';
import { startFollower } from './eventlog/follower.ts';
import { startHeadWatch } from './eventlog/head-watch.ts';
import type { Numbered } from './eventlog/numbered.ts';
import { startPresence } from './eventlog/presence.ts';
import { startRetention } from './eventlog/retention.ts';
import { startSequencer } from './eventlog/sequencer.ts';
import { startTransactionSweep } from './eventlog/transaction-sweep.ts';
import { createGraphqlService } from './graphql/graphql-service.ts';
import { startGraphqlApi } from './http/graphql-api.ts';
import { startHttpServer } from './http/http-server.ts';
import { createRegistry } from './inbound/registry.ts';
import { createBroadcast } from './kernel/broadcast.ts';
import { systemClock } from './kernel/clock.ts';
import { createClosingStack } from './kernel/closing-stack.ts';
import { newId } from './kernel/ids.ts';
import type { Logger } from './kernel/logger.ts';
import { createMetrics } from './kernel/metrics.ts';
import { describeThisProcess, isProcessAlive } from './kernel/process-identity.ts';
import type { Progress } from './mongod/progress.ts';
import { openAccess } from './open-access.ts';
import { openDatabase } from './open-database.ts';
import { openIntake } from './open-intake.ts';
import { openOutbound } from './open-outbound.ts';
import { openSources } from './open-sources.ts';
import { openSteering } from './open-steering.ts';
import { refuseUnknownProviders } from './refuse-unknown-providers.ts';
import { createEndpointsRoute } from './rest/endpoints-route.ts';
import { createTestRoute } from './rest/test-route.ts';
import { createWebhookKeysRoute } from './rest/webhook-keys-route.ts';
import { endAbandonedTransactions } from './store/abandoned-transactions.ts';
import { createApiKeyStore } from './store/api-key-store.ts';
import { createCommitLoader } from './store/commit-loader.ts';
import { createCommitWriter } from './store/commit-writer.ts';
import { createDatabaseIdentityStore } from './store/database-identity-store.ts';
import { createSteeringStores } from './store/create-steering-stores.ts';
import { createDeliveryStore } from './store/delivery-store.ts';
import { createDeploymentStore } from './store/deployment-store.ts';
import { createEndpointHealthStore } from './store/endpoint-health-store.ts';
import { ensureCollections } from './store/ensure-collections.ts';
import { createEventStore } from './store/event-store.ts';
import { createHeadStore } from './store/head-store.ts';
import { createIncidentWordsStore } from './store/incident-words-store.ts';
import { createLeaseStore } from './store/lease-store.ts';
import { packBody } from './store/pack-body.ts';
import { createReaders } from './store/create-readers.ts';
import { setReceiptRetention } from './store/receipt-retention.ts';
import { createSourceStore } from './store/source-store.ts';
import { createRunTransaction } from './store/transaction.ts';
import { createWebhookEndpointStore } from './store/webhook-endpoint-store.ts';
import { createWebhookSigningKeyStore } from './store/webhook-signing-key-store.ts';

export interface AppOptions {
  config: Config;
  logger: Logger;
  /** Tells a person what the first start is busy with. */
  progress: Progress;
  version: string;
  /** Where downloads of MongoDB are kept, beside the default. */
  cacheHome: string | undefined;
  /** Ends the start while it waits for the database; afterwards it has no effect. */
  signal?: AbortSignal;
}

export interface App extends AsyncDisposable {
  port: number;
}

/** In-flight requests get so long at the end; with the pushes in flight beside them the whole stop stays under 20 s. */
const HTTP_GRACE_MS = 6000;
const LOOP_TICK_MS = 10_000;

/** Wires everything and serves. Disposing it closes in reverse order: intake first, the database last. */
export async function startApp(options: AppOptions): Promise<App> {
  const { logger } = options;
  const closing = createClosingStack((error) => {
    logger.error({ err: error }, 'a part could not be closed in order');
  });
  try {
    return await start(options, closing);
  } catch (error) {
    await closing[Symbol.asyncDispose]();
    throw error;
  }
}

async function start(
  { config, logger, progress, version, cacheHome, signal }: AppOptions,
  closing: ReturnType<typeof createClosingStack>,
): Promise<App> {
  const clock = systemClock;
  const metrics = createMetrics();
  const { host, publicHosts, allowedOrigins } = config;
  const registry = createRegistry();
  refuseUnknownProviders(config.unsignedIntake, registry);
  const { authenticator, openKeys } = openAccess({ config, clock, newId, logger, closing });
  const { mode } = authenticator;
  for (const warning of config.warnings) logger.warn(warning);

  const http = closing.use(
    await startHttpServer({
      host,
      port: config.port,
      rules: { mode, publicHosts, allowedOrigins },
      authenticator,
      metrics,
      logger,
      newId,
      retryAfterSeconds,
      graceMs: HTTP_GRACE_MS,
      graphqlBodyLimit: config.graphql.bodyLimit,
    }),
  );

  const database = await openDatabase({ config, logger, progress, cacheHome, closing, signal });
  const { connection, reading } = database;
  closing.use(
    startTransactionSweep({
      endAbandonedTransactions: () => endAbandonedTransactions(connection),
      logger,
    }),
  );
  const self = await describeThisProcess();
  const runTransaction = createRunTransaction(connection);
  const events = createEventStore(connection);
  const heads = createHeadStore(connection);
  const endpoints = createWebhookEndpointStore(connection);
  const healths = createEndpointHealthStore(connection);
  const sourceStore = createSourceStore(connection);
  const apiKeyStore = createApiKeyStore(connection);
  const leases = createLeaseStore({ connection, self, isProcessAlive });
  const deliveries = createDeliveryStore(connection);
  const deployments = createDeploymentStore(connection);
  const identity = createDatabaseIdentityStore(connection);
  const signingKeyStore = createWebhookSigningKeyStore(connection);
  const readers = createReaders(connection);
  const steeringStores = createSteeringStores(connection);
  const load = createCommitLoader(connection);
  const writer = createCommitWriter(connection);
  await ensureCollections(connection);
  const { administration: apiKeyAdministration } = await openKeys(apiKeyStore);
  await setReceiptRetention(connection, config.receiptRetentionDays);

  const sealingKeys = await loadSealingKeys(config);
  if (sealingKeys.warning !== null) logger.warn(sealingKeys.warning);
  await claimDatabase(sealingKeys, identity);
  const sealer = createSealer(sealingKeys);
  const signingKeys = await openWebhookSigningKeys({ store: signingKeyStore, sealer, clock });

  const { sources, administration } = closing.use(
    openSources({ config, registry, store: sourceStore, sealer, clock, newId, logger }),
  );

  const committed = createBroadcast<void>();
  const numbered = createBroadcast<Numbered>();
  const presence = closing.use(await startPresence({ leases, self, logger }));
  const headWatch = closing.use(await startHeadWatch({ heads, presence, numbered, logger }));
  const sequencer = closing.use(
    startSequencer({
      runTransaction,
      events,
      heads,
      endpoints,
      leases,
      presence,
      clock,
      logger,
      committed,
      numbered,
    }),
  );
  const isSequencer = (): boolean => sequencer.isHolder();
  closing.use(startRetention({ events, heads, clock, isSequencer, logger }));
  const follower = closing.use(startFollower({ events, headWatch, logger }));

  const deploymentsCommitted = createBroadcast<void>();
  const committer = closing.use(
    startCommitter({
      load,
      writer,
      packBody,
      newId,
      now: () => clock.now(),
      random: Math.random,
      reopenWindowMs: config.reopenWindowMinutes * 60_000,
      logger,
      onCommitted({ deploymentIds }) {
        committed.emit();
        if (deploymentIds.length > 0) deploymentsCommitted.emit();
      },
    }),
  );
  const relating = closing.use(startRelateDeployments({ deployments, committer, clock, newId, logger }));
  deploymentsCommitted.subscribe(() => relating.wake());

  closing.use(startFillIncidentWords({ incidents: createIncidentWordsStore(connection), logger }));

  const common = { clock, newId, logger, metrics, closing };
  const { outbound, administration: endpointAdministration } = openOutbound({
    config,
    deliveries,
    endpoints,
    healths,
    endpointFigures: readers.endpointFigures,
    openAges: readers.openAges,
    committer,
    events,
    leases,
    presence,
    self,
    runTransaction,
    sealer,
    signingKeys,
    numbered,
    headMoved: headWatch.headMoved,
    isSequencer,
    version,
    ...common,
  });
  const steering = openSteering({
    stores: steeringStores,
    endpoints,
    endpointHealth: readers.endpointHealth,
    deliveries: readers.deliveries,
    runTransaction,
    steered: (endpointId) => outbound.steered(endpointId),
    endpointsChanged: () => outbound.endpointsChanged(),
    ...common,
  });
  const { receipts } = readers;
  const endpointsForClients = createWebhookEndpointStore(reading);
  const intake = openIntake({ config, mode, registry, sources, committer, load, receipts, ...common });
  const graphql = closing.use(
    await startGraphqlApi({
      service: createGraphqlService({
        ...readers,
        readersFor: (ended) => ({ ...createReaders(reading, ended), endpoints: endpointsForClients }),
        endpoints,
        committer,
        ...endpointAdministration,
        steering,
        replayReceipt: intake.replayReceipt,
        sources: administration,
        apiKeyAdministration,
        previewWebhook: intake.previewWebhook,
        follower,
        clock,
        newId,
        logger,
        timeoutMs: config.graphql.timeoutMs,
        introspection: config.graphql.introspection,
      }),
      authenticator,
      settings: config.graphql,
      logger,
    }),
  );

  metrics.gauge('opslens_websockets', 'Open WebSockets of GraphQL.', () => graphql.sockets());
  metrics.gauge('opslens_commit_queue', 'Submissions that wait for a batch.', () => committer.queueLength());
  closing.defer(async () => {
    // Who thinks that it stays leaves its slots to it, for as long as one push hangs.
    const leaving = presence.leave();
    await Promise.all([leaving, http.drain(), graphql.closeSockets(), outbound[Symbol.asyncDispose]()]);
  });

  http.serve({
    intake,
    api: [
      createTestRoute({ providers: registry }),
      createWebhookKeysRoute(signingKeys),
      createEndpointsRoute({
        createWebhookEndpoint: endpointAdministration.createWebhookEndpoint,
        toWireName,
      }),
    ],
    graphql,
    checks: {
      database: async () => (await connection.db?.admin().ping())?.['ok'] === 1,
      sequencer: () => ticked(sequencer.lastTurnAt(), clock.monotonic()),
      outbound: () => ticked(outbound.lastTurnAt(), clock.monotonic()),
    },
  });
  return { port: http.port, [Symbol.asyncDispose]: () => closing[Symbol.asyncDispose]() };
}

function ticked(lastTurnAt: number | undefined, now: number): boolean {
  return lastTurnAt !== undefined && now - lastTurnAt < LOOP_TICK_MS;
}
