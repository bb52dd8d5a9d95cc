import { GraphQLError } from 'graphql';

/** Codes of the top-level errors that OpsLens itself raises. */
export type ErrorCode =
  | 'BAD_USER_INPUT'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'TOO_COMPLEX'
  | 'TOO_MANY_OPERATIONS'
  | 'TIMEOUT'
  | 'UNAVAILABLE'
  | 'INTERNAL'
  | 'SEQUENCE_EXPIRED'
  | 'SEQUENCE_AHEAD'
  | 'SUBSCRIPTIONS_ONLY'
  | 'GRAPHQL_PARSE_FAILED'
  | 'GRAPHQL_VALIDATION_FAILED';

export function codedError(
  code: ErrorCode,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): GraphQLError {
  return new GraphQLError(message, { extensions: { ...details, code } });
}
