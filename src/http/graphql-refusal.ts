import { HttpError } from './http-error.ts';

const CODES: Readonly<Record<number, string>> = {
  403: 'FORBIDDEN',
  413: 'PAYLOAD_TOO_LARGE',
  503: 'UNAVAILABLE',
};

/** The same refusal as clients of GraphQL read it: with a code in `extensions`. Other errors are left as they are. */
export function graphqlRefusal(error: unknown, bodyLimit: number): unknown {
  if (!(error instanceof HttpError) || error.problem.extensions !== undefined) return error;
  const { status, problem, headers } = error;
  const extensions = {
    code: CODES[status] ?? 'BAD_REQUEST',
    ...(status === 413 && { limit: 'body', maximum: bodyLimit }),
    ...(status === 503 && { retryAfterSeconds: Number(headers['Retry-After'] ?? 1) }),
  };
  return new HttpError(status, { ...problem, extensions }, headers);
}
