import type { Connection } from 'mongoose';
import mongoose from 'mongoose';
import { describe, expect, test } from 'vitest';
import { deriveSealingKey } from '../../../src/access/sealing-key.ts';
import { createSealer } from '../../../src/access/sealing.ts';
import type { Sealer } from '../../../src/access/sealing.ts';
import { createWebhookEndpoint, endpointSecretPlace } from '../../../src/commands/create-webhook-endpoint.ts';
import { endpointHeaderPlace } from '../../../src/commands/seal-endpoint-headers.ts';
import { deleteWebhookEndpoint } from '../../../src/commands/delete-webhook-endpoint.ts';
import { updateWebhookEndpoint } from '../../../src/commands/update-webhook-endpoint.ts';
import { toWireName } from '../../../src/domain/event-wire-name.ts';
import type { WebhookEndpoint } from '../../../src/domain/webhook-endpoint.ts';
import { createRegistry } from '../../../src/inbound/registry.ts';
import { systemClock } from '../../../src/kernel/clock.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { createEndpointsRoute } from '../../../src/rest/endpoints-route.ts';
import { createTestRoute } from '../../../src/rest/test-route.ts';
import { createWebhookEndpointStore } from '../../../src/store/webhook-endpoint-store.ts';
import { openConnection } from '../../../src/store/connection.ts';
import { openTestDatabase, testDatabaseUri } from '../../support/test-database.ts';
import { sendRequest } from '../../support/send-request.ts';
import { echoHandlers, startEdge } from '../../support/start-edge.ts';

const KEY = '0123456789abcdef';
const GUIDE = {
  url: 'https://your-system.com/webhooks/opslens',
  secret: 'your-webhook-secret',
  events: 'incident.created,incident.updated',
};

