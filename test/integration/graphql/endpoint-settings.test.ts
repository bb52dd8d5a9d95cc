import { expect, test } from 'vitest';
import { webhookEndpointModel } from '../../../src/store/webhook-endpoint-row.ts';
import { startGraphqlApp } from './graphql-app.ts';
import type { GraphqlApp } from './graphql-app.ts';

const SETTINGS =
  'headers { name value } ratePerSecond maxInFlight minSeverity sources services publicKeySignature isActive state invalidReason pausedAt disabledAt disabledReason';
const CREATE = `mutation($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) {
  webhookEndpoint { id ${SETTINGS} } errors { code message path } } }`;
const UPDATE = `mutation($input: UpdateWebhookEndpointInput!) { updateWebhookEndpoint(input: $input) {
  webhookEndpoint { ${SETTINGS} } errors { code message path } } }`;
const READ = `query($id: ID!) { webhookEndpoint(id: $id) { ${SETTINGS} } }`;

const MINIMAL = { url: 'https://receiver.example/hook', events: ['INCIDENT_CREATED'] };
const ALL = {
  headers: [
    { name: 'Authorization', value: 'Bearer of.the.owner' },
    { name: 'X-Team', value: 'payments' },
  ],
  ratePerSecond: 2.5,
  maxInFlight: 3,
  minSeverity: 'HIGH',
  sources: ['monitor'],
  services: ['checkout', 'cart, old'],
  publicKeySignature: true,
};
const SHOWN = {
  ...ALL,
  headers: [
    { name: 'Authorization', value: null },
    { name: 'X-Team', value: 'payments' },
  ],
  isActive: true,
  state: 'ACTIVE',
  invalidReason: null,
  pausedAt: null,
  disabledAt: null,
  disabledReason: null,
};
const NONE = {
  headers: [],
  ratePerSecond: null,
  maxInFlight: null,
  minSeverity: null,
  sources: [],
  services: [],
  publicKeySignature: false,
};

const rows = (app: GraphqlApp) => webhookEndpointModel(app.connection).collection;

test('all settings are given, shown, changed one by one and removed', async () => {
  const app = await startGraphqlApp();
  const create = await app.ask(CREATE, { input: { ...MINIMAL, ...ALL } });
  const { id, ...made } = create.data.createWebhookEndpoint.webhookEndpoint;
  expect(create.data.createWebhookEndpoint.errors).toEqual([]);
  expect(made).toEqual(SHOWN);
  const read = async () => (await app.ask(READ, { id })).data.webhookEndpoint;
  expect(await read()).toEqual(SHOWN);

  const update = async (changes: object) =>
    (await app.ask(UPDATE, { input: { id, ...changes } })).data.updateWebhookEndpoint;
  expect(await update({ minSeverity: 'CRITICAL', services: ['cart'] })).toEqual({
    webhookEndpoint: { ...SHOWN, minSeverity: 'CRITICAL', services: ['cart'] },
    errors: [],
  });
  const nothing = Object.fromEntries(Object.keys(ALL).map((name) => [name, null]));
  expect((await update(nothing)).webhookEndpoint).toEqual({ ...SHOWN, ...NONE });
  expect(await read()).toEqual({ ...SHOWN, ...NONE });
});

test('an endpoint without settings has none', async () => {
  const app = await startGraphqlApp();
  const { data } = await app.ask(CREATE, { input: MINIMAL });
  expect(data.createWebhookEndpoint.webhookEndpoint).toMatchObject(NONE);
});

test('settings that cannot be are refused together, each by its name, and no value is repeated', async () => {
  const app = await startGraphqlApp();
  const wrong = {
    headers: [{ name: 'X-Team', value: 'the secret\r\nHost: evil' }],
    ratePerSecond: 0,
    maxInFlight: 33,
    sources: [''],
    services: Array.from({ length: 101 }, (_, index) => `service ${index}`),
  };
  const { data } = await app.ask(CREATE, { input: { ...MINIMAL, ...wrong } });
  const { webhookEndpoint, errors } = data.createWebhookEndpoint;
  expect(webhookEndpoint).toBeNull();
  expect(errors).toEqual(
    Object.keys(wrong).map((name) => ({
      code: 'INVALID',
      message: expect.stringMatching(/ must /),
      path: ['input', name],
    })),
  );
  expect(JSON.stringify(errors)).not.toMatch(/the secret/);
  expect(await rows(app).countDocuments()).toBe(0);
});

