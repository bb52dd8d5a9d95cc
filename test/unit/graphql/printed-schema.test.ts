import { readFileSync } from 'node:fs';
import { buildSchema, printSchema } from 'graphql';
import { describe, expect, test } from 'vitest';
import { findBreaks } from '../../../codegen/find-breaks.ts';
import { printApi } from '../../../codegen/print-api.ts';
import { refuseUndeclaredBreaks } from '../../../codegen/refuse-undeclared-breaks.ts';
import { createSchema } from '../../../src/graphql/create-schema.ts';

const printed = readFileSync(new URL('../../../schema/schema.graphql', import.meta.url), 'utf8');

describe('schema/schema.graphql', () => {
  test('breaks with nothing that clients know, unless schema/breaking-changes.json says so', () => {
    expect(() => refuseUndeclaredBreaks(printApi())).not.toThrow();
  });

  test('is the schema that the server answers by (npm run codegen)', () => {
    expect(printApi()).toBe(printed);
    expect(`${printSchema(createSchema())}\n`).toBe(printed);
  });

  test('is not overwritten by one without a field, and the refusal says what to do', () => {
    const narrowed = printed.replace('secretOverlapUntil:', 'until:');
    expect(narrowed).not.toBe(printed);
    expect(() => refuseUndeclaredBreaks(narrowed)).toThrow(
      /"change":"WebhookEndpoint\.secretOverlapUntil was removed\.".*schema\/breaking-changes\.json/s,
    );
  });
});

describe('a breaking change', () => {
  const SDL = `
    type Query {
      "Reads.\\n\\nNeeds the scope \`RESPOND\`."
      read(id: ID! limit: Int = 25 filter: Filter): Thing
      list: [Thing!]!
    }
    input Filter { kind: Kind = ONE hours: Float! = 24 }
    enum Kind { ONE TWO }
    type Thing { id: ID! name: String! }
  `;
  const breaks = (from: string, to: string): string[] => {
    const changed = SDL.replace(from, to);
    expect(changed).not.toBe(SDL);
    return findBreaks(buildSchema(SDL), buildSchema(changed));
  };

  test.each([
    ['a field that goes', ' name: String!', '', 'Thing.name was removed.'],
    [
      'a field that may be null',
      'name: String!',
      'name: String',
      'Thing.name changed type from String! to String.',
    ],
    [
      'an argument that must be given',
      'list:',
      'list(a: Int!):',
      'A required arg a on Query.list was added.',
    ],
    ['a value that goes', 'ONE TWO', 'ONE', 'TWO was removed from enum type Kind.'],
    ['another default', '= 25', '= 10', 'Query.read arg limit has changed defaultValue from 25 to 10.'],
    [
      'another default in an input',
      'Kind = ONE',
      'Kind = TWO',
      'Filter.kind has changed defaultValue from ONE to TWO.',
    ],
    [
      'an input that must be given',
      'Float! = 24',
      'Float!',
      'Filter.hours has changed defaultValue from 24 to none.',
    ],
    ['a scope that asks for more', 'RESPOND', 'ADMIN', 'Query.read needs ADMIN, formerly RESPOND.'],
  ])('is %s', (_, from, to, sentence) => {
    expect(breaks(from, to)).toEqual([sentence]);
  });

  test.each([
    ['a new field', 'name: String!', 'name: String! note: String'],
    ['a new value', 'ONE TWO', 'ONE TWO THREE'],
    ['a new optional argument', 'list:', 'list(a: Int):'],
    ['a field that is never null any more', 'filter: Filter): Thing', 'filter: Filter): Thing!'],
    ['a scope that is needed no more', 'Needs the scope `RESPOND`.', 'For everybody.'],
    ['another description', 'Reads.', 'Reads one.'],
  ])('is not %s', (_, from, to) => {
    expect(breaks(from, to)).toEqual([]);
  });
});
