import type { EventType } from './event.ts';

/** `PENDING` and `WAITING` are open: may be sent, or its lane waits until `dueAt`. The others are final. */
export const DELIVERY_STATES = [
  'PENDING',
  'WAITING',
  'DELIVERED',
  'DEAD',
  'SUPERSEDED',
  'CANCELLED',
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export const ATTEMPT_OUTCOMES = ['DELIVERED', 'FAILED'] as const;
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];

/** One HTTP push of a delivery. */
export interface Attempt {
  at: Date;
  durationMs: number;
  outcome: AttemptOutcome;
  /** HTTP status; null when no answer came. */
  status: number | null;
  error: string | null;
  /** The first 16 KB of the answer, as text. */
  responseBody: string | null;
}

/** One event for one endpoint. */
export interface Delivery {
  /** `eventId:endpointId`: an event is fanned out to an endpoint once. */
  id: string;
  eventId: string;
  eventType: EventType;
  endpointId: string;
  incidentId: string;
  /** The event's number. */
  sequence: number;
  /** Number of the event before it that was for this endpoint; null on the first. Fixed at fan-out. */
  previousSequence: number | null;
  /** 0 is sent first. All deliveries have 0 until priorities by severity exist. */
  priority: number;
  /** Size of the event's body in bytes, so that a sender can bound what it holds in memory. */
  bodyBytes: number;
  state: DeliveryState;
  /** When it may be sent (again). */
  dueAt: Date;
  /** All attempts made, also those that are no longer kept in `attempts`. */
  attemptCount: number;
  /** The newest at most 20. */
  attempts: Attempt[];
  createdAt: Date;
  /** When it became final. */
  completedAt: Date | null;
}