test('settings in a row made by hand are shown, and wrong ones say which column', async () => {
  const app = await startGraphqlApp();
  const row = { url: MINIMAL.url, secret: 's', events: 'incident.created' };
  const usable = {
    _id: 'usable',
    ...row,
    headers: { 'X-Team': 'payments', 'X-API-Key': 'k' },
    rate_per_second: 10,
    max_in_flight: 1,
    min_severity: 'low',
    sources: 'monitor, pager',
    services: ['checkout'],
    public_key_signature: 1,
  };
  const wrong = { _id: 'wrong', ...row, rate_per_second: 'fast', headers: { Host: 'x' }, sources: 5 };
  await rows(app).insertMany([usable, wrong] as never);
  expect((await app.ask(READ, { id: 'usable' })).data.webhookEndpoint).toMatchObject({
    state: 'ACTIVE',
    headers: [
      { name: 'X-Team', value: 'payments' },
      { name: 'X-API-Key', value: null },
    ],
    ratePerSecond: 10,
    maxInFlight: 1,
    minSeverity: 'LOW',
    sources: ['monitor', 'pager'],
    services: ['checkout'],
    publicKeySignature: true,
  });
  expect((await app.ask(READ, { id: 'wrong' })).data.webhookEndpoint).toMatchObject({
    state: 'INVALID',
    invalidReason: expect.stringMatching(/headers .*; rate_per_second .*; sources /),
  });
});

test('credentials are sealed in the row, and only a value takes the place of one', async () => {
  const app = await startGraphqlApp();
  const { data } = await app.ask(CREATE, { input: { ...MINIMAL, headers: ALL.headers } });
  const { id } = data.createWebhookEndpoint.webhookEndpoint;
  const stored = async () => (await rows(app).findOne({ _id: id }))?.['headers'];
  const before = await stored();
  expect(before).toEqual([
    { name: 'Authorization', sealed: expect.stringMatching(/^v1\./) },
    { name: 'X-Team', value: 'payments' },
  ]);

  const update = async (changes: object) =>
    (await app.ask(UPDATE, { input: { id, ...changes } })).data.updateWebhookEndpoint;
  // What was read, sent back.
  expect(await update({ headers: SHOWN.headers, maxInFlight: 2 })).toEqual({
    webhookEndpoint: null,
    errors: [
      {
        code: 'INVALID',
        message: expect.stringMatching(/Authorization .* give it again, or leave headers out/),
        path: ['input', 'headers'],
      },
    ],
  });
  expect((await update({ maxInFlight: 2 })).errors).toEqual([]);
  expect(await stored()).toEqual(before);
  const renewed = await update({ headers: [{ name: 'X-Team', value: 'Bearer by.its.form' }] });
  expect(renewed.webhookEndpoint.headers).toEqual([{ name: 'X-Team', value: null }]);
  expect(await stored()).toEqual([{ name: 'X-Team', sealed: expect.stringMatching(/^v1\./) }]);
});

test('an endpoint that OpsLens switched off is switched on or off by its owner', async () => {
  const app = await startGraphqlApp();
  const at = new Date('2026-01-01T00:00:00Z');
  const disabled = async () => {
    const { data } = await app.ask(CREATE, { input: MINIMAL });
    const { id } = data.createWebhookEndpoint.webhookEndpoint;
    await rows(app).updateOne({ _id: id }, {
      $set: { is_active: false, disabled_at: at, disabled_reason: 'GONE' },
    } as never);
    return id as string;
  };
  const [on, off] = [await disabled(), await disabled()];
  expect((await app.ask(READ, { id: on })).data.webhookEndpoint).toMatchObject({
    state: 'DISABLED',
    disabledAt: at.toISOString(),
    disabledReason: 'GONE',
  });
  // A change of something else leaves it as it is.
  const settings = await app.ask(UPDATE, { input: { id: on, maxInFlight: 2 } });
  expect(settings.data.updateWebhookEndpoint.webhookEndpoint.state).toBe('DISABLED');
  for (const [id, isActive, state] of [
    [on, true, 'ACTIVE'],
    [off, false, 'INACTIVE'],
  ] as const) {
    const { data } = await app.ask(UPDATE, { input: { id, isActive } });
    expect(data.updateWebhookEndpoint).toMatchObject({
      webhookEndpoint: { state, isActive, disabledAt: null, disabledReason: null },
      errors: [],
    });
  }
});
