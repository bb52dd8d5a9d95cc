import type { ProviderRegistry } from './registry.ts';
import type { Source } from './source.ts';

/** What the environment says of the default sources, by provider. */
export interface EnvironmentSources {
  /** Null or nothing where none is set. */
  secrets: Readonly<Record<string, string | null | undefined>>;
  settings?: Readonly<Record<string, Source['settings'] | undefined>>;
}

/** One for each provider, named like it. They need no database. */
export function createDefaultSources(
  registry: ProviderRegistry,
  { secrets, settings = {} }: EnvironmentSources,
): ReadonlyMap<string, Source> {
  return new Map(
    [...registry.keys()].map((provider) => {
      const value = own(secrets, provider) ?? null;
      const source: Source = {
        name: provider,
        keyName: provider,
        provider,
        enabled: true,
        secrets: value === null ? null : [{ id: null, value, generation: 'CURRENT', until: null }],
        settings: own(settings, provider) ?? {},
        ratePerSecond: null,
      };
      return [provider, source];
    }),
  );
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
