import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { eventually } from './eventually.ts';
import { sendRequest } from './send-request.ts';

type Variables = Record<string, unknown>;

/** Asks one question over HTTP; an answer with errors is an error. */
export async function askGraphql<T>(port: number, query: string, variables: Variables = {}): Promise<T> {
  const answer = await sendRequest(port, {
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (answer.json ?? {}) as { data?: T; errors?: unknown };
  if (errors !== undefined || data === undefined)
    throw new Error(`GraphQL answered ${answer.status}: ${answer.text.slice(0, 2000)}`);
  return data;
}

interface Page<T> {
  nodes: T[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** All nodes of a connection, 100 at a time. `query` takes `$after` and names the connection `page`. */
export async function readPages<T>(port: number, query: string, variables: Variables = {}): Promise<T[]> {
  const nodes: T[] = [];
  let after: string | null = null;
  do {
    const { page }: { page: Page<T> } = await askGraphql(port, query, { ...variables, after });
    nodes.push(...page.nodes);
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  return nodes;
}

/** A subscriber on a WebSocket of its own. */
export interface Subscriber<T> extends AsyncDisposable {
  /** What came, in order. */
  received: readonly T[];
  /** Why it ended, where the server ended it. */
  ended(): unknown;
  /** Resolves once what came is enough; rejects when the subscription ends before. */
  until(isEnough: (received: readonly T[]) => boolean, withinMs: number): Promise<readonly T[]>;
  /** Breaks the connection without a word, as a network does. */
  cut(): void;
}

/** Resolves when the server acknowledged the connection and the operation is on its way. */
export async function subscribe<T>(
  port: number,
  query: string,
  variables: Variables = {},
): Promise<Subscriber<T>> {
  const received: T[] = [];
  let socket: WebSocket | undefined;
  let ended: { why: unknown } | undefined;
  const client = createClient({
    url: `ws://127.0.0.1:${port}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    shouldRetry: () => false,
    lazy: false,
    onNonLazyError: (error) => (ended ??= { why: error }),
    on: { opened: (opened) => (socket = opened as WebSocket) },
  });
  await new Promise<void>((resolve, reject) => {
    client.on('connected', () => resolve());
    client.on('closed', (event) => reject(new Error(`no connection: ${describeEnd(event)}`)));
  });
  client.subscribe<T>(
    { query, variables },
    {
      next({ data, errors }) {
        if (errors !== undefined) ended ??= { why: errors };
        if (data !== null && data !== undefined) received.push(data);
      },
      error: (why) => (ended ??= { why }),
      complete: () => (ended ??= { why: 'complete' }),
    },
  );
  return {
    received,
    ended: () => ended?.why,
    async until(isEnough, withinMs) {
      await eventually(
        () => ({ count: received.length, ended: describeEnd(ended?.why) }),
        () => isEnough(received) || ended !== undefined,
        { withinMs, what: 'the subscriber gets what it waits for' },
      );
      if (!isEnough(received)) throw new Error(`the subscription ended: ${describeEnd(ended?.why)}`);
      return received;
    },
    cut: () => socket?.terminate(),
    async [Symbol.asyncDispose]() {
      await client.dispose();
    },
  };
}

function describeEnd(why: unknown): string {
  if (typeof why === 'object' && why !== null && 'code' in why) {
    return `${String(why.code)} ${'reason' in why ? String(why.reason) : ''}`;
  }
  return why instanceof Error ? why.message : (JSON.stringify(why) ?? 'not ended');
}
