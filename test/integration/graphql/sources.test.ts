import { describe, expect, test } from 'vitest';
import { startGraphqlApp } from './graphql-app.ts';
import type { GraphqlApp } from './graphql-app.ts';
import { PARTS, walk } from './walk-pages.ts';

const FIELDS = `id name path provider description enabled managedBy settings { name value } ratePerSecond hasSecret
  secrets { id generation createdAt until lastUsedAt } createdAt updatedAt`;
const HOUR_MS = 3_600_000;

/** Runs a mutation of sources with its one input object. */
async function mutate(app: GraphqlApp, name: string, input: object, more = '') {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const { data, errors } = await app.ask(
    `mutation($input: ${type}!) { ${name}(input: $input) { source { ${FIELDS} } ${more} errors { code message path } } }`,
    { input },
  );
  expect(errors).toBeUndefined();
  return data[name];
}

const create = (app: GraphqlApp, input: object) =>
  mutate(app, 'createSource', { provider: 'github', ...input }, 'secret');
const rotate = (app: GraphqlApp, input: object) => mutate(app, 'rotateSourceSecret', input, 'secret');

async function read(app: GraphqlApp, id: string) {
  const { data } = await app.ask(`query($id: ID!) { source(id: $id) { ${FIELDS} } }`, { id });
  return data.source;
}

async function rawRow(app: GraphqlApp, id: string) {
  const rows = app.connection.getClient().db(app.connection.name).collection('sources');
  return rows.findOne({ _id: id as never });
}

