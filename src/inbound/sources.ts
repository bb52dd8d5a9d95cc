import type { ProviderRegistry } from './registry.ts';

/** One of a source's secrets. While a secret is being rotated, the one before it is good until a stated time. */
export interface SourceSecret {
  value: string;
  generation: 'CURRENT' | 'PREVIOUS';
  /** Null: until it is replaced. */
  until: Date | null;
}

/** A registered sender of inbound webhooks. */
export interface Source {
  name: string;
  provider: string;
  /** Null where none was ever set. An empty list, or an empty secret, means that one was meant: nothing matches it. */
  secrets: readonly SourceSecret[] | null;
}

export interface Sources {
  /** The source of that name, or the provider's default one; null where there is none. */
  find(provider: string, name: string | null): Promise<Source | null>;
}

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
      provider,
      secrets: value === null ? null : [{ value, generation: 'CURRENT', until: null }],
    });
  }
  return {
    find(provider, name) {
      const source = sources.get(name ?? provider);
      return Promise.resolve(source?.provider === provider ? source : null);
    },
  };
}
