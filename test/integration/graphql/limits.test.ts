import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { getIntrospectionQuery } from 'graphql';
import type { Answer } from './graphql-app.ts';
import { startServedApp } from './served-app.ts';
import { openSpokenSocket } from './spoken-socket.ts';

const extensionsOf = ({ errors }: Answer): unknown => errors?.[0]?.extensions;

const times = (count: number, piece: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => piece(index)).join(' ');

/** Operations at a limit and one beyond it: `fields` of an incident, which a query and a subscription both ask for. */
const LIMITS = [
  ['aliases', 30, (count: number) => times(count, (index) => `a${index}: title`)],
  ['directives', 50, (count: number) => times(count, () => 'id @skip(if: false)')],
  ['fields', 500, (count: number) => times(count - 2, () => 'id')],
  ['depth', 12, (count: number) => nested(count - 2)],
] as const;

/** From 1, in steps of one. */
function nested(levels: number): string {
  if (levels <= 2) return levels === 1 ? 'id' : 'events(first: 1) { totalCount }';
  return `events(first: 1) { nodes { ${levels === 3 ? 'id' : `incident { ${nested(levels - 3)} }`} } }`;
}

test('operations at a limit run and those beyond are refused, the same over HTTP and WebSocket', async () => {
  const { app, url } = await startServedApp();
  const socket = await openSpokenSocket(url);
  for (const [limit, maximum, fields] of LIMITS) {
    const refused = { code: 'TOO_COMPLEX', limit, maximum, actual: maximum + 1 };
    const query = (count: number) => `{ incidents(first: 1) { nodes { ${fields(count)} } } }`;
    expect(extensionsOf(await app.ask(query(maximum)))).toBeUndefined();
    expect(extensionsOf(await app.ask(query(maximum + 1)))).toEqual(refused);
    const subscription = `subscription { events { incident { ${fields(maximum + 1)} } } }`;
    expect(await socket.refused({ query: subscription })).toEqual(refused);
  }
  const roots = (count: number) => `{ ${times(count, () => '__typename')} }`;
  expect(extensionsOf(await app.ask(roots(20)))).toBeUndefined();
  expect(extensionsOf(await app.ask(roots(21)))).toMatchObject({ limit: 'rootFields', actual: 21 });
  const documents = times(11, (index) => `query Q${index} { __typename }`);
  expect(extensionsOf(await app.ask(documents))).toMatchObject({ limit: 'operations', actual: 11 });
  const tokens = `subscription { events { ${'id '.repeat(2_000)} } }`;
  expect(await socket.refused({ query: tokens })).toEqual({
    code: 'TOO_COMPLEX',
    limit: 'tokens',
    maximum: 2_000,
  });
});

test('what lists cost is told before anything is read, and pages and filters that are too large are refused', async () => {
  const { app, url } = await startServedApp();
  const socket = await openSpokenSocket(url);
  const query = 'query($n: Int) { incidents(first: $n) { nodes { events(first: 100) { nodes { id } } } } }';
  expect(extensionsOf(await app.ask(query, { n: 90 }))).toBeUndefined();
  const refused = { code: 'TOO_COMPLEX', limit: 'cost', maximum: 10_000, actual: 10_111 };
  expect(extensionsOf(await app.ask(query, { n: 91 }))).toEqual(refused);
  const manyQueries = times(29, (index) => `a${index}: timeline(first: 1) { nodes { id } }`);
  expect(extensionsOf(await app.ask(`{ incidents(first: 100) { nodes { ${manyQueries} } } }`))).toMatchObject(
    { ...refused, actual: 110 + 100 * 29 * 11 },
  );
  expect(
    await socket.refused({
      query: `subscription($n: Int) { events { incident { events(first: 50) { nodes { timeline: incident { timeline(first: $n) { nodes { id } } } } } } } }`,
      variables: { n: 8 },
    }),
  ).toEqual({ ...refused, maximum: 1_000, actual: 1 + 1 + 60 + 50 * (1 + 18) });
  const statistics = times(
    20,
    (index) => `p${index}: incidentStatistics(from: "2026-01-01T00:00:00Z") { count }`,
  );
  expect(extensionsOf(await app.ask(`{ ${statistics} }`))).toMatchObject({ ...refused, actual: 100_000 });

  expect(extensionsOf(await app.ask('{ incidents(first: 101) { nodes { id } } }'))).toEqual({
    code: 'BAD_USER_INPUT',
    limit: 'first',
    maximum: 100,
    actual: 101,
  });
  const services = JSON.stringify(Array.from({ length: 51 }, (_, index) => `s${index}`));
  const tooMany = { code: 'BAD_USER_INPUT', limit: 'filter.service', maximum: 50, actual: 51 };
  const filtered = `{ incidents(filter: { service: ${services} }) { nodes { id } } }`;
  expect(extensionsOf(await app.ask(filtered))).toEqual(tooMany);
  const subscription = `subscription { events(filter: { service: ${services} }) { id } }`;
  expect(await socket.refused({ query: subscription })).toEqual(tooMany);
});

