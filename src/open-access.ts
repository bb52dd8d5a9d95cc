import { decideAccess, refuseWithoutKeys } from './access/access-mode.ts';
import { createAuthenticator } from './access/authenticator.ts';
import type { Authenticator } from './access/authenticator.ts';
import type { Config } from './config.ts';
import type { Clock } from './kernel/clock.ts';
import type { ClosingStack } from './kernel/closing-stack.ts';
import type { NewId } from './kernel/ids.ts';
import type { Logger } from './kernel/logger.ts';
import { openApiKeys } from './open-api-keys.ts';
import type { OpenApiKeys } from './open-api-keys.ts';
import { RefusedStartError } from './refused-start-error.ts';
import type { ApiKeyStore } from './store/api-key-store.ts';

export interface OpenAccessOptions {
  config: Pick<Config, 'auth' | 'host' | 'apiKeys'>;
  clock: Clock;
  newId: NewId;
  logger: Logger;
  closing: ClosingStack;
}

/** Who is let in. */
export interface OpenAccess {
  /** Knows the keys of the environment from the start, stored ones once they are open. */
  authenticator: Authenticator;
  /** To be called once the database is open. Throws `RefusedStartError` where keys are required and there is none. */
  openKeys(store: ApiKeyStore): Promise<OpenApiKeys>;
}

export function openAccess({ config, clock, newId, logger, closing }: OpenAccessOptions): OpenAccess {
  const { mode, warning } = decideAccess(config);
  if (warning !== null) logger.warn(warning);
  const { apiKeys, host } = config;
  let opened: OpenApiKeys | null = null;
  return {
    authenticator: createAuthenticator({ mode, apiKeys, stored: () => opened?.stored ?? null }),
    async openKeys(store) {
      const needsStored = mode === 'REQUIRED' && apiKeys.length === 0;
      if (needsStored && !(await store.hasLive('ADMIN', clock.now())))
        throw new RefusedStartError(refuseWithoutKeys(host));
      opened = closing.use(openApiKeys({ store, clock, newId, logger }));
      return opened;
    },
  };
}
