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
  /** Whether a person asked for it; the retries that follow are automatic. */
  manual?: true;
  /** The first 16 KB of the answer, as text. */
  responseBody: string | null;
}

/** A person had it sent again. */
export interface Redelivery {
  at: Date;
  /** Name of the API key; null where nobody had to say. */
  by: string | null;
  /** Attempts made before: the retry schedule begins anew behind them. */
  attemptsBefore: number;
}

/** One event, or one test event, for one endpoint. */
export interface Delivery {
  /** `eventId:endpointId`: an event is fanned out to an endpoint once. */
  id: string;
  eventId: string;
  eventType: EventType;
  endpointId: string;
  /** The lane. Of a test event: the delivery's own id. */
  incidentId: string;
  /** The event's number; 0 of a test event. */
  sequence: number;
  /** Number of the event before it that was for this endpoint; null on the first. Fixed at fan-out. */
  previousSequence: number | null;
  /** 0 to 4 by severity, `CRITICAL` first: the lower is sent first when an endpoint has a backlog. */
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
  /** An `INCIDENT_UPDATED` that resolves nothing: a newer one makes it needless while its lane waits. */
  collapsible?: true;
  /** Numbers of the events that this one made needless. */
  supersedes?: number[];
  /** The delivery that made this one needless. */
  supersededBy?: string;
  redelivery?: Redelivery;
  /** Of a test event, which is stored nowhere else. */
  testBody?: string;
}
