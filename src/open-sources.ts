import type { Sealer } from './access/sealing.ts';
import { createSource } from './commands/create-source.ts';
import { deleteSource } from './commands/delete-source.ts';
import { retireSourceSecret } from './commands/retire-source-secret.ts';
import { rotateSourceSecret } from './commands/rotate-source-secret.ts';
import { updateSource } from './commands/update-source.ts';
import type { Config } from './config.ts';
import { defaultSource } from './domain/default-source.ts';
import type { SourceAdministration } from './graphql/sources/source-administration.ts';
import type { ProviderRegistry } from './inbound/registry.ts';
import type { Sources } from './inbound/source.ts';
import { createSources } from './inbound/sources.ts';
import { startStoredSources } from './inbound/stored-sources.ts';
import type { Clock } from './kernel/clock.ts';
import type { NewId } from './kernel/ids.ts';
import type { Logger } from './kernel/logger.ts';
import { tellingAfter } from './kernel/telling-after.ts';
import type { SourceStore } from './store/source-store.ts';

export interface OpenSourcesOptions {
  config: Pick<Config, 'webhookSecrets' | 'webhookSettings'>;
  registry: ProviderRegistry;
  store: SourceStore;
  sealer: Sealer;
  clock: Clock;
  newId: NewId;
  logger: Logger;
}

export interface OpenSources extends AsyncDisposable {
  /** As intake sees them. */
  sources: Sources;
  /** As people see them. */
  administration: SourceAdministration;
}

/** Wires the registered senders of webhooks. To be disposed of after intake. */
export function openSources(options: OpenSourcesOptions): OpenSources {
  const { config, registry, store, sealer, clock, newId, logger } = options;
  const { webhookSecrets: secrets, webhookSettings: settings } = config;
  const stored = startStoredSources({ store, sealer, clock, logger });
  const deps = { sources: store, providers: registry, sealer, clock, newId, logger };

  const changing = tellingAfter(stored.invalidate);

  return {
    sources: createSources({ registry, secrets, settings, stored }),
    administration: {
      defaults: [...registry.values()].map((provider) =>
        defaultSource(provider, {
          secret: secrets[provider.name] ?? null,
          settings: settings[provider.name] ?? {},
        }),
      ),
      stored: store,
      create: changing((input) => createSource(deps, input)),
      update: changing((input) => updateSource(deps, input)),
      delete: changing((input) => deleteSource(deps, input)),
      rotateSecret: changing((input) => rotateSourceSecret(deps, input)),
      retireSecret: changing((input) => retireSourceSecret(deps, input)),
    },
    [Symbol.asyncDispose]: () => stored[Symbol.asyncDispose](),
  };
}