test('with introspection off nobody is told what the schema holds, and wrong names are not put right', async () => {
  const { app, url } = await startServedApp({ over: { introspection: false } });
  const socket = await openSpokenSocket(url);
  for (const query of [getIntrospectionQuery(), '{ __type(name: "Query") { name } }']) {
    const answer = await app.ask(query);
    expect([answer.status, extensionsOf(answer)]).toEqual([400, { code: 'INTROSPECTION_DISABLED' }]);
    expect(await socket.refused({ query })).toEqual({ code: 'INTROSPECTION_DISABLED' });
  }
  expect(await socket.refused({ query: 'subscription { __schema { types { name } } }' })).toEqual({
    code: 'INTROSPECTION_DISABLED',
  });
  expect((await app.ask('{ __typename }')).data).toEqual({ __typename: 'Query' });
  const { errors } = await app.ask('{ incident(id: "x") { titel } }');
  expect(errors?.[0]?.message).not.toContain('title');
});

test('a list of operations, a body over 64 KB and whatever is no GraphQL request are answered in the form of GraphQL', async () => {
  const { post, url } = await startServedApp();
  const answer = await post('[{"query":"{ __typename }"}]');
  expect([answer.status, extensionsOf(answer)]).toEqual([400, { code: 'BATCHING_NOT_SUPPORTED' }]);
  const socket = await openSpokenSocket(url);
  socket.send('[{"id":"1","type":"subscribe","payload":{"query":"subscription { events { id } }"}}]');
  expect(await socket.closed).toEqual({
    code: 4400,
    reason: 'BATCHING_NOT_SUPPORTED: a frame holds one message, not a list of them',
  });

  const body = (size: number): string => {
    const frame = '{"query":"{ __typename }","variables":{"text":""}}';
    return frame.replace('""', `"${'x'.repeat(size - frame.length)}"`);
  };
  expect((await post(body(65_536))).data).toEqual({ __typename: 'Query' });
  const large = await post(body(65_537));
  expect([large.status, extensionsOf(large)]).toEqual([
    413,
    { code: 'PAYLOAD_TOO_LARGE', limit: 'body', maximum: 65_536 },
  ]);

  const json = { 'content-type': 'application/json' };
  const cases: [number, string, RequestInit, string?][] = [
    [415, 'BAD_REQUEST', { method: 'POST', headers: { ...json, 'content-encoding': 'gzip' }, body: '{}' }],
    [400, 'BAD_REQUEST', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' }],
    [400, 'BAD_REQUEST', { method: 'POST', headers: { 'content-type': 'application/xml' }, body: '<a/>' }],
    [400, 'BAD_REQUEST', { method: 'POST', headers: json, body: '{"query":' }],
    [400, 'BAD_REQUEST', { method: 'POST', headers: json, body: '' }],
    [400, 'BAD_REQUEST', { method: 'POST', headers: json, body: '"text"' }],
    [400, 'BAD_REQUEST', { method: 'POST', headers: json, body: '{}' }],
    [400, 'BAD_REQUEST', { method: 'POST', headers: json, body: '{"variables":{}}' }],
    [400, 'BAD_REQUEST', { method: 'POST', headers: json, body: '{"query":{}}' }],
    [
      400,
      'BAD_REQUEST',
      { method: 'POST', headers: json, body: '{"query":"{ __typename }","variables":[]}' },
    ],
    [
      400,
      'BAD_USER_INPUT',
      { method: 'POST', headers: json, body: '{"query":"{ __typename }","operationName":"B"}' },
    ],
    [400, 'BAD_REQUEST', { headers: json }],
    [400, 'BAD_REQUEST', {}, '?query=%7B__typename%7D'],
    [400, 'GRAPHQL_PARSE_FAILED', { headers: json }, '?query=%7B'],
    [
      405,
      'BAD_REQUEST',
      { headers: json },
      `?query=${encodeURIComponent('mutation { acknowledgeIncident(input: { id: "x" }) { errors { code } } }')}`,
    ],
    [405, 'BAD_REQUEST', { method: 'PUT', headers: json, body: '{"query":"{ __typename }"}' }],
    [405, 'BAD_REQUEST', { method: 'DELETE', headers: json }],
    [405, 'BAD_REQUEST', { method: 'POST', headers: json, body: '{}' }, '/assets/x'],
  ];
  for (const [status, code, init, rest = ''] of cases) {
    const response = await fetch(`${url}/graphql${rest}`, init);
    const { errors, ...others } = (await response.json()) as { errors: Answer['errors'] };
    expect([init, rest, response.status, errors?.[0]?.extensions]).toEqual([init, rest, status, { code }]);
    expect(errors?.[0]?.message).toMatch(/\w/);
    expect(others).toEqual({});
  }
});

test('a query that was sent once with its hash is asked for by its hash, within the same limits', async () => {
  const { post, url } = await startServedApp();
  const query = 'query($n: Int) { incidents(first: $n) { nodes { id } } }';
  const sha256Hash = createHash('sha256').update(query).digest('hex');
  const extensions = { persistedQuery: { version: 1, sha256Hash } };
  const byHash = JSON.stringify({ extensions, variables: { n: 1 } });

  const unknown = await post(byHash);
  expect([unknown.status, extensionsOf(unknown)]).toEqual([200, { code: 'PERSISTED_QUERY_NOT_FOUND' }]);
  expect(unknown.errors?.[0]?.message).toBe('PersistedQueryNotFound');
  expect((await post(JSON.stringify({ query, extensions }))).data).toEqual({ incidents: { nodes: [] } });
  expect((await post(byHash)).data).toEqual({ incidents: { nodes: [] } });

  const search = new URLSearchParams({ extensions: JSON.stringify(extensions) });
  const get = (headers: Record<string, string>) => fetch(`${url}/graphql?${search.toString()}`, { headers });
  expect(await (await get({ 'apollo-require-preflight': '1' })).json()).toEqual({
    data: { incidents: { nodes: [] } },
  });
  expect((await get({})).status).toBe(400);

  const other = await post(JSON.stringify({ query: '{ __typename }', extensions }));
  expect([other.status, other.data]).toEqual([400, undefined]);

  const costly = 'query($n: Int) { incidents(first: $n) { nodes { events(first: 100) { nodes { id } } } } }';
  const large = `{ ${times(31, (index) => `a${index}: __typename`)} }`;
  const persisted = (text: string) => ({
    persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(text).digest('hex') },
  });
  await post(JSON.stringify({ query: costly, extensions: persisted(costly), variables: { n: 1 } }));
  const limited = await post(JSON.stringify({ extensions: persisted(costly), variables: { n: 100 } }));
  expect(extensionsOf(limited)).toMatchObject({ code: 'TOO_COMPLEX', limit: 'cost' });
  await post(JSON.stringify({ query: large, extensions: persisted(large) }));
  const refused = await post(JSON.stringify({ extensions: persisted(large) }));
  expect(extensionsOf(refused)).toEqual({ code: 'PERSISTED_QUERY_NOT_FOUND' });
});
