import { expect, test } from 'vitest';
import type { Delivery } from '../../../src/domain/delivery.ts';
import { deliveryModel, toDeliveryRow } from '../../../src/store/delivery-row.ts';
import { webhookEndpointModel } from '../../../src/store/webhook-endpoint-row.ts';
import type { Signal } from '../../../src/domain/signal.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { anEvent } from '../../support/event-log.ts';
import { webhook } from '../../support/write-path.ts';
import { startGraphqlApp } from './graphql-app.ts';
import type { GraphqlApp } from './graphql-app.ts';
import { connectLive } from './live-client.ts';

const CREATE = `mutation($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) {
  webhookEndpoint { id url events description isActive state invalidReason secretForm createdAt updatedAt } secret errors { code message path } } }`;

async function register(app: GraphqlApp, input: object = {}): Promise<string> {
  const { data } = await app.ask(CREATE, {
    input: { url: 'https://receiver.example/hook', events: ['INCIDENT_CREATED'], secret: 'given', ...input },
  });
  expect(data.createWebhookEndpoint.errors).toEqual([]);
  return data.createWebhookEndpoint.webhookEndpoint.id;
}

test('an endpoint is registered, changed and removed; a secret is shown only if it was made, and once', async () => {
  const app = await startGraphqlApp();
  const input = {
    url: 'https://receiver.example/hook',
    events: ['INCIDENT_UPDATED', 'INCIDENT_CREATED'],
    description: 'Chat',
  };
  const made = (await app.ask(CREATE, { input })).data.createWebhookEndpoint;
  expect(made).toMatchObject({
    webhookEndpoint: {
      events: ['INCIDENT_CREATED', 'INCIDENT_UPDATED'],
      isActive: true,
      state: 'ACTIVE',
      secretForm: 'SEALED',
      invalidReason: null,
    },
    secret: expect.stringMatching(/^whsec_/),
    errors: [],
  });
  expect(
    (await app.ask(CREATE, { input: { ...input, secret: 'mine' } })).data.createWebhookEndpoint.secret,
  ).toBeNull();
  const { id } = made.webhookEndpoint;

  const update = `mutation($input: UpdateWebhookEndpointInput!) { updateWebhookEndpoint(input: $input) { webhookEndpoint { url description isActive state events } errors { code path } } }`;
  const changed = await app.ask(update, { input: { id, isActive: false, description: null } });
  expect(changed.data.updateWebhookEndpoint).toEqual({
    webhookEndpoint: {
      url: input.url,
      description: null,
      isActive: false,
      state: 'INACTIVE',
      events: ['INCIDENT_CREATED', 'INCIDENT_UPDATED'],
    },
    errors: [],
  });
  const wrong = await app.ask(update, { input: { id, url: null, events: [] } });
  expect(wrong.data.updateWebhookEndpoint.errors).toEqual([
    { code: 'INVALID', path: ['input', 'url'] },
    { code: 'INVALID', path: ['input', 'events'] },
  ]);

  const remove =
    'mutation($id: ID!) { deleteWebhookEndpoint(input: { id: $id }) { webhookEndpoint { id } errors { code path } } }';
  expect((await app.ask(remove, { id })).data.deleteWebhookEndpoint).toEqual({
    webhookEndpoint: { id },
    errors: [],
  });
  expect((await app.ask(remove, { id })).data.deleteWebhookEndpoint).toEqual({
    webhookEndpoint: null,
    errors: [{ code: 'NOT_FOUND', path: ['input', 'id'] }],
  });
  expect((await app.ask('query($id: ID!) { webhookEndpoint(id: $id) { id } }', { id })).data).toEqual({
    webhookEndpoint: null,
  });
});

test('endpoints are listed page by page, those made by hand among them', async () => {
  const app = await startGraphqlApp();
  const ids = [await register(app), await register(app), await register(app)];
  await webhookEndpointModel(app.connection).collection.insertOne({
    url: 'nonsense',
    secret: 's',
    events: 'incident.created',
  } as never);
  const list = async (after: string | null) =>
    (
      await app.ask(
        'query($after: String) { webhookEndpoints(first: 3, after: $after) { nodes { id state secretForm invalidReason } pageInfo { hasNextPage endCursor } } }',
        { after },
      )
    ).data.webhookEndpoints;
  const first = await list(null);
  const second = await list(first.pageInfo.endCursor);
  expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
  const all = [...first.nodes, ...second.nodes];
  expect(all.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining(ids));
  expect(all).toContainEqual({
    id: expect.stringMatching(/^[0-9a-f]{24}$/),
    state: 'INVALID',
    secretForm: 'PLAIN',
    invalidReason: expect.stringContaining('url'),
  });
});

