import type { AccessMode } from './access-mode.ts';
import { createEnvironmentKeys } from './environment-keys.ts';
import type { KeyEnd } from './key-watch.ts';
import { ANYONE, SCOPES } from './principal.ts';
import type { Principal } from './principal.ts';
import type { StoredKeys } from './stored-keys.ts';

export interface Credentials {
  /** As in the header: only its `Bearer` form is looked at. */
  authorization?: string | undefined;
  /** The `X-API-Key` header. */
  apiKey?: string | undefined;
}

export interface Authenticator {
  mode: AccessMode;
  /** Null where a key is required and none that is taken was given. Throws `UnavailableError` where nobody can tell. */
  authenticate(credentials: Credentials): Promise<Principal | null>;
  /** Tells once when the caller's key is no longer taken. The returned function ends the watch. */
  watch(principal: Principal, onEnded: (end: KeyEnd) => void): () => void;
}

export interface AuthenticatorDeps {
  mode: AccessMode;
  /** Of the environment. */
  apiKeys: readonly string[];
  /** Null until the database is open. */
  stored?: () => Pick<StoredKeys, 'find' | 'watch'> | null;
}

const MAX_KEY_LENGTH = 512;

export function createAuthenticator({
  mode,
  apiKeys,
  stored = () => null,
}: AuthenticatorDeps): Authenticator {
  const ofEnvironment = createEnvironmentKeys(apiKeys);

  const ofDatabase = async (presented: string): Promise<Principal | null> => {
    const found = (await stored()?.find(presented)) ?? null;
    // Where nobody needs a key, one that is named takes nothing away.
    return found === null || mode === 'REQUIRED' ? found : { ...found, scopes: SCOPES };
  };

  return {
    mode,
    async authenticate({ authorization, apiKey }) {
      const presented = bearerToken(authorization) ?? apiKey;
      const usable = presented !== undefined && presented !== '' && presented.length <= MAX_KEY_LENGTH;
      const principal = usable ? (ofEnvironment(presented) ?? (await ofDatabase(presented))) : null;
      return principal ?? (mode === 'OFF' ? ANYONE : null);
    },
    watch({ keyId }, onEnded) {
      const keys = keyId === null ? null : stored();
      return keys === null || keyId === null ? () => undefined : keys.watch(keyId, onEnded);
    },
  };
}

function bearerToken(authorization: string | undefined): string | undefined {
  return authorization === undefined ? undefined : /^bearer +(\S+) *$/i.exec(authorization)?.[1];
}
