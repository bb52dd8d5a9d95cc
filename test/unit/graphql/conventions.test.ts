import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
} from 'graphql';
import type { GraphQLField, GraphQLInterfaceType, GraphQLObjectType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { createSchema } from '../../../src/graphql/create-schema.ts';

const schema = createSchema();
const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
const composite = types.filter((type) => isObjectType(type) || isInterfaceType(type));
const enums = types.filter(isEnumType);
const inputs = types.filter(isInputObjectType);
const connections = composite.filter(({ name }) => name.endsWith('Connection'));

type Composite = GraphQLObjectType | GraphQLInterfaceType;
type Field = GraphQLField<unknown, unknown>;

const fieldsOf = (type: Composite): Field[] => Object.values(type.getFields());
const typesOf = (type: Composite): Record<string, string> =>
  Object.fromEntries(fieldsOf(type).map((field) => [field.name, String(field.type)]));
const allFields = composite.flatMap((type) =>
  fieldsOf(type).map((field): [path: string, field: Field] => [`${type.name}.${field.name}`, field]),
);
const paths = (fields: [string, Field][]): string[] => fields.map(([path]) => path);

describe('a list', () => {
  test('is a connection with edges, nodes, pageInfo and, where it can be told, how many there are', () => {
    expect(connections.length).toBeGreaterThan(10);
    for (const connection of connections) {
      const item = connection.name.replace(/Connection$/, '');
      const { totalCount, ...others } = typesOf(connection);
      expect(others).toEqual({ edges: `[${item}Edge!]!`, nodes: `[${item}!]!`, pageInfo: 'PageInfo!' });
      expect(totalCount, connection.name).toMatch(/^Int!?$/);
      const edge = schema.getType(`${item}Edge`);
      expect(isObjectType(edge) && typesOf(edge)).toEqual({ cursor: 'String!', node: `${item}!` });
    }
  });

  test('is read from both ends, its filter is one input or a few values, and its order an enum', () => {
    const lists = allFields.filter(([, { type }]) => connections.some((one) => one === getNamedType(type)));
    expect(lists.length).toBeGreaterThan(15);
    for (const [path, { type, args }] of lists) {
      expect(isNonNullType(type), path).toBe(true);
      const given = Object.fromEntries(args.map((arg) => [arg.name, String(arg.type)]));
      expect(given, path).toMatchObject({ first: 'Int', after: 'String', last: 'Int', before: 'String' });
      for (const arg of args) {
        const named = getNamedType(arg.type);
        if (isInputObjectType(named))
          expect([arg.name, named.name], path).toEqual(['filter', expect.stringMatching(/Filter$/)]);
        if (arg.name !== 'orderBy') continue;
        expect(isEnumType(named) && named.name, path).toMatch(/Order$/);
        expect(arg.defaultValue, path).toBeDefined();
      }
    }
  });

  test('of objects that can grow in number is no plain list', () => {
    const readable = (type: unknown): boolean =>
      (isObjectType(type) || isInterfaceType(type)) && 'id' in type.getFields();
    const plain = allFields.filter(
      ([path, { type }]) =>
        isListType(getNullableType(type)) && readable(getNamedType(type)) && !/Connection\./.test(path),
    );
    // What one webhook brought about, and secrets, of which a source has three at most.
    expect(paths(plain).sort()).toEqual(['Receipt.deployments', 'Receipt.incidents', 'Source.secrets']);
  });

  test('and what it holds is never null', () => {
    const bare = allFields.filter(([, { type }]) => {
      const list = getNullableType(type);
      return isListType(list) && !(isNonNullType(type) && isNonNullType(list.ofType));
    });
    expect(paths(bare)).toEqual([]);
  });
});

describe('a filter', () => {
  test('asks for nothing: each of its fields may be left out', () => {
    const filters = inputs.filter(({ name }) => name.endsWith('Filter') || name.endsWith('Range'));
    expect(filters.length).toBeGreaterThan(6);
    const required = filters.flatMap((filter) =>
      Object.values(filter.getFields()).flatMap((field) =>
        isNonNullType(field.type) ? [`${filter.name}.${field.name}`] : [],
      ),
    );
    expect(required).toEqual([]);
  });
});

describe('a mutation', () => {
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});

  test('is a verb and an object, and takes one input that no other takes', () => {
    const verbs =
      /^(create|update|delete|add|acknowledge|resolve|reopen|rotate|retire|revoke|replay|redeliver|recover|cancel|pause|resume|send|promote)/;
    expect(mutations.length).toBeGreaterThan(15);
    for (const { name, args } of mutations) {
      expect(name).toMatch(verbs);
      expect(args.map((arg) => `${arg.name}: ${String(arg.type)}`)).toEqual([
        `input: ${capitalised(name)}Input!`,
      ]);
    }
  });

  test('answers with errors, and with objects that are null where it was refused', () => {
    for (const { name, type } of mutations) {
      expect(String(type)).toBe(`${capitalised(name)}Payload!`);
      const payload = getNamedType(type);
      const { errors, ...objects } = isObjectType(payload) ? typesOf(payload) : {};
      expect(errors, name).toBe('[UserError!]!');
      expect(Object.keys(objects).length, name).toBeGreaterThan(0);
      for (const object of Object.values(objects)) expect(object, name).not.toMatch(/!$/);
    }
  });

  test('that makes something takes a key, so that it can be asked for again', () => {
    const makes = mutations.filter(({ name }) => /^(create|add)/.test(name));
    expect(makes.length).toBeGreaterThan(5);
    for (const { name } of makes) {
      const input = schema.getType(`${capitalised(name)}Input`);
      expect(isInputObjectType(input) && String(input.getFields()['clientMutationKey']?.type), name).toBe(
        'String',
      );
    }
  });
});

