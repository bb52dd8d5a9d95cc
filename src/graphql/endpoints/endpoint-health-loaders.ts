import DataLoader from 'dataloader';
import { DAY_MS, HOUR_MS, figuresSince, newTally } from '../../domain/endpoint-figures.ts';
import type { AttemptCounts } from '../../domain/endpoint-figures.ts';
import type { EndpointHealth } from '../../domain/endpoint-health.ts';
import type { OldestOpen, OpenCount } from '../../store/open-age-reader.ts';
import type { GraphqlDeps } from '../graphql-deps.ts';

/** What attempts came to, and from when on they were counted. */
export interface CountedSince {
  since: Date;
  counts: AttemptCounts;
}

/** What is read about the health of endpoints, by the endpoint's id: a list of them costs one query of a kind. */
export interface EndpointHealthLoaders {
  health: DataLoader<string, EndpointHealth | null>;
  lastHour: DataLoader<string, CountedSince>;
  lastDay: DataLoader<string, CountedSince>;
  incidentId: DataLoader<string, string | null>;
  oldestOpen: DataLoader<string, OldestOpen | null>;
  openCount: DataLoader<string, OpenCount>;
}

type LoaderDeps = Pick<
  GraphqlDeps,
  'endpointHealth' | 'endpointFigures' | 'endpointIncidents' | 'openAges' | 'clock'
> & { signal: AbortSignal };

const MAX_BATCH = 100;
/** Endpoints whose open deliveries are looked at at the same time: each takes a query of its own. */
const AT_ONCE = 4;

export function createEndpointHealthLoaders(deps: LoaderDeps): EndpointHealthLoaders {
  const { endpointHealth, endpointFigures, endpointIncidents, openAges, clock, signal } = deps;

  const figuresOf = (ms: number) =>
    loader<CountedSince>(async (ids) => {
      signal.throwIfAborted();
      const since = figuresSince(clock.now(), ms);
      const found = await endpointFigures.since(ids, since);
      return ids.map((id) => ({ since, counts: found.get(id) ?? newTally() }));
    });

  return {
    health: loader(async (ids) => {
      const found = new Map((await endpointHealth.byIds(ids)).map((health) => [health.endpointId, health]));
      return ids.map((id) => found.get(id) ?? null);
    }),
    lastHour: figuresOf(HOUR_MS),
    lastDay: figuresOf(DAY_MS),
    incidentId: loader(async (ids) => {
      const found = await endpointIncidents.incidentIds(ids);
      return ids.map((id) => found.get(id) ?? null);
    }),
    oldestOpen: loader((ids) => fewAtOnce(ids, openAges.oldest)),
    openCount: loader((ids) => fewAtOnce(ids, openAges.count)),
  };
}

function loader<T>(read: (ids: readonly string[]) => Promise<T[]>): DataLoader<string, T> {
  return new DataLoader(read, { maxBatchSize: MAX_BATCH });
}

async function fewAtOnce<T>(ids: readonly string[], read: (id: string) => Promise<T>): Promise<T[]> {
  const found: T[] = [];
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    found.push(...(await Promise.all(ids.slice(from, from + AT_ONCE).map(read))));
  }
  return found;
}
