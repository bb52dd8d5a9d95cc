import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Connection } from 'mongoose';
import { onTestFinished } from 'vitest';
import { createAuthenticator } from '../../../src/access/authenticator.ts';
import { deriveSealingKey } from '../../../src/access/sealing-key.ts';
import { createSealer } from '../../../src/access/sealing.ts';
import { createWebhookEndpoint } from '../../../src/commands/create-webhook-endpoint.ts';
import { deleteWebhookEndpoint } from '../../../src/commands/delete-webhook-endpoint.ts';
import { createReplayReceipt } from '../../../src/commands/replay-receipt.ts';
import { updateWebhookEndpoint } from '../../../src/commands/update-webhook-endpoint.ts';
import { startFollower } from '../../../src/eventlog/follower.ts';
import { startHeadWatch } from '../../../src/eventlog/head-watch.ts';
import { startSequencer } from '../../../src/eventlog/sequencer.ts';
import { createGraphqlService } from '../../../src/graphql/graphql-service.ts';
import type { GraphqlService, GraphqlServiceDeps } from '../../../src/graphql/graphql-service.ts';
import { startGraphqlApi } from '../../../src/http/graphql-api.ts';
import type { GraphqlApi, GraphqlApiSettings } from '../../../src/http/graphql-api.ts';
import { serveUpgrade } from '../../../src/http/serve-upgrade.ts';
import { readBody } from '../../../src/http/read-body.ts';
import { createPreviewWebhook } from '../../../src/inbound/preview-webhook.ts';
import { createReadAgain } from '../../../src/inbound/read-again.ts';
import { createRegistry } from '../../../src/inbound/registry.ts';
import type { Sources } from '../../../src/inbound/source.ts';
import { systemClock } from '../../../src/kernel/clock.ts';
import { createClosingStack } from '../../../src/kernel/closing-stack.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { openApiKeys } from '../../../src/open-api-keys.ts';
import { openEndpointSecrets } from '../../../src/open-endpoint-secrets.ts';
import { openSources } from '../../../src/open-sources.ts';
import { openSteering } from '../../../src/open-steering.ts';
import { createApiKeyStore } from '../../../src/store/api-key-store.ts';
import { recoveryModel } from '../../../src/store/recovery-row.ts';
import { createReaders } from '../../../src/store/create-readers.ts';
import { createSourceStore } from '../../../src/store/source-store.ts';
import { createSteeringStores } from '../../../src/store/create-steering-stores.ts';
import { createWebhookEndpointStore } from '../../../src/store/webhook-endpoint-store.ts';
import { openEventLog, prepareEventLog, silent } from '../../support/event-log.ts';
import type { EventLog } from '../../support/event-log.ts';
import { previewOverDatabase } from '../../support/preview-over-database.ts';
import { openTestDatabase } from '../../support/test-database.ts';
import { startTestCommitter } from '../../support/write-path.ts';

export interface GraphqlApp {
  connection: Connection;
  /** Without a path. */
  url: string;
  api: GraphqlApi;
  service: GraphqlService;
  /** As intake would see them. */
  sources: Sources;
  log: EventLog;
  committer: Awaited<ReturnType<typeof startTestCommitter>>;
  /** POSTs an operation and gives back what came, data and errors alike. With the first key of the environment, unless told otherwise. */
  ask(query: string, variables?: Record<string, unknown>, apiKey?: string): Promise<Answer>;
}

export interface Answer {
  status: number;
  // What a client sees: any shape that the operation asked for.
  data: any;
  errors: { message: string; path?: unknown[]; extensions: Record<string, unknown> }[] | undefined;
}

interface Options {
  apiKeys?: string[];
  over?: Partial<GraphqlServiceDeps>;
  settings?: Partial<GraphqlApiSettings>;
  /** Told of endpoints whose deliveries a person had sent. */
  steered?: (endpointId: string) => void;
  connection?: Connection;
  /** Recoveries are worked off from then on. */
  recoveriesHeld?: Promise<void>;
}