async function open(mode: 'OFF' | 'REQUIRED' = 'OFF', given?: Connection) {
  const connection = given ?? (await openTestDatabase());
  const endpoints = createWebhookEndpointStore(connection);
  const sealer = createSealer({ current: deriveSealingKey('a secret key'), previous: null });
  const checkTarget = () => Promise.resolve(null);
  const deps = { endpoints, sealer, clock: systemClock, newId, checkTarget };
  const { server, port, lines } = await startEdge({ mode, apiKeys: [KEY] });
  server.serve(
    echoHandlers({
      api: [
        createEndpointsRoute({
          createWebhookEndpoint: (input) => createWebhookEndpoint(deps, input),
          toWireName,
        }),
        createTestRoute({ providers: createRegistry() }),
      ],
    }),
  );
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    sendRequest(port, {
      method: 'POST',
      path: '/api/v1/webhooks/endpoints',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return { connection, endpoints, sealer, deps, port, lines, post };
}

function rawRows(connection: Connection) {
  return connection.getClient().db(connection.name).collection('webhook_endpoints');
}

/** Its first header. */
function headerOpened(sealer: Sealer, endpoint: WebhookEndpoint | null): string | null {
  const header = endpoint?.headers[0];
  if (endpoint === null || header === undefined || 'value' in header) return null;
  return sealer.open(header.sealed, endpointHeaderPlace(endpoint.id, header.name.toUpperCase()));
}

function idOf(answer: { json: unknown }): string {
  return String((answer.json as Record<string, unknown>)['id']);
}

describe("the guide's registration", () => {
  test('is answered 201 with the endpoint, and keeps its secret sealed', async () => {
    const { connection, endpoints, sealer, lines, post } = await open();
    const answer = await post(GUIDE);
    expect(answer).toMatchObject({
      status: 201,
      json: {
        status: 'success',
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        url: GUIDE.url,
        events: ['incident.created', 'incident.updated'],
        description: null,
        is_active: true,
        state: 'ACTIVE',
        created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      },
    });
    expect(answer.json).not.toHaveProperty('secret');
    const id = idOf(answer);
    const endpoint = await endpoints.byId(id);
    expect(
      endpoint?.secret?.form === 'SEALED' && sealer.open(endpoint.secret.sealed, endpointSecretPlace(id)),
    ).toBe(GUIDE.secret);
    expect(JSON.stringify([await rawRows(connection).find().toArray(), lines])).not.toContain(GUIDE.secret);
  });

  test('takes settings too, in the words of the body, and tells of headers only the names', async () => {
    const { connection, endpoints, sealer, post, lines } = await open();
    const answer = await post({
      ...GUIDE,
      headers: { Authorization: 'Bearer of.the.owner', 'X-Team': 'payments' },
      rate_per_second: 5,
      max_in_flight: 2,
      min_severity: 'high',
      sources: 'monitor,pager',
      services: ['checkout'],
      public_key_signature: true,
    });
    expect(answer).toMatchObject({
      status: 201,
      json: {
        headers: ['Authorization', 'X-Team'],
        rate_per_second: 5,
        max_in_flight: 2,
        min_severity: 'high',
        sources: ['monitor', 'pager'],
        services: ['checkout'],
        public_key_signature: true,
      },
    });
    const stored = JSON.stringify(await rawRows(connection).find().toArray());
    expect(`${answer.text}${stored}${JSON.stringify(lines)}`).not.toMatch('of.the.owner');
    const endpoint = await endpoints.byId(idOf(answer));
    expect(endpoint).toMatchObject({
      headers: [
        { name: 'Authorization', sealed: expect.any(String) },
        { name: 'X-Team', value: 'payments' },
      ],
      ratePerSecond: 5,
      maxInFlight: 2,
      minSeverity: 'HIGH',
      sources: ['monitor', 'pager'],
      services: ['checkout'],
      publicKeySignature: true,
    });
    expect(headerOpened(sealer, endpoint)).toBe('Bearer of.the.owner');
    const wrong = {
      rate_per_second: '5',
      max_in_flight: 0,
      min_severity: 'urgent',
      headers: 'X: y',
      public_key_signature: 'v1a',
    };
    const refused = await post({ ...GUIDE, ...wrong });
    expect(refused.status).toBe(422);
    const { errors } = refused.json as { errors: { path: string }[] };
    expect(errors.map(({ path }) => path).sort()).toEqual(Object.keys(wrong).sort());
  });

  test('without a secret gets one made, told once', async () => {
    const { endpoints, sealer, post } = await open();
    const answer = await post({
      url: GUIDE.url,
      events: ['evidence.added'],
      description: 'd',
      is_active: false,
    });
    expect(answer).toMatchObject({
      status: 201,
      json: {
        secret: expect.stringMatching(/^whsec_/),
        state: 'INACTIVE',
        events: ['evidence.added'],
        description: 'd',
      },
    });
    const endpoint = await endpoints.byId(idOf(answer));
    const opened =
      endpoint?.secret?.form === 'SEALED' &&
      sealer.open(endpoint.secret.sealed, endpointSecretPlace(endpoint.id));
    expect(answer.json).toMatchObject({ secret: opened });
  });

  test('is refused with all its mistakes and where they are, and writes nothing', async () => {
    const { endpoints, post } = await open();
    expect(
      await post({ url: 'ftp://x', events: 'incident.exploded', secret: 1, is_active: 'yes' }),
    ).toMatchObject({
      status: 422,
      json: {
        status: 'error',
        errors: [
          { path: 'url', message: expect.any(String) },
          { path: 'events', message: expect.stringContaining('incident.exploded') },
          { path: 'is_active' },
          { path: 'secret' },
        ],
      },
    });
    expect(await post({})).toMatchObject({
      status: 422,
      json: { errors: [{ path: 'url' }, { path: 'events' }] },
    });
    expect(await post([])).toMatchObject({ status: 422 });
    expect(await post('null')).toMatchObject({ status: 422 });
    expect(await post('{"url":')).toMatchObject({ status: 400 });
    expect(await post(`{"url":"${'x'.repeat(70_000)}"}`)).toMatchObject({ status: 413 });
    expect(await endpoints.count()).toBe(0);
  });

  test('is JSON only, so that no form of a web page can send it', async () => {
    const { post } = await open();
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx', '']) {
      expect((await post(GUIDE, { 'content-type': type })).status).toBe(415);
    }
    expect((await post(GUIDE, { 'content-type': 'application/json; charset=utf-8' })).status).toBe(201);
  });

  test('needs a key where keys are required', async () => {
    const { post } = await open('REQUIRED');
    expect((await post(GUIDE)).status).toBe(401);
    expect((await post(GUIDE, { 'x-api-key': KEY })).status).toBe(201);
  });

  test('of the 1,001st is refused with 409', async () => {
    const { connection, post } = await open();
    await rawRows(connection).insertMany(Array.from({ length: 1000 }, () => ({ ...GUIDE })));
    expect(await post(GUIDE)).toMatchObject({ status: 409, json: { errors: [{ path: '' }] } });
  });
});

test('a registration that meets no database is asked to come back', async () => {
  const connection = await openConnection(testDatabaseUri());
  const { post } = await open('OFF', connection);
  await connection.close();
  const answer = await post(GUIDE);
  expect(answer).toMatchObject({ status: 503, json: { status: 'error' } });
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
});

describe('an endpoint', () => {
  test('made by hand is changed, given a new secret and removed like any other', async () => {
    const { connection, deps, sealer } = await open();
    const _id = new mongoose.mongo.ObjectId();
    await rawRows(connection).insertOne({ _id, ...GUIDE, url: 'nonsense' });
    const id = _id.toHexString();

    const mended = await updateWebhookEndpoint(deps, {
      id,
      url: GUIDE.url,
      events: { types: ['EVIDENCE_ADDED'] },
    });
    expect(mended).toMatchObject({
      endpoint: { id, state: 'ACTIVE', events: ['EVIDENCE_ADDED'], secret: { form: 'PLAIN' } },
    });

    const renewed = await updateWebhookEndpoint(deps, { id, secret: 'another' });
    const secret = 'endpoint' in renewed ? renewed.endpoint.secret : null;
    expect(secret?.form === 'SEALED' && sealer.open(secret.sealed, endpointSecretPlace(id))).toBe('another');

    expect(await deleteWebhookEndpoint(deps, { id })).toMatchObject({ endpoint: { id } });
    expect(await deleteWebhookEndpoint(deps, { id })).toMatchObject({
      refusals: [{ code: 'NOT_FOUND', path: ['input', 'id'] }],
    });
    expect(await updateWebhookEndpoint(deps, { id, isActive: true })).toMatchObject({
      refusals: [{ code: 'NOT_FOUND' }],
    });
  });

  test('stays as it is when a change is refused', async () => {
    const { deps, endpoints, post } = await open();
    const id = idOf(await post(GUIDE));
    const before = await endpoints.byId(id);
    expect(await updateWebhookEndpoint(deps, { id, url: null, isActive: false })).toMatchObject({
      refusals: [{ code: 'INVALID', path: ['input', 'url'] }],
    });
    expect(await endpoints.byId(id)).toEqual(before);
  });
});

test('the test route says which providers, events and forms are taken in', async () => {
  const { port } = await open();
  const answer = await sendRequest(port, { path: '/api/v1/webhooks/test' });
  expect(answer).toMatchObject({ status: 200, json: { status: 'ok' } });
  for (const word of [
    'github',
    'pagerduty',
    'generic',
    'pull_request',
    'incident.triggered',
    'X-Webhook-Secret',
  ]) {
    expect(answer.text).toContain(word);
  }
});