function aDelivery(endpointId: string, eventId: string, fields: Partial<Delivery> = {}): Delivery {
  return {
    ...{
      id: `${eventId}:${endpointId}`,
      eventId,
      eventType: 'INCIDENT_CREATED',
      endpointId,
      incidentId: 'incident-1',
      sequence: 1,
    },
    ...{
      previousSequence: null,
      priority: 0,
      bodyBytes: 2,
      state: 'PENDING',
      dueAt: new Date(),
      attemptCount: 0,
      attempts: [],
    },
    ...{ createdAt: new Date(), completedAt: null, ...fields },
  };
}

test('deliveries are listed newest first, by endpoint, event and state, with their attempts', async () => {
  const app = await startGraphqlApp();
  const [one, two] = [await register(app, { isActive: false }), await register(app, { isActive: false })];
  await app.log.commit(anEvent());
  const events = Array.from({ length: 12 }, () => newId());
  const attempt = {
    at: new Date(),
    durationMs: 12,
    outcome: 'FAILED' as const,
    status: 500,
    error: 'answered 500',
    responseBody: 'no',
  };
  const rows = events.flatMap((eventId, index) => [
    aDelivery(one, eventId, {
      state: index % 4 === 0 ? 'DEAD' : 'DELIVERED',
      attemptCount: 1,
      attempts: [attempt],
    }),
    aDelivery(two, eventId),
  ]);
  await deliveryModel(app.connection).collection.insertMany(rows.map(toDeliveryRow) as never);

  const ids = async (filter: object, args: object = {}): Promise<string[]> => {
    const { data, errors } = await app.ask(
      'query($filter: DeliveryFilter, $first: Int, $after: String) { deliveries(filter: $filter, first: $first, after: $after) { nodes { id } } }',
      { filter, first: 100, ...args },
    );
    expect(errors).toBeUndefined();
    return data.deliveries.nodes.map(({ id }: { id: string }) => id);
  };
  expect(await ids({ endpointId: one })).toEqual([...events].reverse().map((id) => `${id}:${one}`));
  expect(await ids({ endpointId: one, state: ['DEAD'] })).toHaveLength(3);
  expect(await ids({ state: ['PENDING', 'WAITING'] })).toHaveLength(12);
  expect(await ids({ eventId: events[0] })).toHaveLength(2);
  expect(await ids({})).toHaveLength(24);

  const { data } = await app.ask(
    `query($id: ID!, $one: ID!) { delivery(id: $id) { id state attemptCount sequence previousSequence event { id } endpoint { id } incident { id } attempts { at durationMs outcome status error responseBody } }
      webhookEndpoint(id: $one) { deliveries(state: [DEAD], first: 2) { nodes { state } pageInfo { hasNextPage } } } }`,
    { id: `${events[0]}:${one}`, one },
  );
  expect(data.delivery).toMatchObject({
    state: 'DEAD',
    event: null,
    endpoint: { id: one },
    incident: null,
    attempts: [{ ...attempt, at: attempt.at.toISOString() }],
  });
  expect(data.webhookEndpoint.deliveries).toEqual({
    nodes: [{ state: 'DEAD' }, { state: 'DEAD' }],
    pageInfo: { hasNextPage: true },
  });
});

