import type { Event } from '../../domain/event.ts';
import type { EventFilter } from '../generated/resolvers-types.ts';
import type { Given } from '../limits/given-filter.ts';
import { matchesEvent } from './event-filter.ts';
import { createListenerIndex } from './listener-index.ts';

/** What follows events through the whole process; see `eventlog`. */
export interface EventFollower {
  /** The last event handed on. */
  position(): number;
  subscribe(listener: (events: readonly Event[]) => void): () => void;
}

interface Route {
  filter: Given<EventFilter>;
  take: (event: Event) => void;
}

export interface EventRouter {
  /** Who has everything up to it and follows in the same tick misses nothing. */
  position(): number;
  /** Events that match, from `position()` on. Returns the function that ends it. */
  follow(filter: Given<EventFilter>, take: (event: Event) => void): () => void;
  /** How many follow right now. */
  size(): number;
}

type Field = keyof EventFilter & ('incidentId' | 'service' | 'type' | 'severity');

/** By what a route is found, of all that it filters on: the first has the fewest events to each value. */
const FIELDS: readonly Field[] = ['incidentId', 'service', 'type', 'severity'];

const VALUE_OF: Readonly<Record<Field, (event: Event) => string | null>> = {
  incidentId: ({ incidentId }) => incidentId,
  service: ({ snapshot }) => snapshot.service,
  type: ({ type }) => type,
  severity: ({ snapshot }) => snapshot.severity,
};

/** Brings each event to those who wait for its like, without asking all the others. */
export function createEventRouter(follower: EventFollower): EventRouter {
  const indexes = FIELDS.map((field) => ({ field, index: createListenerIndex<Route>() }));
  const unfiltered = createListenerIndex<Route>();
  let stop: (() => void) | null = null;

  const route = (event: Event): void => {
    for (const { take } of unfiltered.of(null)) take(event);
    for (const { field, index } of indexes) {
      for (const { filter, take } of index.of(VALUE_OF[field](event))) {
        if (matchesEvent(event, filter)) take(event);
      }
    }
  };

  const add = (entry: Route): (() => void) => {
    const found = indexes.find(({ field }) => entry.filter[field] !== undefined);
    return found ? found.index.add(entry.filter[found.field] ?? [], entry) : unfiltered.add(null, entry);
  };

  const size = (): number => indexes.reduce((sum, { index }) => sum + index.size(), unfiltered.size());

  return {
    position: () => follower.position(),
    size,

    follow(filter, take) {
      stop ??= follower.subscribe((events) => events.forEach(route));
      const remove = add({ filter, take });
      return () => {
        remove();
        if (size() > 0) return;
        stop?.();
        stop = null;
      };
    },
  };
}
