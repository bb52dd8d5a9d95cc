import type { OpenDelivery } from '../store/delivery-store.ts';
import type { EndpointPump } from './endpoint-pump.ts';
import type { Lane } from './lane-window.ts';

export interface Dispatcher {
  /** The endpoint may have something to send. */
  offer(pump: EndpointPump): void;
  /** A push that was started has ended. */
  ended(pump: EndpointPump): void;
  /** Starts what may be started now. */
  run(): void;
  inFlight(): number;
}

interface DispatcherDeps {
  /** Pushes of all endpoints together. */
  maxInFlight: number;
  /** Pushes of one endpoint whose owner set no number. */
  perEndpoint: number;
  /** False while nothing at all may be started. */
  mayStart(): boolean;
  start(pump: EndpointPump, lane: Lane, row: OpenDelivery): void;
}

/**
 * An endpoint may take so much of what is free: the fuller it is, the smaller each one's part. Who wants more in flight
 * than usual gets a larger one.
 */
const PART_OF_FREE = 8;

/** Chooses the next push: endpoints take turns, lanes within them too, under both limits. */
export function createDispatcher(deps: DispatcherDeps): Dispatcher {
  const { maxInFlight, perEndpoint, mayStart, start } = deps;
  const ring: EndpointPump[] = [];
  const inRing = new Set<EndpointPump>();
  let inFlight = 0;
  let suspectInFlight = 0;
  const counted = new Map<EndpointPump, number>();

  const offer = (pump: EndpointPump): void => {
    if (inRing.has(pump) || !pump.window.hasReady()) return;
    inRing.add(pump);
    ring.push(pump);
  };

  /** Endpoints that hang hold what they have for long, so no number of them may get hold of everything. */
  const isCrowded = (pump: EndpointPump): boolean => {
    if (pump.isSuspect && suspectInFlight >= maxInFlight / 2) return true;
    const shares = Math.max(1, pump.maxInFlight(perEndpoint) / perEndpoint);
    const part = Math.max(1, Math.floor(((maxInFlight - inFlight) * shares) / PART_OF_FREE));
    return pump.inFlight >= part;
  };

  const mayStartNext = (pump: EndpointPump): boolean =>
    pump.inFlight < pump.maxInFlight(perEndpoint) && pump.mayStart();

  const begin = (pump: EndpointPump): void => {
    const next = pump.window.take();
    if (next === null) return;
    inFlight++;
    pump.started();
    if (pump.isSuspect) {
      suspectInFlight++;
      counted.set(pump, (counted.get(pump) ?? 0) + 1);
    }
    start(pump, next.lane, next.row);
  };

  return {
    offer,
    inFlight: () => inFlight,
    ended(pump) {
      inFlight--;
      pump.inFlight--;
      const suspects = counted.get(pump);
      if (suspects !== undefined) {
        suspectInFlight--;
        if (suspects === 1) counted.delete(pump);
        else counted.set(pump, suspects - 1);
      }
      offer(pump);
    },
    run() {
      let crowded = 0;
      while (crowded < ring.length && inFlight < maxInFlight && mayStart()) {
        const pump = ring.shift();
        if (pump === undefined) return;
        if (!pump.window.hasReady() || !mayStartNext(pump)) {
          // Whatever changes that offers it again.
          inRing.delete(pump);
          continue;
        }
        ring.push(pump);
        if (isCrowded(pump)) {
          crowded++;
          continue;
        }
        crowded = 0;
        begin(pump);
      }
    },
  };
}
