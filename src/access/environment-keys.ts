import { createHash, timingSafeEqual } from 'node:crypto';
import { SCOPES } from './principal.ts';
import type { Principal } from './principal.ts';

/** The keys of the setting `API_KEYS`, each with all scopes. Only their digests are kept. */
export function createEnvironmentKeys(apiKeys: readonly string[]): (presented: string) => Principal | null {
  const known = apiKeys.map((key) => {
    const digest = sha256(key);
    const name = `key:${digest.toString('hex').slice(0, 8)}`;
    const principal: Principal = { name, scopes: SCOPES, keyId: null };
    return { digest, principal };
  });

  /** Looks at every key, so that the time it takes says nothing of which one came close. */
  return (presented) => {
    const digest = sha256(presented);
    let found: Principal | null = null;
    for (const key of known) {
      if (timingSafeEqual(key.digest, digest)) found = key.principal;
    }
    return found;
  };
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
