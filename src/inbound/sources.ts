import type { ProviderRegistry } from './registry.ts';
import type { Source, Sources } from './source.ts';

export interface SourcesOptions {
  registry: ProviderRegistry;
  /** The environment's secrets, by provider; null or nothing where none is set. */
  secrets: Readonly<Record<string, string | null | undefined>>;
}

/** One default source for each provider, named like it. */
export function createSources({ registry, secrets }: SourcesOptions): Sources {
  const sources = new Map<string, Source>();
  for (const provider of registry.keys()) {
    const value = Object.hasOwn(secrets, provider) ? (secrets[provider] ?? null) : null;
    sources.set(provider, {
      name: provider,
      keyName: provider,
      provider,
      enabled: true,
      secrets: value === null ? null : [{ id: null, value, generation: 'CURRENT', until: null }],
      settings: {},
      ratePerSecond: null,
    });
  }
  return {
    find(provider, name) {
      const source = sources.get(name ?? provider);
      return Promise.resolve(source?.provider === provider ? source : null);
    },
    used: () => undefined,
  };
}