describe('a registered source', () => {
  test('lets webhooks in at once, by a secret that is shown once and kept sealed', async () => {
    const app = await startGraphqlApp();
    const created = await create(app, { name: 'eu-prod', description: ' Europe ', ratePerSecond: 2.5 });
    expect(created).toMatchObject({
      source: {
        name: 'eu-prod',
        path: '/api/v1/webhooks/github/eu-prod',
        provider: 'github',
        description: 'Europe',
        enabled: true,
        managedBy: 'API',
        settings: [],
        ratePerSecond: 2.5,
        hasSecret: true,
        secrets: [
          {
            id: expect.stringMatching(/^[0-9a-f]{8}$/),
            generation: 'CURRENT',
            until: null,
            lastUsedAt: null,
          },
        ],
      },
      secret: expect.stringMatching(/^[\w-]{43}$/),
      errors: [],
    });
    const { id } = created.source;
    expect(await app.sources.find('github', 'eu-prod')).toMatchObject({
      keyName: 'eu-prod',
      ratePerSecond: 2.5,
      secrets: [{ id: created.source.secrets[0].id, value: created.secret }],
    });
    expect(await read(app, id)).toEqual(created.source);
    expect(JSON.stringify(await rawRow(app, id))).not.toContain(created.secret);
  });

  test('may bring its own secret, or have none where that is said', async () => {
    const app = await startGraphqlApp();
    const given = await create(app, { name: 'given', secret: 'chosen by GitHub' });
    expect(given).toMatchObject({ source: { hasSecret: true }, secret: null, errors: [] });
    expect(JSON.stringify(await rawRow(app, given.source.id))).not.toContain('chosen by');
    expect(await app.sources.find('github', 'given')).toMatchObject({
      secrets: [{ value: 'chosen by GitHub' }],
    });
    expect(await create(app, { name: 'bare', withoutSecret: true })).toMatchObject({
      source: { hasSecret: false, secrets: [] },
      secret: null,
    });
    expect(await app.sources.find('github', 'bare')).toMatchObject({ secrets: null });
  });

  test('is refused with all reasons, and nothing is kept', async () => {
    const app = await startGraphqlApp();
    await create(app, { name: 'taken' });
    const wrong = { provider: 'gitlub', name: 'No Name', secret: 'short', withoutSecret: true };
    const refused = await create(app, wrong);
    expect(refused).toMatchObject({ source: null, secret: null });
    expect(refused.errors.map((error: { path: string[] }) => error.path[1])).toEqual(Object.keys(wrong));
    expect(refused.errors[0].message).toMatch(/gitlub.*known are .*github/);
    for (const name of ['taken', 'github', 'pagerduty'])
      expect((await create(app, { name })).errors).toMatchObject([
        { code: 'CONFLICT', path: ['input', 'name'] },
      ]);
    const { data } = await app.ask('{ sources(first: 100) { nodes { managedBy } } }');
    expect(data.sources.nodes.filter((node: { managedBy: string }) => node.managedBy === 'API')).toHaveLength(
      1,
    );
  });

  test('keeps what is not spoken of, and its incidents through a rename', async () => {
    const app = await startGraphqlApp();
    const { source } = await create(app, { name: 'eu', description: 'first', ratePerSecond: 1 });
    const renamed = await mutate(app, 'updateSource', { id: source.id, name: 'us' });
    expect(renamed.source).toEqual({
      ...source,
      name: 'us',
      path: '/api/v1/webhooks/github/us',
      updatedAt: expect.any(String),
    });
    expect(await app.sources.find('github', 'us')).toMatchObject({ name: 'us', keyName: 'eu' });
    expect(await app.sources.find('github', 'eu')).toBeNull();
    expect((await create(app, { name: 'eu' })).errors).toMatchObject([{ code: 'CONFLICT' }]);

    const changes = { description: null, enabled: false, ratePerSecond: null };
    expect((await mutate(app, 'updateSource', { id: source.id, ...changes })).source).toMatchObject(changes);
    expect(await app.sources.find('github', 'us')).toMatchObject({ enabled: false, ratePerSecond: null });
    expect((await mutate(app, 'updateSource', { id: source.id, enabled: true })).source).toMatchObject({
      name: 'us',
      enabled: true,
    });
    const refused = await mutate(app, 'updateSource', { id: source.id, name: null, enabled: null });
    expect(refused.errors).toMatchObject([{ path: ['input', 'name'] }, { path: ['input', 'enabled'] }]);
  });

  test('that several people change at once ends up with all of their changes', async () => {
    const app = await startGraphqlApp();
    const { source } = await create(app, { name: 'eu' });
    const changes = { name: 'us', description: 'changed', ratePerSecond: 7 };
    await Promise.all(
      Object.entries(changes).map(([field, value]) =>
        mutate(app, 'updateSource', { id: source.id, [field]: value }),
      ),
    );
    expect(await read(app, source.id)).toMatchObject(changes);
  });

  test('is gone once it is removed', async () => {
    const app = await startGraphqlApp();
    const { source } = await create(app, { name: 'eu' });
    expect(await mutate(app, 'deleteSource', { id: source.id })).toEqual({ source, errors: [] });
    expect(await app.sources.find('github', 'eu')).toBeNull();
    expect(await read(app, source.id)).toBeNull();
    expect((await mutate(app, 'deleteSource', { id: source.id })).errors).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
    expect((await create(app, { name: 'eu' })).errors).toEqual([]);
  });
});

