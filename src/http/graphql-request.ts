/** What is wrong with a request before there is an operation to look at. */
export interface RequestFault {
  code: 'BAD_REQUEST' | 'BATCHING_NOT_SUPPORTED';
  message: string;
}

/** The JSON of a body; undefined where it is none, of which Apollo says what is wrong. */
export function readGraphqlBody(
  contentType: string | undefined,
  body: Buffer,
): { value: unknown } | { fault: RequestFault } {
  if (!/^application\/json\b/i.test(contentType ?? '') || body.length === 0) return { value: undefined };
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return Array.isArray(value) ? { fault: BATCH } : { value };
  } catch {
    return { fault: { code: 'BAD_REQUEST', message: 'The body is not JSON.' } };
  }
}

const BATCH: RequestFault = {
  code: 'BATCHING_NOT_SUPPORTED',
  message: 'A request holds one operation, not a list of them: send each by itself.',
};

/** The text of the query that a request brings; undefined where there is none, or it is named by its hash. */
export function queryText({ body, search }: { body: unknown; search: string }): string | undefined {
  if (typeof body === 'object' && body !== null) {
    return 'query' in body && typeof body.query === 'string' && body.query !== '' ? body.query : undefined;
  }
  return new URLSearchParams(search).get('query') || undefined;
}
