import type { ServerResponse } from 'node:http';
import type { GraphQLFormattedError } from 'graphql';

/** Answers a GraphQL request of which nothing was run. */
export function answerErrors(
  res: ServerResponse,
  status: number,
  errors: readonly GraphQLFormattedError[],
  headers: Readonly<Record<string, string>> = {},
): void {
  const body = JSON.stringify({ errors });
  res.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
    'Content-Length': Buffer.byteLength(body),
    ...headers,
  });
  res.end(body);
}
