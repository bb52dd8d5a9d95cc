import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { answerIn } from './api.ts';
import type { Server } from './api.ts';
import { ApiError, ConnectionLost } from './errors.ts';
import type { ErrorInResult } from './errors.ts';
import type { TypedDocumentString } from './gql/graphql.ts';

const PING_MS = 10_000;
const PONG_WITHIN_MS = 5_000;

/** One subscription over one connection, until either ends: in `ApiError` or `ConnectionLost`, unless we ended it. */
export async function* subscribe<Answer, Variables extends Record<string, unknown>>(
  { url, apiKey }: Server,
  document: TypedDocumentString<Answer, Variables>,
  variables: Variables,
  signal: AbortSignal,
): AsyncGenerator<Answer, void> {
  let noPong: ReturnType<typeof setTimeout> | undefined;
  const client = createClient({
    url: new URL('/graphql', url.replace(/^http/, 'ws')).href,
    // Not in a browser, nor from Node 22 on.
    webSocketImpl: WebSocket,
    ...(apiKey !== undefined && { connectionParams: { authorization: `Bearer ${apiKey}` } }),
    // It would repeat the first variables, and all that came since would come again.
    shouldRetry: () => false,
    // That a network went away without a word is noticed by asking only.
    keepAlive: PING_MS,
    on: {
      ping(received) {
        if (!received) noPong = setTimeout(() => client.terminate(), PONG_WITHIN_MS);
      },
      pong: () => clearTimeout(noPong),
      closed: () => clearTimeout(noPong),
    },
  });
  const end = (): void => client.terminate();
  signal.addEventListener('abort', end);
  try {
    const results = client.iterate<Answer>({ query: document.toString(), variables });
    for await (const result of results) yield answerIn(result);
  } catch (error) {
    throw whatEnded(error);
  } finally {
    signal.removeEventListener('abort', end);
  }
}

/** graphql-ws throws the errors of the operation as a list, and what befell the connection as the event. */
function whatEnded(thrown: unknown): Error {
  if (thrown instanceof ApiError) return thrown;
  if (Array.isArray(thrown)) return new ApiError(thrown[0] as ErrorInResult);
  const {
    code = null,
    reason,
    message,
  } = thrown as { code?: number | null; reason?: string; message?: string };
  return new ConnectionLost(typeof code === 'number' ? code : null, reason ?? message ?? '');
}