test('deliveries come live as they are made and change, of one endpoint only where asked so', async () => {
  const app = await startGraphqlApp();
  const client = connectLive(app.url);
  const all = client.follow('subscription { deliveries { id state } }');
  const ofOne = client.follow('subscription { deliveries(endpointId: "one") { id state attemptCount } }');
  const model = deliveryModel(app.connection);
  // The stream opens some time after the subscription: whoever needs to know begins with what already is.
  for (let index = 0; all.received.length === 0 || ofOne.received.length === 0; index++) {
    await model.collection.insertOne(toDeliveryRow(aDelivery('one', `warm-up-${index}`)) as never);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const [seenByAll, seenByOne] = [all.received.length, ofOne.received.length];
  await model.collection.insertOne(toDeliveryRow(aDelivery('two', 'event')) as never);
  await model.collection.insertOne(toDeliveryRow(aDelivery('one', 'event')) as never);
  await model.collection.updateOne({ _id: 'event:one' } as object, {
    $set: { state: 'DELIVERED', attemptCount: 1 },
  });
  const last = async (followed: typeof all, from: number, wanted: object) => {
    for (let count = from + 1; ; count++) {
      const received = (await followed.count(count)).at(-1).deliveries;
      if (Object.entries(wanted).every(([name, value]) => received[name] === value)) return;
    }
  };
  await last(all, seenByAll, { id: 'event:one', state: 'DELIVERED' });
  await last(ofOne, seenByOne, { id: 'event:one', state: 'DELIVERED', attemptCount: 1 });
  expect(all.received.map(({ deliveries }) => deliveries.id)).toContain('event:two');
  expect(ofOne.received.map(({ deliveries }) => deliveries.id)).not.toContain('event:two');
});

function trigger(externalKey: string): Signal {
  const key = { source: 'test', externalKey, reuse: 'ONCE' as const, synthetic: false };
  const fields = { title: externalKey, severity: 'HIGH' as const, source: 'monitor' };
  return {
    id: newId(),
    kind: 'TRIGGER',
    key,
    occurredAt: new Date(),
    claimedAt: null,
    tie: newId(),
    fields,
    text: null,
    actor: null,
  };
}

test('an inbound webhook is shown with its outcome, headers, body and what it led to', async () => {
  const app = await startGraphqlApp();
  const submission = webhook([trigger('A')]);
  const { receiptId } = await app.committer.submit({ ...submission, body: Buffer.from('{"title":"grüße"}') });
  await app.committer.submit(webhook([trigger('B')]));
  const { data, errors } = await app.ask(
    `query($id: ID!) { receipt(id: $id) {
      id source provider deliveryId receivedAt outcome reason warnings headers { name value } bodySize bodyHash body start: body(maxBytes: 13)
      duplicateOf { id } incidents { id title receipts { nodes { id } } timeline { nodes { receipt { id } } } } deployments { id } verifiedWith } }`,
    { id: receiptId },
  );
  expect(errors).toBeUndefined();
  expect(data.receipt).toMatchObject({
    id: receiptId,
    source: 'test',
    outcome: 'APPLIED',
    headers: [{ name: 'content-type', value: 'application/json' }],
    body: '{"title":"grüße"}',
    start: '{"title":"gr',
    duplicateOf: null,
    incidents: [
      {
        title: 'A',
        receipts: { nodes: [{ id: receiptId }] },
        timeline: { nodes: [{ receipt: { id: receiptId } }] },
      },
    ],
    deployments: [],
  });
  const list = async (filter: object): Promise<number> =>
    (
      await app.ask('query($filter: ReceiptFilter) { receipts(filter: $filter) { nodes { id } } }', {
        filter,
      })
    ).data.receipts.nodes.length;
  expect(await list({})).toBe(2);
  expect(await list({ source: ['test'], outcome: ['APPLIED', 'IGNORED'] })).toBe(2);
  expect(await list({ outcome: ['REJECTED'] })).toBe(0);
  expect(await list({ incidentId: data.receipt.incidents[0].id })).toBe(1);
  expect(
    (await app.ask('query($id: ID!) { receipt(id: $id) { body(maxBytes: 0) } }', { id: receiptId }))
      .errors?.[0]?.extensions['code'],
  ).toBe('BAD_USER_INPUT');
});

test('inbound webhooks come live, and only those that match', async () => {
  const app = await startGraphqlApp();
  const client = connectLive(app.url);
  const matching = client.follow(
    'subscription { receipts(filter: { source: ["test"], outcome: [APPLIED] }) { id outcome incidents { title } } }',
  );
  const others = client.follow('subscription { receipts(filter: { source: ["other"] }) { id } }');
  for (let index = 0; matching.received.length === 0; index++) {
    await app.committer.submit(webhook([trigger(`warm-up-${index}`)]));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(matching.received[0].receipts).toMatchObject({
    outcome: 'APPLIED',
    incidents: [{ title: expect.stringContaining('warm-up') }],
  });
  const { receiptId } = await app.committer.submit(webhook([trigger('last')]));
  for (let count = 1; ; count++) if ((await matching.count(count)).at(-1).receipts.id === receiptId) break;
  expect(others.received).toEqual([]);
});
