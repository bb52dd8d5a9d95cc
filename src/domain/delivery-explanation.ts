import type { Delivery } from './delivery.ts';
import type { FilteredBy } from './endpoint-filter.ts';
import type { EndpointHealth } from './endpoint-health.ts';
import type { RecoverableEvent } from './recovery.ts';
import type { WebhookEndpoint } from './webhook-endpoint.ts';

export const EXPLANATION_VERDICTS = [
  'DELIVERED',
  'WILL_BE_SENT',
  'WAITS_FOR_LANE',
  'WAITS_FOR_ENDPOINT',
  'PAUSED',
  'DEAD',
  'SUPERSEDED',
  'CANCELLED',
  'FILTERED',
  'NOT_REGISTERED_THEN',
  'NOT_NUMBERED_YET',
  'UNKNOWN_EVENT',
  'UNKNOWN_ENDPOINT',
] as const;
export type ExplanationVerdict = (typeof EXPLANATION_VERDICTS)[number];

/** Why an event was, was not or will be sent to an endpoint. */
export interface DeliveryExplanation {
  verdict: ExplanationVerdict;
  /** Null where none was made. */
  deliveryId: string | null;
  /** By what the endpoint, as it is now, does not get it; null where it would. */
  filteredBy: FilteredBy | null;
  /** Id of the delivery that made it needless. */
  supersededBy: string | null;
  /** Id of the delivery, earlier in its lane, that has to end first. */
  waitsBehind: string | null;
  /** It is not sent before; null where nothing is known to be planned. */
  nextAttemptAt: Date | null;
  /** The same for a person who was woken up. */
  sentence: string;
}

/** `sequence` is undefined until the event is numbered. */
export type ExplainedEvent = Omit<RecoverableEvent, 'bodyBytes' | 'sequence'> & {
  sequence: number | undefined;
};

export type LaneHead = Pick<Delivery, 'id' | 'eventType' | 'sequence' | 'state' | 'dueAt'>;

export interface ExplainInput {
  eventId: string;
  endpointId: string;
  /** Null where it is not kept. */
  event: ExplainedEvent | null;
  /** Null where it was removed. */
  endpoint: WebhookEndpoint | null;
  delivery: Delivery | null;
  /** The lowest open delivery ahead of it in its lane; null where it is the head. */
  laneHead: LaneHead | null;
  /** Null where it never failed. */
  health: EndpointHealth | null;
  now: Date;
}
