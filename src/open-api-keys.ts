import { startStoredKeys } from './access/stored-keys.ts';
import type { StoredKeys } from './access/stored-keys.ts';
import { createApiKey } from './commands/create-api-key.ts';
import { revokeApiKey } from './commands/revoke-api-key.ts';
import type { ApiKeyAdministration } from './graphql/access/api-key-administration.ts';
import type { Clock } from './kernel/clock.ts';
import type { NewId } from './kernel/ids.ts';
import type { Logger } from './kernel/logger.ts';
import { tellingAfter } from './kernel/telling-after.ts';
import type { ApiKeyStore } from './store/api-key-store.ts';

export interface OpenApiKeys extends AsyncDisposable {
  /** As whoever lets callers in sees them. */
  stored: StoredKeys;
  /** As people see them. */
  administration: ApiKeyAdministration;
}

/** Wires the keys that people make. */
export function openApiKeys({
  store,
  clock,
  newId,
  logger,
}: {
  store: ApiKeyStore;
  clock: Clock;
  newId: NewId;
  logger: Logger;
}): OpenApiKeys {
  const stored = startStoredKeys({ store, clock, logger });
  const changing = tellingAfter<{ id: string }>(({ id }) => stored.changed(id));
  const deps = { apiKeys: store, clock, newId };
  return {
    stored,
    administration: {
      create: (input) => createApiKey(deps, input),
      revoke: changing((input) => revokeApiKey(deps, input)),
    },
    [Symbol.asyncDispose]: () => stored[Symbol.asyncDispose](),
  };
}
