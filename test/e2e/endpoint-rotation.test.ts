import { randomBytes } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import mongoose from 'mongoose';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { askGraphql } from '../support/graphql-client.ts';
import { openGuide } from '../support/guide.ts';
import { runCommand } from '../support/run-command.ts';
import { sendRequest } from '../support/send-request.ts';
import { openServerHome } from '../support/server-process.ts';
import type { ServerHome, ServerProcess } from '../support/server-process.ts';
import { startSink } from '../support/sink.ts';
import type { Arrival, Sink } from '../support/sink.ts';
import { testDatabaseUri } from '../support/test-database.ts';
import { libraryAccepts, publicKeyAccepts } from '../support/verify-webhook.ts';

// A guard against hanging; the promises have deadlines of their own.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** A change takes effect within a second; the rest is for a busy machine. */
const SOON = { withinMs: 15_000 };
const RECEIVER = fileURLToPath(new URL('../support/guide-receiver.py', import.meta.url));

let homes: [ServerHome, ServerHome];
let servers: [ServerProcess, ServerProcess];
let sink: Sink;
let database: mongoose.mongo.MongoClient;

beforeAll(async () => {
  const uri = testDatabaseUri();
  const settings = { MONGODB_URI: uri, SECRET_KEY: randomBytes(32).toString('hex') };
  homes = [await openServerHome(settings), await openServerHome(settings)];
  // At once: they race for the key pair too.
  [servers, sink, database] = await Promise.all([
    Promise.all([homes[0].start(), homes[1].start()]),
    startSink(),
    new mongoose.mongo.MongoClient(uri).connect(),
  ]);
});
afterAll(async () => {
  await database.close();
  for (const home of homes) await home[Symbol.asyncDispose]();
  await sink[Symbol.asyncDispose]();
});

