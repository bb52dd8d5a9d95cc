import type { Provider } from './provider.ts';
import { generic } from './providers/generic.ts';
import { github } from './providers/github.ts';
import { pagerduty } from './providers/pagerduty.ts';

/** Providers by the name in the URL. */
export type ProviderRegistry = ReadonlyMap<string, Provider>;

const PROVIDERS: readonly Provider[] = [github, pagerduty, generic];

export function createRegistry(): ProviderRegistry {
  return new Map(PROVIDERS.map((provider) => [provider.name, provider]));
}
