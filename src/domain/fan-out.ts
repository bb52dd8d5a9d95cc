import { deliveryPriority } from './delivery-priority.ts';
import type { Delivery } from './delivery.ts';
import { filteredBy, hasFilter, receives } from './endpoint-filter.ts';
import type { EventTraits, FilteringEndpoint, IncidentFilter } from './endpoint-filter.ts';
import { EVENT_TYPES } from './event.ts';
import type { EventType } from './event.ts';
import { newDelivery } from './new-delivery.ts';

/** What the sequencer needs to know of a committed event. */
export interface PendingEvent extends EventTraits {
  id: string;
  incidentId: string;
  bodyBytes: number;
  /** Whether the incident became resolved by it. */
  resolves: boolean;
}

/** An endpoint that wants a type. */
interface Receiver {
  id: string;
  /** Null where it wants all incidents. */
  filter: IncidentFilter | null;
}

export type Receivers = ReadonlyMap<EventType, readonly Receiver[]>;

export interface FanOutInput {
  /** In the order in which they are to be numbered. */
  events: readonly PendingEvent[];
  receivers: Receivers;
  /** The last number given. */
  head: number;
  /** Per endpoint the last number fanned out to it; one that never got an event has none or null. */
  lastSequences: ReadonlyMap<string, number | null>;
  now: Date;
}

export interface FanOut {
  /** The last number given now. */
  head: number;
  numbers: { id: string; sequence: number }[];
  deliveries: Delivery[];
  /** Of the endpoints that got deliveries, and of no others. */
  lastSequences: Map<string, number>;
}

/** Rows of one transaction. 20,000 take 0.4 s, 250,000 fail for ever: stay far below. */
const MAX_ROWS = 4_999;
const MAX_EVENTS = 1_000;

export function receiversOf(endpoints: readonly FilteringEndpoint[]): Receivers {
  const active = endpoints.filter(receives).map((endpoint) => ({
    events: endpoint.events,
    receiver: { id: endpoint.id, filter: hasFilter(endpoint) ? endpoint : null },
  }));
  return new Map(
    EVENT_TYPES.map((type) => [
      type,
      active.filter(({ events }) => events.includes(type)).map(({ receiver }) => receiver),
    ]),
  );
}

/** As many events as surely fit into one transaction with all their deliveries, and never none. */
export function eventsPerTransaction(receivers: Receivers): number {
  const widest = Math.max(...[...receivers.values()].map((list) => list.length));
  return Math.min(MAX_EVENTS, Math.max(1, Math.floor(MAX_ROWS / (1 + widest))));
}

/** Gives the events their numbers, and each endpoint that wants one a delivery of it. */
export function fanOut({ events, receivers, head, lastSequences, now }: FanOutInput): FanOut {
  const result: FanOut = { head, numbers: [], deliveries: [], lastSequences: new Map() };
  for (const event of events) {
    const sequence = (result.head += 1);
    result.numbers.push({ id: event.id, sequence });
    for (const { id: endpointId, filter } of receivers.get(event.type) ?? []) {
      if (event.notFor === endpointId || (filter !== null && filteredBy(filter, event) !== null)) continue;
      const previousSequence = result.lastSequences.get(endpointId) ?? lastSequences.get(endpointId) ?? null;
      result.lastSequences.set(endpointId, sequence);
      result.deliveries.push(fannedOut({ event, endpointId, sequence, previousSequence, now }));
    }
  }
  return result;
}

interface FannedOut {
  event: PendingEvent;
  endpointId: string;
  sequence: number;
  previousSequence: number | null;
  now: Date;
}

function fannedOut({ event, endpointId, sequence, previousSequence, now }: FannedOut): Delivery {
  const { id: eventId, type: eventType, incidentId, bodyBytes } = event;
  const priority = deliveryPriority(event.now.severity);
  const place = { eventId, eventType, endpointId, incidentId, sequence, previousSequence };
  const delivery = newDelivery({ ...place, priority, bodyBytes, state: 'PENDING' }, now);
  return eventType === 'INCIDENT_UPDATED' && !event.resolves ? { ...delivery, collapsible: true } : delivery;
}