describe('a name', () => {
  test('ends in At where it is a time, but for the ends of ranges', () => {
    const bounds = [
      'from',
      'until',
      'since',
      'at',
      'pausedUntil',
      'failingSince',
      'workedUpTo',
      'secretOverlapUntil',
    ];
    const times = allFields.filter(([, { type }]) => getNamedType(type).name === 'DateTime');
    expect(times.length).toBeGreaterThan(40);
    const others = times.filter(([, { name }]) => !name.endsWith('At') && !bounds.includes(name));
    expect(paths(others)).toEqual([]);
    const wrong = allFields.filter(
      ([, { name, type }]) => /[a-z]At$/.test(name) && getNamedType(type).name !== 'DateTime',
    );
    expect(paths(wrong)).toEqual([]);
  });

  test('says the unit of a duration', () => {
    const durations = allFields.filter(([, { name }]) => /duration|latency|p\d\d|median/i.test(name));
    expect(durations.length).toBeGreaterThan(3);
    for (const [path, { name, type }] of durations) {
      if (isScalarType(getNamedType(type))) expect(name, path).toMatch(/Ms$|Seconds$/);
    }
  });

  test('of an enum does not say Enum, and its values shout', () => {
    for (const type of enums) {
      expect(type.name).not.toMatch(/Enum$/);
      for (const value of type.getValues()) expect(value.name).toMatch(/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/);
    }
  });

  test('of a field or an argument begins small, and of a type large', () => {
    for (const [path, field] of allFields) {
      expect(field.name, path).toMatch(/^[a-z][A-Za-z0-9]*$/);
      for (const arg of field.args) expect(arg.name, path).toMatch(/^[a-z][A-Za-z0-9]*$/);
    }
    for (const { name } of types) expect(name).toMatch(/^[A-Z][A-Za-z0-9]*$/);
  });
});

describe('an object', () => {
  const entities = composite.filter((type) => 'id' in type.getFields() && !isImplementation(type));

  test('with an id can be read by it, from the root', () => {
    const byId = new Map(
      Object.values(schema.getQueryType()?.getFields() ?? {})
        .filter(({ args }) => args.length === 1 && args[0]?.name === 'id')
        .map(({ type }) => [getNamedType(type).name, String(type)]),
    );
    // A secret is part of its source, an entry of its timeline.
    const parts = ['SourceSecret', 'TimelineEntry', 'WebhookEndpointSecret'];
    const missing = entities.filter(({ name }) => byId.get(name) !== name && !parts.includes(name));
    expect(missing.map(({ name }) => name)).toEqual([]);
  });

  test('shows what it belongs to as an object, not as an id', () => {
    const foreign = allFields.filter(
      ([path, { name, type }]) => name !== 'id' && getNamedType(type).name === 'ID' && !isOfPast(path),
    );
    expect(paths(foreign)).toEqual([]);
  });

  test('has an id that tells nothing: no number, and no name of the database', () => {
    for (const { name } of types) expect(name).not.toMatch(/ObjectId|Mongo|Bson/i);
    for (const [path, { name }] of allFields) expect(name, path).not.toMatch(/^_|objectId|mongo|__v/i);
    const ids = allFields.filter(([, { name }]) => name === 'id');
    for (const [path, { type }] of ids) expect(String(type), path).toBe('ID!');
  });
});

test('what is deprecated says what to use instead', () => {
  const reasons = allFields.flatMap(([, { deprecationReason }]) => deprecationReason ?? []);
  for (const reason of reasons) expect(reason).toMatch(/^Use `/);
});

function capitalised(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function isImplementation(type: Composite): boolean {
  return type.getInterfaces().length > 0;
}

/** What an event keeps of an object has its id, so that caches do not take it for the object as it is now. */
function isOfPast(path: string): boolean {
  return /^(IncidentSnapshot|TimelineEntrySnapshot|EvidenceSnapshot|Previewed\w+)\./.test(path);
}
