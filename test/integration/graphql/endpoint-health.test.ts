import { expect, onTestFinished, test } from 'vitest';
import { newHealth } from '../../../src/domain/endpoint-health.ts';
import type { EndpointHealth } from '../../../src/domain/endpoint-health.ts';
import type { Delivery } from '../../../src/domain/delivery.ts';
import type { Signal } from '../../../src/domain/signal.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { startFiguresWriter } from '../../../src/outbound/figures-writer.ts';
import { deliveryModel, toDeliveryRow } from '../../../src/store/delivery-row.ts';
import { createEndpointFiguresStore } from '../../../src/store/endpoint-figures-store.ts';
import { endpointHealthModel } from '../../../src/store/endpoint-health-row.ts';
import { nativeCollection } from '../../../src/store/native-collection.ts';
import { createWebhookEndpointStore } from '../../../src/store/webhook-endpoint-store.ts';
import { silent } from '../../support/event-log.ts';
import { webhook } from '../../support/write-path.ts';
import { startGraphqlApp } from './graphql-app.ts';
import type { GraphqlApp } from './graphql-app.ts';
import { connectLive } from './live-client.ts';

const URL = 'https://receiver.example/hook';
const FIGURES = 'since attempts successes failures successRate failureRate p50Ms p90Ms p99Ms';
const HEALTH = `health { status since consecutiveFailures failingSince pausedUntil lastSuccessAt lastFailureAt lastError
  incident { id title } lastHour { ${FIGURES} } lastDay { ${FIGURES} }
  oldestOpenDelivery { id } oldestOpenAgeSeconds openCount openCountIsExact }`;
const ONE = `query($id: ID!) { webhookEndpoint(id: $id) { id createdAt ${HEALTH} } }`;

async function register(app: GraphqlApp): Promise<string> {
  const { data } = await app.ask(
    `mutation { createWebhookEndpoint(input: { url: "${URL}", events: [INCIDENT_CREATED], secret: "given" }) { webhookEndpoint { id } } }`,
  );
  return data.createWebhookEndpoint.webhookEndpoint.id;
}

async function ask(app: GraphqlApp, id: string): Promise<any> {
  const { data, errors } = await app.ask(ONE, { id });
  expect(errors).toBeUndefined();
  return data.webhookEndpoint;
}

/** As the recorder of results writes it. */
async function store(app: GraphqlApp, { endpointId, ...health }: EndpointHealth): Promise<void> {
  const rows = nativeCollection(endpointHealthModel(app.connection));
  await rows.replaceOne({ _id: endpointId }, health, { upsert: true });
}

function failing(endpointId: string, since: Date, fields: Partial<EndpointHealth> = {}): EndpointHealth {
  const failure = { at: since, durationMs: 20, status: 500, error: 'answered 500', deliveryId: 'delivery' };
  return {
    ...newHealth(endpointId, URL, since),
    state: 'FAILING',
    reason: 'answered 500',
    consecutiveFailures: 6,
    failingSince: since,
    failures: [failure, { ...failure, error: 'answered 503', status: 503 }],
    circuit: { openedAt: since, retryAt: new Date(since.getTime() + 60_000), probes: 1, asked: false },
    ...fields,
  };
}

function aDelivery(endpointId: string, n: number, fields: Partial<Delivery> = {}): Delivery {
  const eventId = `event-${n}`;
  const delivery = { id: `${eventId}:${endpointId}`, eventId, eventType: 'INCIDENT_CREATED' as const };
  const order = {
    incidentId: 'incident-1',
    sequence: n,
    previousSequence: null,
    priority: n % 5,
    bodyBytes: 2,
  };
  const times = { dueAt: new Date(), createdAt: new Date(), completedAt: null };
  const tries = { state: 'PENDING' as const, attemptCount: 0, attempts: [] };
  return { ...delivery, endpointId, ...order, ...times, ...tries, ...fields };
}

test('an endpoint that nothing was sent to is healthy, and its rates are null rather than 0 or 1', async () => {
  const app = await startGraphqlApp();
  const endpoint = await ask(app, await register(app));
  const figures = {
    since: expect.any(String),
    attempts: 0,
    successes: 0,
    failures: 0,
    successRate: null,
    failureRate: null,
    p50Ms: null,
    p90Ms: null,
    p99Ms: null,
  };
  expect(endpoint.health).toEqual({
    status: 'HEALTHY',
    since: endpoint.createdAt,
    consecutiveFailures: 0,
    failingSince: null,
    pausedUntil: null,
    lastSuccessAt: null,
    lastFailureAt: null,
    lastError: null,
    incident: null,
    lastHour: figures,
    lastDay: figures,
    oldestOpenDelivery: null,
    oldestOpenAgeSeconds: null,
    openCount: 0,
    openCountIsExact: true,
  });
});

