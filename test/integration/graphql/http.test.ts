import { expect, test } from 'vitest';
import { UnavailableError } from '../../../src/domain/submission.ts';
import { createIncidentReader } from '../../../src/store/incident-reader.ts';
import { openConnection } from '../../../src/store/connection.ts';
import { testDatabaseUri } from '../../support/test-database.ts';
import { startGraphqlApp } from './graphql-app.ts';
import type { Answer, GraphqlApp } from './graphql-app.ts';

async function post(
  app: GraphqlApp,
  body: string,
  headers: Record<string, string> = {},
): Promise<Answer & { response: Response }> {
  const response = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  return { response, status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) };
}

const code = ({ errors }: Answer): unknown => errors?.[0]?.extensions['code'];

test('with keys required every operation needs one, the schema too', async () => {
  const app = await startGraphqlApp({ apiKeys: ['k'.repeat(32)] });
  const query = '{"query":"{ __typename }"}';
  const without = await post(app, query);
  expect(without.status).toBe(401);
  expect(without.response.headers.get('www-authenticate')).toMatch(/^Bearer/);
  expect(code(without)).toBe('UNAUTHENTICATED');
  expect((await post(app, query, { authorization: 'Bearer nope' })).status).toBe(401);
  expect((await post(app, query, { authorization: `Bearer ${'k'.repeat(32)}` })).data).toEqual({
    __typename: 'Query',
  });
  expect((await post(app, query, { 'x-api-key': 'k'.repeat(32) })).status).toBe(200);
});

test('an action is signed with the name of the key', async () => {
  const app = await startGraphqlApp({ apiKeys: ['k'.repeat(32)] });
  const { data } = await app.ask('mutation { createIncident(input: { title: "T" }) { incident { id } } }');
  const { id } = data.createIncident.incident;
  await app.ask('mutation($id: ID!) { resolveIncident(input: { id: $id }) { errors { code } } }', { id });
  const timeline = await app.ask(
    'query($id: ID!) { incident(id: $id) { timeline { nodes { kind actor } } } }',
    { id },
  );
  expect(timeline.data.incident.timeline.nodes).toContainEqual({
    kind: 'RESOLVED',
    actor: expect.stringMatching(/^key:/),
  });
});

test('what is too deep, too long or malformed is refused before anything runs', async () => {
  const app = await startGraphqlApp();
  const ask = async (query: string, variables?: object): Promise<[number, unknown]> => {
    const answer = await post(app, JSON.stringify({ query, variables }));
    return [answer.status, code(answer)];
  };
  const deep = (levels: number): string =>
    `{ incidents(first: 1) { nodes ${'{ events(first: 1) { nodes { incident '.repeat(levels)} { id } ${'} } }'.repeat(levels)} } }`;
  expect(await ask(deep(3))).toEqual([200, undefined]);
  expect(await ask(deep(4))).toEqual([400, 'TOO_COMPLEX']);
  const inFragments = `{ incidents { nodes { ...A } } } ${['A', 'B', 'C', 'D']
    .map(
      (name, index, all) =>
        `fragment ${name} on Incident { events { nodes { incident { ${all[index + 1] ? `...${all[index + 1]}` : 'id'} } } } }`,
    )
    .join(' ')}`;
  expect(await ask(inFragments)).toEqual([400, 'TOO_COMPLEX']);
  expect(await ask(`{ ${'a: __typename '.repeat(2000)} }`)).toEqual([400, 'TOO_COMPLEX']);
  expect((await ask('{ incidents '))[1]).toBe('GRAPHQL_PARSE_FAILED');
  expect(
    await ask('query($at: DateTime) { incidents(filter: { openedAt: { from: $at } }) { nodes { id } } }', {
      at: 'yesterday',
    }),
  ).toEqual([400, 'BAD_USER_INPUT']);
  expect((await ask(`{ incidents(filter: { service: [${'"x" '.repeat(51)}] }) { nodes { id } } }`))[1]).toBe(
    'BAD_USER_INPUT',
  );
  expect(await ask('subscription { events { sequence } }')).toEqual([400, 'SUBSCRIPTIONS_NEED_WEBSOCKET']);
  const malformed = await post(app, '{"query":');
  expect([malformed.status, code(malformed)]).toEqual([400, 'BAD_REQUEST']);
});

test('the usual introspection query is answered', async () => {
  const { getIntrospectionQuery } = await import('graphql');
  const app = await startGraphqlApp();
  const { data, errors } = await app.ask(getIntrospectionQuery({ descriptions: true }));
  expect(errors).toBeUndefined();
  expect(data.__schema.queryType.name).toBe('Query');
});

test('a form of another page cannot post: only JSON and requests that a browser asks leave for are taken', async () => {
  const app = await startGraphqlApp();
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    const answer = await post(app, '{"query":"{ __typename }"}', { 'content-type': type });
    expect(answer.status).toBe(400);
    expect(answer.data).toBeUndefined();
  }
  const get = await fetch(`${app.url}/graphql?query=%7B__typename%7D`);
  expect(get.status).toBe(400);
  const preflighted = await fetch(`${app.url}/graphql?query=%7B__typename%7D`, {
    headers: { 'apollo-require-preflight': '1' },
  });
  expect(await preflighted.json()).toEqual({ data: { __typename: 'Query' } });
});

test('while nothing can be committed the answer is 503 with Retry-After', async () => {
  const committer = { submit: () => Promise.reject(new UnavailableError('the queue is full', 3)) };
  const app = await startGraphqlApp({ over: { committer } });
  const answer = await post(
    app,
    JSON.stringify({ query: 'mutation { createIncident(input: { title: "T" }) { errors { code } } }' }),
  );
  expect(answer.status).toBe(503);
  expect(answer.response.headers.get('retry-after')).toBe('3');
  expect(answer.errors).toMatchObject([
    { message: 'the queue is full', extensions: { code: 'UNAVAILABLE', retryAfterSeconds: 3 } },
  ]);
});

test('a database that went away is UNAVAILABLE', async () => {
  const gone = await openConnection(testDatabaseUri());
  const incidents = createIncidentReader(gone);
  await gone.close();
  const app = await startGraphqlApp({ over: { incidents } });
  const answer = await app.ask('{ incidents { nodes { id } } }');
  expect([answer.status, code(answer)]).toEqual([503, 'UNAVAILABLE']);
});

test('a bug is hidden behind an id', async () => {
  const committer = { submit: () => Promise.reject(new Error('secret detail')) };
  const app = await startGraphqlApp({ over: { committer } });
  const answer = await app.ask('mutation { createIncident(input: { title: "T" }) { errors { code } } }');
  expect(JSON.stringify(answer)).not.toContain('secret detail');
  expect(answer.errors).toMatchObject([
    { path: ['createIncident'], extensions: { code: 'INTERNAL', errorId: expect.any(String) } },
  ]);
});