/** The API over HTTP and WebSocket on a free port, on the real store, write path and event log. */
export async function startGraphqlApp({
  apiKeys = [],
  over = {},
  steered = () => undefined,
  settings: asked = {},
  recoveriesHeld,
  connection: given,
}: Options = {}): Promise<GraphqlApp> {
  const settings = { timeoutMs: 10_000, socketsPerKey: 2_000, maxSockets: 10_000, ...asked };
  const connection = given ?? (await openTestDatabase());
  const endpoints = createWebhookEndpointStore(connection);
  const readers = createReaders(connection);
  const sourceStore = createSourceStore(connection);
  await prepareEventLog(connection);
  await recoveryModel(connection).createIndexes();
  const keys = openApiKeys({
    store: createApiKeyStore(connection),
    clock: systemClock,
    newId,
    logger: silent,
  });
  const log = await openEventLog(connection);
  const committer = await startTestCommitter(connection, { onCommitted: () => log.committed.emit() });
  const headWatch = await startHeadWatch(log);
  const sequencer = startSequencer({ ...log, endpoints });
  const follower = startFollower({ ...log, headWatch });

  const closing = createClosingStack(() => undefined);
  const sealer = createSealer({ current: deriveSealingKey('a secret key'), previous: null });
  const registry = createRegistry();
  const { sources, administration, ...opened } = openSources({
    config: { webhookSecrets: { github: 'of the environment' }, webhookSettings: {} },
    registry,
    store: sourceStore,
    sealer,
    clock: systemClock,
    newId,
    logger: silent,
  });
  const checkTarget = () => Promise.resolve(null);
  const endpointDeps = { endpoints, sealer, clock: systemClock, newId, checkTarget };
  const steering = openSteering({
    stores: createSteeringStores(connection),
    endpoints,
    endpointHealth: readers.endpointHealth,
    deliveries: readers.deliveries,
    async runTransaction(work) {
      await recoveriesHeld;
      return log.runTransaction(work);
    },
    steered,
    endpointsChanged: () => undefined,
    clock: systemClock,
    newId,
    logger: silent,
    closing,
  });
  const service = createGraphqlService({
    ...readers,
    readersFor: (signal) => ({ ...createReaders(connection, signal), ...over }),
    endpoints,
    committer,
    createWebhookEndpoint: (input) => createWebhookEndpoint(endpointDeps, input),
    updateWebhookEndpoint: (input) => updateWebhookEndpoint(endpointDeps, input),
    deleteWebhookEndpoint: (input) => deleteWebhookEndpoint(endpointDeps, input),
    endpointSecrets: openEndpointSecrets({ ...endpointDeps, logger: silent }),
    steering,
    replayReceipt: createReplayReceipt({
      receipts: readers.receipts,
      readAgain: createReadAgain({ registry, sources, newId }),
      committer,
      clock: systemClock,
      newId,
      logger: silent,
    }),
    sources: administration,
    apiKeyAdministration: keys.administration,
    previewWebhook: createPreviewWebhook({
      registry,
      sources,
      preview: previewOverDatabase(connection),
      clock: systemClock,
      newId,
    }),
    clock: systemClock,
    newId,
    follower,
    logger: silent,
    timeoutMs: settings.timeoutMs,
    introspection: true,
    ...over,
  });
  const authenticator = createAuthenticator({
    mode: apiKeys.length > 0 ? 'REQUIRED' : 'OFF',
    apiKeys,
    stored: () => keys.stored,
  });
  const api = await startGraphqlApi({ service, authenticator, settings, logger: over.logger ?? silent });
  const url = await serve(api);
  onTestFinished(async () => {
    await api[Symbol.asyncDispose]();
    await closing[Symbol.asyncDispose]();
    await opened[Symbol.asyncDispose]();
    await keys[Symbol.asyncDispose]();
    await follower[Symbol.asyncDispose]();
    await sequencer[Symbol.asyncDispose]();
    await headWatch[Symbol.asyncDispose]();
  });

  return {
    connection,
    url,
    api,
    service,
    sources,
    log,
    committer,
    async ask(query, variables, apiKey = apiKeys[0]) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
        },
        body: JSON.stringify({ query, variables }),
      });
      return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) };
    },
  };
}

async function serve(api: GraphqlApi): Promise<string> {
  const server = createServer((req, res) => {
    const answer = async (): Promise<void> => {
      const body = req.method === 'POST' ? await readBody(req, 1_000_000, () => undefined) : Buffer.alloc(0);
      await api.handleHttp(req, res, body);
    };
    answer().catch(() => res.destroy());
  });
  const handlers = { graphql: api, intake: {} as never, api: [], checks: {} };
  const rules = { mode: 'REQUIRED', publicHosts: [], allowedOrigins: [] } as const;
  const upgrade = { rules, handlers: () => handlers, state: () => 'SERVING' as const };
  server.on('upgrade', (req, socket, head) => serveUpgrade(upgrade, req, socket, head));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
