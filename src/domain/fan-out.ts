import type { Delivery } from './delivery.ts';
import { EVENT_TYPES } from './event.ts';
import type { EventType } from './event.ts';
import type { WebhookEndpoint } from './webhook-endpoint.ts';

/** What the sequencer needs to know of a committed event. */
export interface PendingEvent {
  id: string;
  type: EventType;
  incidentId: string;
  bodyBytes: number;
}

/** Ids of the endpoints that want a type. */
export type Receivers = ReadonlyMap<EventType, readonly string[]>;

export interface FanOutInput {
  /** In the order in which they are to be numbered. */
  events: readonly PendingEvent[];
  receivers: Receivers;
  /** The last number given. */
  head: number;
  /** Per endpoint the last number fanned out to it; an endpoint without one never got an event. */
  lastSequences: ReadonlyMap<string, number>;
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

export function receiversOf(
  endpoints: readonly Pick<WebhookEndpoint, 'id' | 'events' | 'state'>[],
): Receivers {
  const active = endpoints.filter(({ state }) => state === 'ACTIVE' || state === 'PAUSED');
  return new Map(
    EVENT_TYPES.map((type) => [
      type,
      active.filter(({ events }) => events.includes(type)).map(({ id }) => id),
    ]),
  );
}

/** As many events as surely fit into one transaction with all their deliveries, and never none. */
export function eventsPerTransaction(receivers: Receivers): number {
  const widest = Math.max(...[...receivers.values()].map((ids) => ids.length));
  return Math.min(MAX_EVENTS, Math.max(1, Math.floor(MAX_ROWS / (1 + widest))));
}

/** An event is fanned out to an endpoint once. */
export function deliveryId(eventId: string, endpointId: string): string {
  return `${eventId}:${endpointId}`;
}

/** Gives the events their numbers, and each endpoint that wants one a delivery of it. */
export function fanOut({ events, receivers, head, lastSequences, now }: FanOutInput): FanOut {
  const result: FanOut = { head, numbers: [], deliveries: [], lastSequences: new Map() };
  for (const event of events) {
    const sequence = (result.head += 1);
    result.numbers.push({ id: event.id, sequence });
    for (const endpointId of receivers.get(event.type) ?? []) {
      const previousSequence = result.lastSequences.get(endpointId) ?? lastSequences.get(endpointId) ?? null;
      result.lastSequences.set(endpointId, sequence);
      result.deliveries.push(newDelivery({ event, endpointId, sequence, previousSequence, now }));
    }
  }
  return result;
}

interface NewDelivery {
  event: PendingEvent;
  endpointId: string;
  sequence: number;
  previousSequence: number | null;
  now: Date;
}

function newDelivery({ event, endpointId, sequence, previousSequence, now }: NewDelivery): Delivery {
  return {
    id: deliveryId(event.id, endpointId),
    eventId: event.id,
    eventType: event.type,
    endpointId,
    incidentId: event.incidentId,
    sequence,
    previousSequence,
    priority: 0,
    bodyBytes: event.bodyBytes,
    state: 'PENDING',
    dueAt: now,
    attemptCount: 0,
    attempts: [],
    createdAt: now,
    completedAt: null,
  };
}
