import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { makeApiKeyText } from '../../../src/domain/api-key-text.ts';
import { systemClock } from '../../../src/kernel/clock.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { openApiKeys } from '../../../src/open-api-keys.ts';
import { createApiKeyStore } from '../../../src/store/api-key-store.ts';
import { openConnection } from '../../../src/store/connection.ts';
import { silent } from '../../support/event-log.ts';
import { eventually } from '../../support/eventually.ts';
import { testDatabaseUri } from '../../support/test-database.ts';
import { startKeyedApp } from './keyed-app.ts';
import type { KeyedApp } from './keyed-app.ts';
import { connectLive } from './live-client.ts';

const EVENTS = 'subscription { events { sequence } }';

/** A socket that follows with a key, and how it ends. */
async function follow(app: KeyedApp, key: string) {
  const { client } = connectLive(app.url, { 'X-API-Key': key });
  const end: { at: number; code: number; reason: string }[] = [];
  client.on('closed', (event) => {
    const { code, reason } = event as { code: number; reason: string };
    end.push({ at: performance.now(), code, reason });
  });
  await new Promise<void>((resolve) => {
    client.on('connected', () => resolve());
    client.subscribe(
      { query: EVENTS },
      { next: () => undefined, error: () => undefined, complete: () => undefined },
    );
  });
  const ended = () =>
    eventually(
      () => end[0],
      (one) => one !== undefined,
      { withinMs: 4_000, what: 'the socket is closed' },
    );
  return { end, ended };
}

test('revoking closes the sockets of a key with 4403 within a second or so, here, elsewhere or by hand; so does expiry', async () => {
  const app = await startKeyedApp();
  const names = ['here', 'elsewhere', 'by hand', 'removed', 'stays'] as const;
  const keys = Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await app.makeKey({ name })] as const)),
  ) as Record<(typeof names)[number] | 'expires', { id: string; key: string }>;
  const sockets = Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await follow(app, keys[name].key)] as const)),
  ) as Record<(typeof names)[number], Awaited<ReturnType<typeof follow>>>;
  const second = await follow(app, keys.here.key);
  const expiresAt = new Date(Date.now() + 1_500);
  keys.expires = await app.makeKey({ expiresAt });
  const expiring = await follow(app, keys.expires.key);

  // As another process would, on the same database.
  const other = openApiKeys({
    store: createApiKeyStore(app.connection),
    clock: systemClock,
    newId,
    logger: silent,
  });
  await other.administration.revoke({ id: keys.elsewhere.id, by: 'another process' });
  await app.rows.updateOne({ _id: keys['by hand'].id }, { $set: { revokedAt: new Date() } });
  await app.rows.deleteOne({ _id: keys.removed.id });
  await app.revoke(keys.here.id);
  const revokedAt = performance.now();

  const ends = await Promise.all([
    sockets.here.ended(),
    second.ended(),
    sockets.elsewhere.ended(),
    sockets['by hand'].ended(),
    sockets.removed.ended(),
    expiring.ended(),
  ]);
  expect(ends.map((end) => `${end?.code} ${end?.reason}`)).toEqual([
    '4403 API key revoked',
    '4403 API key revoked',
    '4403 API key revoked',
    '4403 API key revoked',
    '4403 API key deleted',
    '4403 API key expired',
  ]);
  for (const end of ends.slice(0, 5)) expect((end?.at ?? Infinity) - revokedAt).toBeLessThan(2_500);
  expect(Date.now()).toBeGreaterThanOrEqual(expiresAt.getTime());
  expect(sockets.stays.end).toEqual([]);
  for (const name of ['here', 'elsewhere', 'by hand', 'removed', 'expires'] as const) {
    expect([name, (await app.ask('{ __typename }', {}, keys[name].key)).status]).toEqual([name, 401]);
  }
  expect((await app.ask('{ __typename }', {}, keys.stays.key)).status).toBe(200);
  await other[Symbol.asyncDispose]();
});

test('while the database is away known keys go on, and others are told to come back, not that they are wrong', async () => {
  const connection = await openConnection(testDatabaseUri());
  const app = await startKeyedApp({ connection });
  const { key } = await app.makeKey();
  await app.ask('{ __typename }', {}, key);
  const digestsKept = await app.rows.countDocuments({
    digest: createHash('sha256').update(key).digest('hex'),
  });
  expect(digestsKept).toBe(1);
  await connection.dropDatabase();
  await connection.close();

  // Longer than a look at the database may be remembered.
  await eventually(
    () => app.ask('{ viewer { name } }', {}, makeApiKeyText()),
    ({ status }) => status === 503,
    {
      withinMs: 3_000,
      what: 'the database is known to be away',
    },
  );
  expect(await app.ask('{ viewer { name } }', {}, key)).toMatchObject({
    status: 200,
    data: { viewer: { name: 'a dashboard' } },
  });
  const unknown = await app.ask('{ viewer { name } }', {}, makeApiKeyText());
  expect(unknown).toMatchObject({
    status: 503,
    errors: [{ extensions: { code: 'UNAVAILABLE', retryAfterSeconds: 2 } }],
  });
  expect((await app.ask('{ viewer { name } }', {}, 'mistyped')).status).toBe(401);
  const stranger = connectLive(app.url, { 'X-API-Key': makeApiKeyText() });
  stranger.follow(EVENTS);
  expect(await stranger.closed).toBe(1013);
  const known = await follow(app, key);
  expect(known.end).toEqual([]);
});
