import { ApolloServerErrorCode, ApolloServerValidationErrorCode } from '@apollo/server/errors';
import { expect, test } from 'vitest';
import { ERROR_CODES } from '../../../src/graphql/errors/coded-error.ts';

/** Codes of Apollo that cannot come out: what they stand for is told otherwise, or is switched on. */
const NEVER = [
  'INTERNAL_SERVER_ERROR',
  'MAX_RECURSIVE_SELECTIONS_EXCEEDED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
];

test('all codes that Apollo knows are described in the schema, or cannot come out', () => {
  const known = new Set<string>(ERROR_CODES);
  const apollo = [
    ...Object.values(ApolloServerErrorCode),
    ...Object.values(ApolloServerValidationErrorCode),
  ] as string[];
  expect(apollo.filter((code) => !known.has(code)).sort()).toEqual(NEVER);
});
