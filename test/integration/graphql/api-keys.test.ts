import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { MAX_LIVE_API_KEYS } from '../../../src/domain/api-key.ts';
import { apiKeyModel } from '../../../src/store/api-key-row.ts';
import { eventually } from '../../support/eventually.ts';
import { startKeyedApp } from './keyed-app.ts';
import { walk } from './walk-pages.ts';

test('a key is shown once and kept as its hash alone; viewer says who asks with it and what they may do', async () => {
  const app = await startKeyedApp();
  const { key, apiKey } = await app.create({ name: ' the on-call bot ', scopes: ['RESPOND'] });
  expect(key).toMatch(/^opl_live_[\w-]{49}$/);
  expect(apiKey).toMatchObject({
    name: 'the on-call bot',
    hint: key.slice(0, 13),
    scopes: ['READ', 'RESPOND'],
    state: 'ACTIVE',
    createdBy: expect.stringMatching(/^key:/),
    expiresAt: null,
    revokedAt: null,
  });
  const row = await app.rows.findOne({ _id: apiKey.id });
  expect(row?.digest).toBe(createHash('sha256').update(key).digest('hex'));
  expect(JSON.stringify(row)).not.toContain(key.slice(13));
  const { data } = await app.ask('query($id: ID!) { apiKey(id: $id) { hint scopes } }', { id: apiKey.id });
  expect(data.apiKey).toEqual({ hint: key.slice(0, 13), scopes: ['READ', 'RESPOND'] });
  expect((await app.ask('{ apiKey(id: "unknown") { id } }')).data.apiKey).toBeNull();

  const query = '{ viewer { name scopes apiKey { id state } } }';
  expect((await app.ask(query, {}, key)).data.viewer).toEqual({
    name: 'the on-call bot',
    scopes: ['READ', 'RESPOND'],
    apiKey: { id: apiKey.id, state: 'ACTIVE' },
  });
  expect((await app.ask(query)).data.viewer).toMatchObject({
    name: expect.stringMatching(/^key:/),
    apiKey: null,
  });
});

test('refusals say what is wrong and make nothing; at most 1,000 keys are live', async () => {
  const app = await startKeyedApp();
  const refused = async (input: object) => {
    const { apiKey, key, errors } = await app.create({ name: 'n', scopes: ['READ'], ...input });
    expect({ apiKey, key }).toEqual({ apiKey: null, key: null });
    return errors.map(({ code, path }: { code: string; path: string[] }) => `${code} ${path.join('.')}`);
  };
  expect(await refused({ name: '  ' })).toEqual(['INVALID input.name']);
  expect(await refused({ name: 'x'.repeat(101), clientMutationKey: '' })).toEqual([
    'INVALID input.name',
    'INVALID input.clientMutationKey',
  ]);
  expect(await refused({ scopes: [], expiresAt: '2020-01-01T00:00:00Z' })).toEqual([
    'INVALID input.scopes',
    'INVALID input.expiresAt',
  ]);
  expect(await app.rows.countDocuments()).toBe(0);
  expect((await app.revoke('unknown')).errors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'id'] }]);

  const { id } = await app.makeKey();
  const row = await app.rows.findOne({ _id: id });
  if (row === null) throw new Error('not kept');
  const copy = (index: number, over: object = {}) => ({
    ...row,
    _id: `${id}-${index}`,
    digest: `${index}`,
    ...over,
  });
  const ended = [{ revokedAt: new Date() }, { expiresAt: new Date() }];
  await app.rows.insertMany([
    ...ended.map((over, index) => copy(index, over)),
    ...Array.from({ length: MAX_LIVE_API_KEYS - 2 }, (_, index) => copy(10 + index)),
  ]);
  await app.makeKey();
  expect((await app.create({ name: 'n', scopes: ['READ'] })).errors).toMatchObject([
    { code: 'CONFLICT', message: expect.stringContaining('1000') },
  ]);
  await app.revoke(id);
  await app.makeKey();
});

test('creating again with the same client key answers with the first, without the key, also when both come at once', async () => {
  const app = await startKeyedApp();
  await apiKeyModel(app.connection).createIndexes();
  const input = { name: 'a bot', scopes: ['READ'], clientMutationKey: 'made-by-me' };
  const answers = await Promise.all(Array.from({ length: 8 }, () => app.create(input)));
  answers.push(await app.create({ ...input, name: 'another name' }));
  expect(new Set(answers.map(({ apiKey }) => apiKey.id)).size).toBe(1);
  expect(answers.filter(({ key }) => key !== null)).toHaveLength(1);
  expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
  expect(await app.rows.countDocuments()).toBe(1);
});

