import type { ServerResponse } from 'node:http';
import type { GraphQLFormattedError } from 'graphql';
import { answerErrors } from './answer-errors.ts';

/** Answers a GraphQL request of which nobody can tell who it comes from: 503 where coming back helps. */
export function refuseForNow(res: ServerResponse, error: GraphQLFormattedError): void {
  const seconds = error.extensions?.['retryAfterSeconds'];
  if (typeof seconds === 'number') answerErrors(res, 503, [error], { 'Retry-After': String(seconds) });
  else answerErrors(res, 500, [error]);
}
