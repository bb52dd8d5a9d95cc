import { apiKeyDigest, hasApiKeyForm } from '../domain/api-key-text.ts';
import { apiKeyState } from '../domain/api-key.ts';
import type { Clock } from '../kernel/clock.ts';
import { startLastUses } from '../kernel/last-uses.ts';
import type { Logger } from '../kernel/logger.ts';
import type { ApiKeyStore, ApiKeyUse } from '../store/api-key-store.ts';
import { createKeyFinder } from './key-finder.ts';
import { startKeyWatch } from './key-watch.ts';
import type { KeyWatch } from './key-watch.ts';
import type { Principal } from './principal.ts';

/** The keys that people made, which live in the database. */
export interface StoredKeys extends AsyncDisposable {
  /** Null where the key is none of them, or is no longer taken. Throws `UnavailableError` where nobody can tell. */
  find(presented: string): Promise<Principal | null>;
  watch: KeyWatch['watch'];
  /** To be called after a change of one, so that it takes effect here at once. */
  changed(keyId: string): void;
}

export interface StoredKeysDeps {
  store: Pick<ApiKeyStore, 'byDigests' | 'byIds' | 'recordUses'>;
  clock: Clock;
  logger: Pick<Logger, 'warn'>;
}

export function startStoredKeys({ store, clock, logger }: StoredKeysDeps): StoredKeys {
  const finder = createKeyFinder({ read: (digests) => store.byDigests(digests), clock, logger });
  const uses = startLastUses<ApiKeyUse>({
    keyOf: ({ keyId }) => keyId,
    record: (list) => store.recordUses(list),
    clock,
    onError: (error) => logger.warn({ err: error }, 'the last use of API keys could not be recorded'),
  });
  const onUsed = (keyId: string): void => uses.note({ keyId, at: clock.now() });
  const watch = startKeyWatch({ read: (ids) => store.byIds(ids), onUsed, clock, logger });

  return {
    async find(presented) {
      if (!hasApiKeyForm(presented)) return null;
      const key = await finder.find(apiKeyDigest(presented));
      if (key === null || apiKeyState(key, clock.now()) !== 'ACTIVE') return null;
      onUsed(key.id);
      return { name: key.name, scopes: key.scopes, keyId: key.id };
    },
    watch: (keyId, onEnded) => watch.watch(keyId, onEnded),
    changed(keyId) {
      finder.forget(keyId);
      watch.look();
    },
    async [Symbol.asyncDispose]() {
      await watch[Symbol.asyncDispose]();
      await uses[Symbol.asyncDispose]();
    },
  };
}
