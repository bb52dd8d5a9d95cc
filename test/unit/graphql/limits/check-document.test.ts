import { createHash } from 'node:crypto';
import { getIntrospectionQuery, parse } from 'graphql';
import type { DocumentNode } from 'graphql';
import { expect, test } from 'vitest';
import { createSchema } from '../../../../src/graphql/create-schema.ts';
import { createDocumentCheck } from '../../../../src/graphql/limits/check-document.ts';
import { createRememberedDocuments } from '../../../../src/graphql/limits/remembered-documents.ts';
import { ATTACKS } from '../../../support/attacks.ts';

const schema = createSchema();

function queries(): { name: string; query: string }[] {
  return ATTACKS.flatMap(({ name, body }) => {
    if (body.startsWith('[')) return [];
    const { query } = JSON.parse(body) as { query: string };
    return [{ name, query }];
  });
}

test.each(queries())('looking at $name takes a few milliseconds', ({ query }) => {
  const times = Array.from({ length: 5 }, () => {
    const { check } = createDocumentCheck(schema, true);
    const begunAt = performance.now();
    check(query);
    return performance.now() - begunAt;
  });
  expect(Math.min(...times)).toBeLessThan(30);
});

test('tools that ask for the whole schema are within the limits', () => {
  const { check } = createDocumentCheck(schema, true);
  expect(
    check(getIntrospectionQuery({ descriptions: true, oneOf: true, schemaDescription: true })),
  ).toHaveProperty('document');
});

test('at most 20 errors are told of a document', () => {
  const checked = createDocumentCheck(schema, true).check(
    `{ incidents { nodes { ${Array.from({ length: 100 }, (_, index) => `wrong${index}`).join(' ')} } } }`,
  );
  expect('errors' in checked && checked.errors.length).toBe(21);
});

function ofTokens(count: number): DocumentNode {
  return parse(`{ ${'a '.repeat(count - 2)}}`);
}

test('what is remembered stays within its bound, the least used is forgotten first', () => {
  const documents = createRememberedDocuments(100);
  const document = ofTokens(30);
  for (const name of ['a', 'b', 'c']) documents.set(name, document);
  expect(documents.get('a')).toBe(document);
  documents.set('d', document);
  expect(['a', 'b', 'c', 'd'].map((name) => documents.get(name) !== undefined)).toEqual([
    true,
    false,
    true,
    true,
  ]);
  documents.set('a', ofTokens(101));
  expect(['a', 'c', 'd'].map((name) => documents.get(name))).toEqual([undefined, undefined, undefined]);
  const whole = ofTokens(100);
  documents.set('e', whole);
  expect(documents.get('e')).toBe(whole);
});

/** How many of `texts` are remembered at the end. */
function rememberedOf(texts: readonly string[]): number {
  const { check, valid } = createDocumentCheck(schema, true);
  for (const text of texts) check(text);
  return texts.filter((text) => valid(createHash('sha256').update(text).digest('hex'))).length;
}

const commented = (lines: number) => (_: unknown, index: number) =>
  `{ __typename }${'#\n'.repeat(lines)}#${index}`;

test('what is no token of a document takes of the memory too, and a document of comments has no place', () => {
  expect(rememberedOf(Array.from({ length: 3 }, commented(30_000)))).toBe(0);
  expect(rememberedOf(Array.from({ length: 100 }, commented(4_000)))).toBeLessThanOrEqual(60);
  expect(rememberedOf(Array.from({ length: 100 }, commented(10)))).toBe(100);
});

test('a document that is refused is not kept, and is refused again', () => {
  const { check } = createDocumentCheck(schema, true);
  const errorsOf = (text: string) => {
    const checked = check(text);
    return 'errors' in checked ? checked.errors : [];
  };
  for (const text of ['{ nothing }', `{ ${'a: __typename '.repeat(31)}}`, '{']) {
    const [first] = errorsOf(text);
    const [again] = errorsOf(text);
    expect(again).toEqual(first);
    expect(again).not.toBe(first);
    expect(again).toBeDefined();
  }
});
