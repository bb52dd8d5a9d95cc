import { createHmac, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { askGraphql } from '../support/graphql-client.ts';
import { sendRequest } from '../support/send-request.ts';
import type { Answer } from '../support/send-request.ts';
import { openServerHome } from '../support/server-process.ts';
import type { ServerHome, ServerProcess } from '../support/server-process.ts';
import { testDatabaseUri } from '../support/test-database.ts';

// A guard against hanging; the promises have deadlines of their own.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** A change is seen by other processes within a second; the rest is for a busy machine. */
const ELSEWHERE_MS = 3000;
const WRITTEN_DOWN_MS = 15_000;
const FIELDS = 'id path secrets { id generation until lastUsedAt }';

interface Source {
  id: string;
  path: string;
  secrets: { id: string; generation: string; until: string | null; lastUsedAt: string | null }[];
}

interface Changed {
  source: Source;
  secret: string;
  errors: unknown[];
}

let homes: [ServerHome, ServerHome];
let server: ServerProcess;
let other: ServerProcess;

beforeAll(async () => {
  const settings = {
    MONGODB_URI: testDatabaseUri(),
    SECRET_KEY: randomBytes(32).toString('hex'),
    AUTH: 'off',
  };
  homes = [await openServerHome(settings), await openServerHome(settings)];
  [server, other] = await Promise.all([homes[0].start(), homes[1].start()]);
});
afterAll(async () => {
  for (const home of homes) await home[Symbol.asyncDispose]();
});

async function change(mutation: string, input: Record<string, unknown>): Promise<Changed> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const made = /^(create|rotate)/.test(mutation) ? 'secret' : '';
  const changed = await askGraphql<Record<string, Changed>>(
    server.port,
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { source { ${FIELDS} } ${made} errors { message } } }`,
    { input },
  );
  const result = changed[mutation];
  expect(result?.errors).toEqual([]);
  return result as Changed;
}

async function read(id: string): Promise<Source> {
  const query = `query ($id: ID!) { source(id: $id) { ${FIELDS} } }`;
  return (await askGraphql<{ source: Source }>(server.port, query, { id })).source;
}

let deliveries = 0;

/** A merged pull request as GitHub sends it, signed with this secret. */
async function post(path: string, secret: string, to = server): Promise<Answer> {
  const body = JSON.stringify({ zen: `Delivery ${(deliveries += 1)}` });
  return sendRequest(to.port, {
    method: 'POST',
    path,
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'ping',
      'x-github-delivery': `delivery-${deliveries}`,
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    },
    body,
  });
}

async function newestReceipt(): Promise<Record<string, unknown>> {
  const query = '{ receipts(first: 1) { nodes { source outcome reason verifiedWith } } }';
  const { receipts } = await askGraphql<{ receipts: { nodes: Record<string, unknown>[] } }>(
    server.port,
    query,
  );
  return receipts.nodes[0] ?? {};
}

it('a sender changes over to a new secret without losing a webhook, and one sees when it has', async () => {
  const { source, secret: first } = await change('createSource', { provider: 'github', name: 'eu-prod' });
  const { id, path } = source;
  const firstId = source.secrets[0]?.id ?? '';
  expect((await post(path, first)).status).toBe(202);
  expect(await newestReceipt()).toMatchObject({
    source: 'eu-prod',
    outcome: 'IGNORED',
    verifiedWith: `signature with secret ${firstId}`,
  });
  // The default source knows nothing of it, nor does it of others.
  expect((await post('/api/v1/webhooks/github/nobody', first)).status).toBe(404);

  const rotated = await change('rotateSourceSecret', { id });
  const secondId = rotated.source.secrets[0]?.id ?? '';
  for (const to of [server, other]) {
    await eventually(
      () => post(path, rotated.secret, to),
      ({ status }) => status === 202,
      { withinMs: ELSEWHERE_MS, what: 'the new secret is good' },
    );
    expect((await post(path, first, to)).status).toBe(202);
    expect((await post(path, `${first}x`, to)).status).toBe(401);
  }
  await post(path, first);
  expect(await newestReceipt()).toMatchObject({
    verifiedWith: `signature with secret ${firstId} (previous secret)`,
  });
  await post(path, rotated.secret);
  expect(await newestReceipt()).toMatchObject({ verifiedWith: `signature with secret ${secondId}` });

  const seen = await eventually(
    () => read(id),
    ({ secrets }) => secrets.every(({ lastUsedAt }) => lastUsedAt !== null),
    { withinMs: WRITTEN_DOWN_MS, what: 'the use of both secrets is written down' },
  );
  expect(seen.secrets.map(({ generation }) => generation)).toEqual(['CURRENT', 'PREVIOUS']);

  await change('retireSourceSecret', { id, secretId: firstId });
  expect((await post(path, first)).status).toBe(401);
  await eventually(
    () => post(path, first, other),
    ({ status }) => status === 401,
    { withinMs: ELSEWHERE_MS, what: 'the old secret is refused by the other process' },
  );
  expect((await post(path, rotated.secret)).status).toBe(202);
});

it('what is disabled takes effect when it is sent again; what is renamed or removed is no longer there', async () => {
  const { source, secret } = await change('createSource', { provider: 'generic', name: 'monitor' });
  const { id } = source;
  const send = (path: string, to = server) =>
    sendRequest(to.port, {
      method: 'POST',
      path: `${path}/${secret}`,
      headers: { 'idempotency-key': 'outage-1', 'x-forwarded-uri': `${path}/${secret}` },
      body: JSON.stringify({ title: 'Down', dedup_key: 'outage-1' }),
    });
  await change('updateSource', { id, enabled: false });
  const ignored = await send(source.path);
  expect(ignored.status).toBe(200);
  expect(await newestReceipt()).toMatchObject({
    outcome: 'IGNORED',
    reason: 'the source monitor is disabled',
  });
  expect(ignored.json).toMatchObject({ incident_id: null });

  await change('updateSource', { id, enabled: true });
  const applied = await send(source.path);
  expect(applied.json).toMatchObject({ incident_id: expect.any(String) });

  const renamed = await change('updateSource', { id, name: 'watcher' });
  expect((await send(source.path)).status).toBe(404);
  const again = await send(renamed.source.path);
  expect(again.json).toMatchObject({
    duplicate: true,
    incident_id: (applied.json as { incident_id: string }).incident_id,
  });

  await change('deleteSource', { id });
  expect((await send(renamed.source.path)).status).toBe(404);
  await eventually(
    () => send(renamed.source.path, other),
    ({ status }) => status === 404,
    { withinMs: ELSEWHERE_MS, what: 'the other process no longer knows the source' },
  );
  const everything = await askGraphql(
    server.port,
    '{ receipts(first: 100) { nodes { headers { name value } reason } } }',
  );
  expect(JSON.stringify(everything)).not.toContain(secret);
  expect(server.output()).not.toContain(secret);
});

it('secrets and their last use outlive the process', async () => {
  const { source, secret } = await change('createSource', { provider: 'github', name: 'kept' });
  expect((await post(source.path, secret)).status).toBe(202);
  await eventually(
    () => read(source.id),
    ({ secrets }) => secrets[0]?.lastUsedAt !== null,
    { withinMs: WRITTEN_DOWN_MS, what: 'the use is written down' },
  );
  const before = (await read(source.id)).secrets[0]?.lastUsedAt ?? '';
  // Within the minute in which it is only remembered: the stop writes it down.
  expect((await post(source.path, secret)).status).toBe(202);
  await server.stop();
  server = await homes[0].start();
  expect(Date.parse((await read(source.id)).secrets[0]?.lastUsedAt ?? '')).toBeGreaterThan(
    Date.parse(before),
  );
  expect((await post(source.path, secret)).status).toBe(202);
});
