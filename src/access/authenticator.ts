import { createHash, timingSafeEqual } from 'node:crypto';
import type { AccessMode } from './access-mode.ts';
import { ANYONE, SCOPES } from './principal.ts';
import type { Principal } from './principal.ts';

export interface Credentials {
  /** As in the header: only its `Bearer` form is looked at. */
  authorization?: string | undefined;
  /** The `X-API-Key` header. */
  apiKey?: string | undefined;
}

export interface Authenticator {
  mode: AccessMode;
  /** Null where a key is required and none that is known was given. */
  authenticate(credentials: Credentials): Principal | null;
}

const MAX_KEY_LENGTH = 512;

/** Knows the keys of the environment, each with all scopes. Only their digests are kept. */
export function createAuthenticator({
  mode,
  apiKeys,
}: {
  mode: AccessMode;
  apiKeys: readonly string[];
}): Authenticator {
  const known = apiKeys.map((key) => {
    const digest = sha256(key);
    const principal: Principal = {
      name: `key:${digest.toString('hex').slice(0, 8)}`,
      scopes: SCOPES,
      keyId: null,
    };
    return { digest, principal };
  });

  /** Looks at every key, so that the time it takes says nothing of which one came close. */
  const find = (presented: string): Principal | null => {
    const digest = sha256(presented);
    let found: Principal | null = null;
    for (const key of known) {
      if (timingSafeEqual(key.digest, digest)) found = key.principal;
    }
    return found;
  };

  return {
    mode,
    authenticate({ authorization, apiKey }) {
      const presented = bearerToken(authorization) ?? apiKey;
      const usable = presented !== undefined && presented !== '' && presented.length <= MAX_KEY_LENGTH;
      const principal = usable ? find(presented) : null;
      return principal ?? (mode === 'OFF' ? ANYONE : null);
    },
  };
}

function bearerToken(authorization: string | undefined): string | undefined {
  return authorization === undefined ? undefined : /^bearer +(\S+) *$/i.exec(authorization)?.[1];
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
