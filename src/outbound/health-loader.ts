import type { EndpointHealth } from '../domain/endpoint-health.ts';
import type { EndpointHealthStore } from '../store/endpoint-health-store.ts';

/** Null where the endpoint never failed. */
export type LoadHealth = (endpointId: string) => Promise<EndpointHealth | null>;

/** One query for all that are asked for at once: a process that takes over slots starts hundreds of endpoints. */
export function createHealthLoader({ healths }: { healths: Pick<EndpointHealthStore, 'byIds'> }): LoadHealth {
  let asked: { ids: string[]; found: Promise<Map<string, EndpointHealth>> } | null = null;

  const ask = (): NonNullable<typeof asked> => {
    const ids: string[] = [];
    const found = Promise.resolve().then(() => {
      asked = null;
      return healths.byIds(ids);
    });
    return { ids, found };
  };

  return async (endpointId) => {
    asked ??= ask();
    asked.ids.push(endpointId);
    return (await asked.found).get(endpointId) ?? null;
  };
}
