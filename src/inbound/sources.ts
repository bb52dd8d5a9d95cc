import { createDefaultSources } from './default-sources.ts';
import type { EnvironmentSources } from './default-sources.ts';
import type { ProviderRegistry } from './registry.ts';
import type { Sources } from './source.ts';
import type { StoredSources } from './stored-sources.ts';

export interface SourcesOptions extends EnvironmentSources {
  registry: ProviderRegistry;
  /** Those that people registered; without it there are the environment's alone. */
  stored?: StoredSources;
}

/** The default source of a provider is reached by the provider's name too; any other name is that of a stored one. */
export function createSources({ registry, stored, ...environment }: SourcesOptions): Sources {
  const defaults = createDefaultSources(registry, environment);
  return {
    async find(provider, name) {
      if (name === null || name === provider) return defaults.get(provider) ?? null;
      const source = (await stored?.find(name)) ?? null;
      return source?.provider === provider ? source : null;
    },
    used: (source, secretId, at) => stored?.used(source, secretId, at),
  };
}
