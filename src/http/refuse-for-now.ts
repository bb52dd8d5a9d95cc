import type { ServerResponse } from 'node:http';
import type { GraphQLFormattedError } from 'graphql';

/** Answers a GraphQL request of which nobody can tell who it comes from: 503 where coming back helps. */
export function refuseForNow(res: ServerResponse, error: GraphQLFormattedError): void {
  const body = JSON.stringify({ errors: [error] });
  const seconds = error.extensions?.['retryAfterSeconds'];
  res.writeHead(typeof seconds === 'number' ? 503 : 500, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
    'Content-Length': Buffer.byteLength(body),
    ...(typeof seconds === 'number' && { 'Retry-After': String(seconds) }),
  });
  res.end(body);
}
