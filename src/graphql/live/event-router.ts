import type { Event } from '../../domain/event.ts';

/** What follows events through the whole process; see `eventlog`. */
export interface EventFollower {
  /** The last event handed on. */
  position(): number;
  subscribe(listener: (events: readonly Event[]) => void): () => void;
}

type Listener = (event: Event) => void;

export interface EventRouter {
  /** Who has everything up to it and follows in the same tick misses nothing. */
  position(): number;
  /** Events of these incidents, or of all where null, from `position()` on. Returns the function that ends it. */
  follow(incidentIds: readonly string[] | null, listener: Listener): () => void;
}

/** Brings each event to those who wait for its incident, without asking all the others. */
export function createEventRouter(follower: EventFollower): EventRouter {
  const ofAll = new Set<Listener>();
  const ofIncident = new Map<string, Set<Listener>>();
  let routes = 0;
  let stop: (() => void) | null = null;

  const route = (events: readonly Event[]): void => {
    for (const event of events) {
      for (const listener of [...ofAll, ...(ofIncident.get(event.incidentId) ?? [])]) listener(event);
    }
  };

  const add = (incidentId: string, listener: Listener): void => {
    const listeners = ofIncident.get(incidentId) ?? new Set();
    ofIncident.set(incidentId, listeners.add(listener));
  };

  const remove = (incidentId: string, listener: Listener): void => {
    const listeners = ofIncident.get(incidentId);
    if (listeners?.delete(listener) && listeners.size === 0) ofIncident.delete(incidentId);
  };

  return {
    position: () => follower.position(),

    follow(incidentIds, listener) {
      routes += 1;
      stop ??= follower.subscribe(route);
      if (incidentIds === null) ofAll.add(listener);
      else for (const id of incidentIds) add(id, listener);
      let following = true;
      return () => {
        if (!following) return;
        following = false;
        routes -= 1;
        if (incidentIds === null) ofAll.delete(listener);
        else for (const id of incidentIds) remove(id, listener);
        if (routes === 0) {
          stop?.();
          stop = null;
        }
      };
    },
  };
}
