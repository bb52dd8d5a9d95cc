import {
  GraphQLNonNull,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import type { GraphQLField, GraphQLInputType, GraphQLObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { SCOPES } from '../../../src/access/principal.ts';
import type { Scope } from '../../../src/access/principal.ts';
import { createSchema } from '../../../src/graphql/create-schema.ts';
import { eventually } from '../../support/eventually.ts';
import { startKeyedApp } from './keyed-app.ts';
import type { KeyedApp } from './keyed-app.ts';
import { connectLive } from './live-client.ts';

const schema = createSchema();
const QUERIES = operationsOf('query', schema.getQueryType());
const MUTATIONS = operationsOf('mutation', schema.getMutationType());
const SUBSCRIPTIONS = operationsOf('subscription', schema.getSubscriptionType());

interface Operation {
  name: string;
  /** What the schema's text says. */
  scope: Scope;
  query: string;
  variables: Record<string, unknown>;
}

/** Every field of a root with the least that it can be asked with. */
function operationsOf(kind: string, root: GraphQLObjectType | null | undefined): Operation[] {
  return Object.values(root?.getFields() ?? {}).map((field) => {
    const required = field.args.filter(
      ({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined,
    );
    const declared = required.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
    const given = required.map(({ name }) => `${name}: $${name}`).join(', ');
    const selection = isCompositeType(getNamedType(field.type)) ? ' { __typename }' : '';
    const query = `${kind}${declared && `(${declared})`} { ${field.name}${given && `(${given})`}${selection} }`;
    const variables = Object.fromEntries(required.map(({ name, type }) => [name, leastOf(type)]));
    return { name: field.name, scope: scopeOf(field), query, variables };
  });
}

function scopeOf({ description }: GraphQLField<unknown, unknown>): Scope {
  return SCOPES.find((scope) => description?.includes(`Needs the scope \`${scope}\``)) ?? 'READ';
}

function leastOf(type: GraphQLInputType): unknown {
  if (type instanceof GraphQLNonNull) return leastOf(type.ofType);
  if (isListType(type)) return [leastOf(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const required = Object.values(type.getFields()).filter((field) => isNonNullType(field.type));
    return Object.fromEntries(required.map((field) => [field.name, leastOf(field.type)]));
  }
  const { name } = type;
  return { Int: 1, Float: 1, Boolean: true, DateTime: '2026-01-01T00:00:00.000Z', Sequence: 0 }[name] ?? 'x';
}

/** A key with each set of scopes; one without any can be made by hand alone. */
async function keysOf(app: KeyedApp): Promise<Record<'none' | 'READ' | 'RESPOND' | 'ADMIN', string>> {
  const [none, read, respond, admin] = await Promise.all(
    [['READ'], ['READ'], ['RESPOND'], ['ADMIN']].map((scopes) => app.makeKey({ scopes })),
  );
  await app.rows.updateOne({ _id: none?.id ?? '' }, { $set: { scopes: [] } });
  return {
    none: none?.key ?? '',
    READ: read?.key ?? '',
    RESPOND: respond?.key ?? '',
    ADMIN: admin?.key ?? '',
  };
}

test('every mutation needs more than READ, and so does whatever shows API keys', () => {
  expect(MUTATIONS.filter(({ scope }) => scope === 'READ')).toEqual([]);
  expect(QUERIES.filter(({ scope }) => scope !== 'READ').map(({ name }) => name)).toEqual([
    'apiKey',
    'apiKeys',
  ]);
  expect(
    MUTATIONS.filter(({ scope }) => scope === 'RESPOND')
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual([
    'acknowledgeIncident',
    'addEvidence',
    'addTimelineEntry',
    'createIncident',
    'reopenIncident',
    'resolveIncident',
    'updateIncident',
  ]);
});

test('over HTTP each query and mutation is FORBIDDEN to a key without its scope, and to no other; without a key 401', async () => {
  const app = await startKeyedApp();
  const keys = await keysOf(app);
  expect(QUERIES.length + MUTATIONS.length).toBeGreaterThan(40);
  for (const { name, scope, query, variables } of [...QUERIES, ...MUTATIONS]) {
    const others = { READ: [keys.none], RESPOND: [keys.READ, keys.ADMIN], ADMIN: [keys.READ, keys.RESPOND] }[
      scope
    ];
    for (const key of others) {
      const { data, errors } = await app.ask(query, variables, key);
      expect([name, data?.[name] ?? null, errors?.map(({ extensions }) => extensions)]).toEqual([
        name,
        null,
        [{ code: 'FORBIDDEN', scope }],
      ]);
      expect(errors?.[0]?.message).toContain(scope);
    }
    const { errors = [] } = await app.ask(query, variables, keys[scope]);
    const codes = errors
      .map(({ extensions }) => extensions['code'])
      .filter((code) => code !== 'BAD_USER_INPUT');
    expect([name, codes]).toEqual([name, []]);
    const { status, errors: refused } = await app.ask(query, variables, '');
    expect([name, status, refused?.[0]?.extensions]).toEqual([name, 401, { code: 'UNAUTHENTICATED' }]);
  }
});

test('over WebSocket each subscription is FORBIDDEN to a key without its scope, and to no other; without a key 4403', async () => {
  const app = await startKeyedApp();
  const keys = await keysOf(app);
  expect(SUBSCRIPTIONS.length).toBeGreaterThan(3);
  const forbidden = connectLive(app.url, { Authorization: `Bearer ${keys.none}` });
  for (const { name, scope, query, variables } of SUBSCRIPTIONS) {
    const [error] = await forbidden.follow(query, variables).ended;
    expect([name, error?.extensions]).toEqual([name, { code: 'FORBIDDEN', scope }]);
  }
  const codes: unknown[] = [];
  const allowed = connectLive(app.url, { Authorization: `Bearer ${keys.READ}` });
  for (const { query, variables } of SUBSCRIPTIONS)
    void allowed.follow(query, variables).ended.then((errors) => codes.push(errors[0]?.extensions['code']));
  await eventually(
    () => app.service.live.groups() + codes.length,
    (count) => count === SUBSCRIPTIONS.length,
    {
      withinMs: 5_000,
      what: 'each is followed or refused',
    },
  );
  expect(codes).toEqual(['NOT_FOUND']);
  for (const params of [undefined, { Authorization: 'Bearer nope' }]) {
    const nobody = connectLive(app.url, params);
    nobody.follow(SUBSCRIPTIONS[0]?.query ?? '', {});
    expect(await nobody.closed).toBe(4403);
  }
});
