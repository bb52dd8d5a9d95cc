import { ApiError, ConnectionLost } from './errors.ts';
import type { ErrorInResult } from './errors.ts';
import type { TypedDocumentString } from './gql/graphql.ts';

export interface Server {
  /** Such as `http://127.0.0.1:8000`. */
  url: string;
  /** Not needed where the server runs with AUTH off. */
  apiKey: string | undefined;
}

/** What comes back, and of a subscription again and again. */
export interface Result<Answer> {
  data?: Answer | null | undefined;
  errors?: readonly ErrorInResult[] | undefined;
}

const TIMEOUT_MS = 10_000;

/** Queries and mutations. The types of variables and answer come with the document. */
export async function ask<Answer, Variables>(
  server: Server,
  document: TypedDocumentString<Answer, Variables>,
  variables: Variables,
): Promise<Answer> {
  return answerIn(await post<Result<Answer>>(server, { query: document.toString(), variables }));
}

async function post<Body>({ url, apiKey }: Server, request: object): Promise<Body> {
  try {
    const response = await fetch(new URL('/graphql', url), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
      },
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return (await response.json()) as Body;
  } catch (error) {
    throw new ConnectionLost(null, String(error));
  }
}

export function answerIn<Answer>({ data, errors }: Result<Answer>): Answer {
  if (errors?.[0] !== undefined) throw new ApiError(errors[0]);
  if (data === undefined || data === null) throw new Error('the answer has neither data nor errors');
  return data;
}
