import { getIntrospectionQuery } from 'graphql';
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

test('what is remembered stays within its bound, the least used is forgotten first', () => {
  const documents = createRememberedDocuments(100);
  const checked = { errors: [] };
  for (const name of ['a', 'b', 'c']) documents.set(name, checked, 30);
  expect(documents.get('a')).toBe(checked);
  documents.set('d', checked, 30);
  expect(['a', 'b', 'c', 'd'].map((name) => documents.get(name) !== undefined)).toEqual([
    true,
    false,
    true,
    true,
  ]);
  documents.set('a', checked, 101);
  expect(['a', 'c', 'd'].map((name) => documents.get(name))).toEqual([undefined, undefined, undefined]);
  documents.set('e', checked, 100);
  expect(documents.get('e')).toBe(checked);
});