test('a failing endpoint shows since when and why, its incident, its rates and what waits for it', async () => {
  const app = await startGraphqlApp();
  const id = await register(app);
  const now = Date.now();
  const since = new Date(now - 30 * 60_000);
  await store(app, failing(id, since));

  const writer = startFiguresWriter({ figures: createEndpointFiguresStore(app.connection), logger: silent });
  onTestFinished(() => writer[Symbol.asyncDispose]());
  const yesterday = new Date(now - 5 * 3_600_000);
  for (let n = 0; n < 6; n++) writer.attempted(id, { at: yesterday, outcome: 'DELIVERED', durationMs: 8 });
  for (let n = 0; n < 2; n++) writer.attempted(id, { at: since, outcome: 'FAILED', durationMs: 3 });
  await writer[Symbol.asyncDispose]();

  const made = new Date(now - 100_000);
  const rows = [
    aDelivery(id, 1, { createdAt: new Date(0), state: 'DELIVERED', completedAt: new Date() }),
    aDelivery(id, 3, { createdAt: made, state: 'WAITING' }),
    aDelivery(id, 4),
    aDelivery(id, 5),
  ];
  await nativeCollection(deliveryModel(app.connection)).insertMany(rows.map(toDeliveryRow));
  const { incidentIds } = await app.committer.submit(webhook([trigger(`endpoint:${id}`)]));

  const { health } = await ask(app, id);
  expect(health).toMatchObject({
    status: 'FAILING',
    since: since.toISOString(),
    consecutiveFailures: 6,
    failingSince: since.toISOString(),
    pausedUntil: new Date(since.getTime() + 60_000).toISOString(),
    lastSuccessAt: yesterday.toISOString(),
    lastFailureAt: since.toISOString(),
    lastError: 'answered 503',
    incident: { id: incidentIds[0], title: 'Receiver fails' },
    lastHour: { attempts: 2, successes: 0, failures: 2, successRate: 0, failureRate: 1, p50Ms: 3 },
    lastDay: { attempts: 8, successes: 6, failures: 2, successRate: 0.75, failureRate: 0.25, p50Ms: 8 },
    oldestOpenDelivery: { id: `event-3:${id}` },
    openCount: 3,
    openCountIsExact: true,
  });
  expect(health.oldestOpenAgeSeconds).toBeGreaterThanOrEqual(100);
  expect(health.oldestOpenAgeSeconds).toBeLessThan(160);
});

function trigger(externalKey: string): Signal {
  const key = { source: 'opslens', externalKey, reuse: 'EPISODES' as const, synthetic: false };
  const fields = { title: 'Receiver fails', severity: 'MEDIUM' as const, source: 'opslens' };
  const times = { occurredAt: new Date(), claimedAt: null, tie: newId() };
  return { id: newId(), kind: 'TRIGGER', key, ...times, fields, text: null, actor: null };
}

test('a hundred endpoints and their figures cost one query for each window', async () => {
  const asked: string[][] = [];
  const app: GraphqlApp = await startGraphqlApp({
    over: {
      endpointFigures: {
        since: (ids, since) => {
          asked.push([...ids]);
          return createEndpointFiguresStore(app.connection).since(ids, since);
        },
      },
    },
  });
  const endpoints = createWebhookEndpointStore(app.connection);
  for (let n = 0; n < 100; n++) {
    await endpoints.insert({
      id: `endpoint-${n}`,
      url: URL,
      events: ['INCIDENT_CREATED'],
      description: null,
      isActive: true,
      secret: { form: 'PLAIN', value: 'given' },
      createdAt: new Date(),
    });
  }
  const { data, errors } = await app.ask(`{ webhookEndpoints(first: 100) { nodes { ${HEALTH} } } }`);
  expect(errors).toBeUndefined();
  expect(data.webhookEndpoints.nodes).toHaveLength(100);
  expect(asked.map((ids) => ids.length)).toEqual([100, 100]);
});

test('health changes come live, of one endpoint or of all, up to the disabling and with what is asked beside', async () => {
  const app = await startGraphqlApp();
  const [one, two] = [await register(app), await register(app)];
  const client = connectLive(app.url);
  const query = (args: string): string =>
    `subscription { webhookEndpointHealth${args} { id state health { status lastError lastDay { attempts } } } }`;
  const all = client.follow(query(''));
  const ofOne = client.follow(query(`(endpointId: "${one}")`));
  // The stream opens some time after the subscription: whoever needs to know begins with what already is.
  for (let n = 1; all.received.length === 0 || ofOne.received.length === 0; n++) {
    await store(app, failing(one, new Date(), { state: 'HEALTHY', circuit: null, consecutiveFailures: n }));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }

  await store(app, failing(two, new Date()));
  await store(app, failing(one, new Date()));
  const gone = createWebhookEndpointStore(app.connection);
  const session = await app.connection.startSession();
  await session.withTransaction(async () => {
    await gone.disable({ id: one, url: URL, reason: 'GONE', at: new Date() }, session);
    const rows = nativeCollection(endpointHealthModel(app.connection));
    await rows.updateOne({ _id: one }, { $set: { state: 'DISABLED', circuit: null } }, { session });
  });
  await session.endSession();

  const last = async (followed: typeof all, id: string, status: string): Promise<any> => {
    for (let count = 1; ; count++) {
      const endpoint = (await followed.count(count))[count - 1].webhookEndpointHealth;
      if (endpoint.id === id && endpoint.health.status === status) return endpoint;
    }
  };
  const disabled = {
    id: one,
    state: 'DISABLED',
    health: { status: 'DISABLED', lastError: 'answered 503', lastDay: { attempts: 0 } },
  };
  expect(await last(all, two, 'FAILING')).toMatchObject({ state: 'ACTIVE' });
  expect(await last(all, one, 'DISABLED')).toEqual(disabled);
  expect(await last(ofOne, one, 'DISABLED')).toEqual(disabled);
  expect(ofOne.received.every(({ webhookEndpointHealth: { id } }) => id === one)).toBe(true);
});
