import type { ProviderRegistry } from './inbound/registry.ts';
import { RefusedStartError } from './refused-start-error.ts';

/** Throws `RefusedStartError` where `UNSIGNED_INTAKE` names a provider that does not exist. */
export function refuseUnknownProviders(named: readonly string[], registry: ProviderRegistry): void {
  const unknown = named.filter((name) => !registry.has(name));
  if (unknown.length === 0) return;
  const known = [...registry.keys()].join(', ');
  throw new RefusedStartError(`UNSIGNED_INTAKE names ${unknown.join(', ')}; the providers are ${known}.`);
}
