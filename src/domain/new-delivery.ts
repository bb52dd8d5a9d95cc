import type { Delivery } from './delivery.ts';

/** What there is to say of a delivery that was never tried. */
export type NewDelivery = Pick<
  Delivery,
  | 'eventId'
  | 'eventType'
  | 'endpointId'
  | 'incidentId'
  | 'sequence'
  | 'previousSequence'
  | 'priority'
  | 'bodyBytes'
  | 'state'
>;

/** An event is fanned out to an endpoint once. */
export function deliveryId(eventId: string, endpointId: string): string {
  return `${eventId}:${endpointId}`;
}

/** Reads it off the delivery's id; an event's id has no colon. */
export function endpointOfDelivery(id: string): string {
  return id.slice(id.indexOf(':') + 1);
}

/** Due at once. */
export function newDelivery(given: NewDelivery, now: Date): Delivery {
  return {
    id: deliveryId(given.eventId, given.endpointId),
    ...given,
    dueAt: now,
    attemptCount: 0,
    attempts: [],
    createdAt: now,
    completedAt: null,
  };
}