async function mutate(
  name: string,
  input: object,
  more = '',
): Promise<{ webhookEndpoint: { id: string; secretOverlapUntil: string | null }; secret: string }> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const fields = `webhookEndpoint { id secretOverlapUntil } ${more} errors { message }`;
  const answer = await askGraphql<Record<string, Awaited<ReturnType<typeof mutate>> & { errors: unknown }>>(
    servers[0].port,
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} } }`,
    { input },
  );
  expect(answer[name]?.errors).toEqual([]);
  return answer[name] as Awaited<ReturnType<typeof mutate>>;
}

let posted = 0;

async function postIncident(): Promise<void> {
  posted += 1;
  const body = JSON.stringify({ title: `Größe ${posted} 💥` });
  const { port } = servers[posted % 2 === 0 ? 0 : 1];
  const headers = { 'content-type': 'application/json' };
  await sendRequest(port, { method: 'POST', path: '/api/v1/webhooks/generic', headers, body });
}

/** New incidents, taken in by either process, until one arrives at the path that is what we wait for; all that came. */
async function postUntil(path: string, isIt: (arrival: Arrival) => boolean): Promise<Arrival[]> {
  const before = sink.arrivals(path).length;
  return eventually(
    async () => {
      await postIncident();
      return sink.arrivals(path).slice(before);
    },
    (came) => came.some(isIt),
    { ...SOON, what: `what we wait for arrives at ${path}` },
  );
}

/** The guide's own verifier in Python, over the parsed body, for each of the webhooks. */
async function guideAccepts(secret: string, arrivals: Arrival[], header: string): Promise<boolean[]> {
  const guide = openGuide();
  const task = {
    verifier: guide.take('Webhook Security', 'python'),
    receiver: guide
      .take('Slack Integration', 'python')
      .replace('(payload, signature,', '(payload, signature.removeprefix("sha256="),'),
    secret,
    arrivals: arrivals.map(({ body, headers }) => ({
      body: body.toString('base64'),
      signature: headers[header] ?? '',
    })),
  };
  const printed = await runCommand('python3', [RECEIVER], JSON.stringify(task));
  return (JSON.parse(printed) as { results: { verified: boolean }[] }).results.map(
    ({ verified }) => verified,
  );
}

const GUIDE = 'x-webhook-signature';
const NEXT = 'x-webhook-signature-next';

it('on the day of the rotation no receiver breaks, whichever secret it has and however it verifies', async () => {
  const old = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const input = { url: sink.url('/ours'), events: ['INCIDENT_CREATED'], secret: old };
  const { id } = (await mutate('createWebhookEndpoint', input)).webhookEndpoint;
  const authorization = 'Bearer of.the.owner';
  const headers = [{ name: 'Authorization', value: authorization }];
  await mutate('updateWebhookEndpoint', { id, publicKeySignature: true, headers });
  const before = await postUntil('/ours', ({ headers }) =>
    String(headers['webhook-signature']).includes('v1a,'),
  );

  const rotated = await mutate('rotateWebhookEndpointSecret', { id }, 'secret');
  expect(rotated.webhookEndpoint.secretOverlapUntil).not.toBeNull();
  const changing = await postUntil('/ours', ({ headers }) => NEXT in headers);
  // The receiver is changed over here, or anywhere in between.
  const during = [
    ...changing.filter(({ headers }) => NEXT in headers),
    ...(await postUntil('/ours', () => true)),
  ];
  await mutate('promoteWebhookEndpointSecret', { id });
  const promoted = await postUntil('/ours', ({ headers }) => !(NEXT in headers));
  const after = promoted.filter(({ headers }) => !(NEXT in headers));

  const withOld = [...before, ...changing, ...during];
  for (const arrival of withOld) expect(libraryAccepts(old, arrival)).toBe(true);
  for (const arrival of changing) expect(arrival.headers).toMatchObject({ authorization });
  expect(new Set(await guideAccepts(old, withOld, GUIDE))).toEqual(new Set([true]));
  for (const arrival of [...during, ...promoted]) expect(libraryAccepts(rotated.secret, arrival)).toBe(true);
  expect(new Set(await guideAccepts(rotated.secret, during, NEXT))).toEqual(new Set([true]));
  expect(new Set(await guideAccepts(rotated.secret, after, GUIDE))).toEqual(new Set([true]));
  for (const arrival of after) expect(libraryAccepts(old, arrival)).toBe(false);

  const signed = [...during, ...promoted];
  for (const { port } of servers) {
    const { json } = await sendRequest(port, { path: '/.well-known/webhook-keys' });
    const { keys } = json as { keys: JsonWebKey[] };
    expect(keys).toHaveLength(1);
    for (const arrival of signed) expect(publicKeyAccepts(keys, arrival)).toBe(true);
  }
  for (const server of servers) {
    expect(server.output()).not.toContain(old);
    expect(server.output()).not.toContain(authorization);
    expect(server.output()).not.toContain(rotated.secret);
  }
  expect(servers[0].output()).toContain('webhook secret rotated');
});

it('a secret that a person wrote is rotated like any other, and one written after the end wins again', async () => {
  const rows = database.db().collection<{ _id: string } & Record<string, unknown>>('webhook_endpoints');
  const _id = 'by-hand';
  const secret = 'your-webhook-secret';
  await rows.insertOne({ _id, url: sink.url('/hand'), secret, events: 'incident.created', is_active: true });
  await postUntil('/hand', () => true);
  const next = 'another-webhook-secret';
  // An overlap of two seconds or so: it ends by itself.
  await mutate('rotateWebhookEndpointSecret', { id: _id, secret: next, overlapHours: 2 / 3600 }, 'secret');
  const all = await postUntil('/hand', (arrival) => !libraryAccepts(secret, arrival));
  for (const arrival of all)
    expect(libraryAccepts(secret, arrival) || libraryAccepts(next, arrival)).toBe(true);
  expect(await guideAccepts(next, all.slice(-1), GUIDE)).toEqual([true]);

  await postUntil('/hand', () => true);
  await eventually(
    () => rows.findOne({ _id }),
    (row) => row !== null && !('secret' in row),
    { ...SOON, what: 'the end is written down' },
  );
  await rows.updateOne({ _id }, { $set: { secret: 'written-afterwards' } });
  await postUntil('/hand', (arrival) => libraryAccepts('written-afterwards', arrival));
});