describe('the secret of a source', () => {
  test('is changed for another one beside it, which ends at the stated time or when it is retired', async () => {
    const app = await startGraphqlApp();
    const { source, secret: first } = await create(app, { name: 'eu' });
    const firstId = source.secrets[0].id;
    const rotated = await rotate(app, { id: source.id });
    expect(rotated.errors).toEqual([]);
    const [current, previous] = rotated.source.secrets;
    expect(current).toMatchObject({ generation: 'CURRENT', until: null });
    expect(previous).toMatchObject({ id: firstId, generation: 'PREVIOUS' });
    expect(Date.parse(previous.until) - Date.parse(current.createdAt)).toBe(24 * HOUR_MS);
    expect(await app.sources.find('github', 'eu')).toMatchObject({
      secrets: [
        { id: current.id, value: rotated.secret, generation: 'CURRENT' },
        { id: firstId, value: first, generation: 'PREVIOUS', until: new Date(previous.until) },
      ],
    });

    const retired = await mutate(app, 'retireSourceSecret', { id: source.id, secretId: firstId });
    expect(Date.parse(retired.source.secrets[1].until)).toBeLessThanOrEqual(Date.now());
    const refused = await mutate(app, 'retireSourceSecret', { id: source.id, secretId: current.id });
    expect(refused).toMatchObject({
      source: null,
      errors: [{ code: 'CONFLICT', path: ['input', 'secretId'] }],
    });
    expect((await rotate(app, { id: source.id, secret: rotated.secret })).errors).toMatchObject([
      { code: 'INVALID', path: ['input', 'secret'] },
    ]);
  });

  test('is not rotated further while two earlier ones are good, but may be put back to one of them', async () => {
    const app = await startGraphqlApp();
    const { source, secret } = await create(app, { name: 'eu' });
    const { id } = source;
    await rotate(app, { id });
    expect((await rotate(app, { id, secret })).errors).toEqual([]);
    expect((await rotate(app, { id })).errors).toMatchObject([{ code: 'CONFLICT' }]);
    const wrong = await rotate(app, { id, secret: ' x ', overlapHours: 721 });
    expect(wrong.errors).toMatchObject([{ path: ['input', 'secret'] }, { path: ['input', 'overlapHours'] }]);
    expect((await read(app, id)).secrets).toHaveLength(3);
    expect((await rotate(app, { id, overlapHours: 0 })).source.secrets[1].until).toBe(
      (await read(app, id)).secrets[0].createdAt,
    );
  });

  test('may be the first one of a source that had none', async () => {
    const app = await startGraphqlApp();
    const { source } = await create(app, { name: 'eu', withoutSecret: true });
    const { source: with1, secret } = await rotate(app, { id: source.id });
    expect(with1).toMatchObject({ hasSecret: true, secrets: [{ generation: 'CURRENT' }] });
    expect(await app.sources.find('github', 'eu')).toMatchObject({ secrets: [{ value: secret }] });
  });
});

describe('default sources', () => {
  test('are listed first, then all others, on whatever pages', async () => {
    const app = await startGraphqlApp();
    for (const name of ['c', 'a', 'b', 'd']) await create(app, { name });
    const { data } = await app.ask(`{ sources(first: 100) { nodes { ${FIELDS} } } }`);
    const all: { id: string; name: string }[] = data.sources.nodes;
    expect(all.slice(-4).map(({ name }) => name)).toEqual(['c', 'a', 'b', 'd']);
    expect(all.find(({ id }) => id === 'env:github')).toEqual({
      id: 'env:github',
      name: 'github',
      path: '/api/v1/webhooks/github',
      provider: 'github',
      description: null,
      enabled: true,
      managedBy: 'ENVIRONMENT',
      settings: [],
      ratePerSecond: null,
      hasSecret: true,
      secrets: [],
      createdAt: null,
      updatedAt: null,
    });
    expect(await read(app, 'env:generic')).toMatchObject({ hasSecret: false });
    for (const size of [1, 2, 3]) {
      const ids = await walk(
        async ({ first, after }) => {
          const page = await app.ask(
            `query($first: Int, $after: String) { sources(first: $first, after: $after) { ${PARTS} } }`,
            { first, after },
          );
          return page.data.sources;
        },
        size,
        false,
      );
      expect(ids).toEqual(all.map(({ id }) => id));
    }
  });

  test('cannot be changed, and the refusal names the variable to change', async () => {
    const app = await startGraphqlApp();
    const id = 'env:github';
    for (const [name, input] of [
      ['updateSource', { id, enabled: false }],
      ['deleteSource', { id }],
      ['rotateSourceSecret', { id }],
      ['retireSourceSecret', { id, secretId: 'x' }],
    ] as const) {
      expect(await mutate(app, name, input)).toMatchObject({
        source: null,
        errors: [
          {
            code: 'CONFLICT',
            path: ['input', 'id'],
            message: expect.stringContaining('GITHUB_WEBHOOK_SECRET'),
          },
        ],
      });
      expect((await mutate(app, name, { ...input, id: 'env:nobody' })).errors).toMatchObject([
        { code: 'NOT_FOUND' },
      ]);
    }
  });
});
