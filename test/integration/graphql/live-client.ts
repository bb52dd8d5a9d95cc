import { createClient } from 'graphql-ws';
import type { Client } from 'graphql-ws';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';

export interface LiveClient {
  client: Client;
  follow(query: string, variables?: Record<string, unknown>): Followed;
  /** The code that the socket was closed with. */
  closed: Promise<number>;
}

/** What a subscription brings, in the order it came. */
export interface Followed {
  received: any[];
  /** Resolves once so many came; rejects with the errors that ended it before. */
  count(wanted: number): Promise<any[]>;
  /** Resolves when the server ended it, with the errors. */
  ended: Promise<readonly { message: string; extensions: Record<string, unknown> }[]>;
  stop(): void;
}

/** A graphql-ws client as the README tells to make one: what broke off is subscribed anew by whoever wants it. */
export function connectLive(url: string, connectionParams?: Record<string, unknown>): LiveClient {
  let onClosed: (code: number) => void = () => undefined;
  const closed = new Promise<number>((resolve) => (onClosed = resolve));
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    shouldRetry: () => false,
    ...(connectionParams && { connectionParams }),
    on: { closed: (event) => onClosed((event as { code: number }).code) },
  });
  onTestFinished(() => void client.dispose());

  return {
    client,
    closed,
    follow(query, variables) {
      const received: any[] = [];
      let wake: () => void = () => undefined;
      let onEnd: (errors: never) => void = () => undefined;
      const ended = new Promise<never>((resolve) => (onEnd = resolve));
      const stop = client.subscribe(
        { query, ...(variables && { variables }) },
        {
          next(result) {
            received.push(result.errors ? result : result.data);
            wake();
          },
          error: (error) => onEnd(error as never),
          complete: () => onEnd([] as never),
        },
      );
      return {
        received,
        ended,
        stop,
        async count(wanted) {
          while (received.length < wanted) {
            const more = new Promise<null>((resolve) => (wake = () => resolve(null)));
            const errors: unknown = await Promise.race([more, ended]);
            if (errors !== null && received.length < wanted) {
              throw new Error(`ended after ${received.length} of ${wanted}: ${JSON.stringify(errors)}`);
            }
          }
          return received;
        },
      };
    },
  };
}
