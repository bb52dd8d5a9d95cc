import { setMaxListeners } from 'node:events';
import type { Connection } from 'mongoose';
import { ANYONE } from '../../src/access/principal.ts';
import { createGraphqlContext } from '../../src/graphql/graphql-context.ts';
import type { GraphqlContext } from '../../src/graphql/graphql-context.ts';
import type { GraphqlDeps } from '../../src/graphql/graphql-deps.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { createReaders } from '../../src/store/create-readers.ts';
import { createRecoveryStore } from '../../src/store/recovery-store.ts';
import { createSourceStore } from '../../src/store/source-store.ts';
import { createWebhookEndpointStore } from '../../src/store/webhook-endpoint-store.ts';

/** For queries alone, on the real store and with nothing else going on beside them. */
export function createReaderContext(connection: Connection): GraphqlContext {
  const deps = {
    ...createReaders(connection),
    readersFor: (signal: AbortSignal) => createReaders(connection, signal),
    endpoints: createWebhookEndpointStore(connection),
    sources: { defaults: [], stored: createSourceStore(connection) },
    steering: { recoveries: createRecoveryStore(connection) },
    clock: systemClock,
  };
  const { signal } = new AbortController();
  // Every read that waits its turn listens.
  setMaxListeners(0, signal);
  return createGraphqlContext(deps as unknown as GraphqlDeps & typeof deps, ANYONE, signal);
}
