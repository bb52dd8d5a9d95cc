import { GraphQLError } from 'graphql';

/** All that `extensions.code` of a top-level error can be: `enum ErrorCode` of the schema describes each. */
export const ERROR_CODES = [
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'BATCHING_NOT_SUPPORTED',
  'FORBIDDEN',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'INTERNAL',
  'INTROSPECTION_DISABLED',
  'NOT_FOUND',
  'PAYLOAD_TOO_LARGE',
  'PERSISTED_QUERY_NOT_FOUND',
  'SEQUENCE_AHEAD',
  'SEQUENCE_EXPIRED',
  'SUBSCRIPTIONS_NEED_WEBSOCKET',
  'SUBSCRIPTIONS_ONLY',
  'TIMEOUT',
  'TOO_COMPLEX',
  'TOO_MANY_OPERATIONS',
  'UNAUTHENTICATED',
  'UNAVAILABLE',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

export function codedError(
  code: ErrorCode,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): GraphQLError {
  return new GraphQLError(message, { extensions: { ...details, code } });
}