test('revoking ends a key at once and for good; the first to do it stands', async () => {
  const app = await startKeyedApp();
  const [bot, boss] = [await app.makeKey(), await app.makeKey({ name: 'the boss', scopes: ['ADMIN'] })];
  expect((await app.ask('{ __typename }', {}, bot.key)).status).toBe(200);
  const first = await app.revoke(bot.id, boss.key);
  expect(first).toMatchObject({ apiKey: { state: 'REVOKED', revokedBy: 'the boss' }, errors: [] });
  expect((await app.ask('{ __typename }', {}, bot.key)).status).toBe(401);
  expect(await app.revoke(bot.id)).toEqual(first);
});

test('what is done with a key stands on the timeline under its name', async () => {
  const app = await startKeyedApp();
  const { key } = await app.makeKey({ name: 'the on-call bot', scopes: ['RESPOND'] });
  const act = async (mutation: string): Promise<any> => {
    const { data, errors } = await app.ask(`mutation { ${mutation} }`, {}, key);
    expect(errors).toBeUndefined();
    return Object.values(data)[0];
  };
  const id = (await act('createIncident(input: { title: "T" }) { incident { id } }')).incident.id;
  for (const mutation of [
    `acknowledgeIncident(input: { id: "${id}" }) { errors { code } }`,
    `updateIncident(input: { id: "${id}", title: "U" }) { errors { code } }`,
    `addTimelineEntry(input: { incidentId: "${id}", text: "a note" }) { errors { code } }`,
    `addEvidence(input: { incidentId: "${id}", kind: LOG, title: "e", text: "t" }) { errors { code } }`,
    `resolveIncident(input: { id: "${id}" }) { errors { code } }`,
    `reopenIncident(input: { id: "${id}" }) { errors { code } }`,
  ])
    expect((await act(mutation)).errors).toEqual([]);
  const { data } = await app.ask(
    `{ incident(id: "${id}") { timeline(first: 100) { nodes { kind actor } } evidence { nodes { title } } } }`,
  );
  const { timeline, evidence } = data.incident;
  expect(new Set(timeline.nodes.map(({ actor }: { actor: string }) => actor))).toEqual(
    new Set(['the on-call bot']),
  );
  expect(timeline.nodes.map(({ kind }: { kind: string }) => kind).toSorted()).toEqual(
    ['ACKNOWLEDGED', 'NOTE', 'OPENED', 'REOPENED', 'RESOLVED', 'UPDATED'].toSorted(),
  );
  expect(evidence.nodes).toHaveLength(1);
});

test('when a key was last used is recorded, to the minute', async () => {
  const app = await startKeyedApp();
  const { id, key } = await app.makeKey();
  const lastUsed = async (): Promise<string | null> =>
    (await app.ask('query($id: ID!) { apiKey(id: $id) { lastUsedAt } }', { id })).data.apiKey.lastUsedAt;
  expect(await lastUsed()).toBeNull();
  for (let i = 0; i < 20; i++) await app.ask('{ __typename }', {}, key);
  const at = await eventually(lastUsed, (value) => value !== null, {
    withinMs: 3_000,
    what: 'the use is recorded',
  });
  expect(Math.abs(Date.now() - Date.parse(at ?? ''))).toBeLessThan(10_000);
  await app.ask('{ __typename }', {}, key);
  expect(await lastUsed()).toBe(at);
});

test('the list is newest first, by state, in both directions, with its count', async () => {
  const app = await startKeyedApp();
  const keys = [];
  for (let i = 0; i < 7; i++) keys.push(await app.makeKey({ name: `key ${i}` }));
  const ids = keys.map(({ id }) => id).toReversed();
  await app.revoke(ids[1] ?? '');
  await app.rows.updateOne({ _id: ids[2] ?? '' }, { $set: { expiresAt: new Date() } });
  const list = `query($state: [ApiKeyState!], $first: Int, $after: String, $last: Int, $before: String) {
    apiKeys(state: $state, first: $first, after: $after, last: $last, before: $before) {
      totalCount nodes { id } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    } }`;
  const read = async (variables: object): Promise<any> =>
    (await app.ask(list, { ...variables })).data.apiKeys;
  const idsOf = ({ nodes }: { nodes: { id: string }[] }) => nodes.map(({ id }) => id);
  expect(idsOf(await read({}))).toEqual(ids);
  expect((await read({ first: 2 })).totalCount).toBe(7);
  const live = await read({ state: ['ACTIVE'] });
  expect([idsOf(live), live.totalCount]).toEqual([[ids[0], ...ids.slice(3)], 5]);
  expect(idsOf(await read({ state: ['REVOKED', 'EXPIRED'] }))).toEqual([ids[1], ids[2]]);
  expect(idsOf(await read({ state: [] }))).toEqual([]);
  expect(await walk(read, 3, false)).toEqual(ids);
  expect(await walk(read, 3, true)).toEqual(ids);
});
