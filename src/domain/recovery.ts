import { leastIdAt } from '../kernel/ids.ts';
import { deliveryPriority } from './delivery-priority.ts';
import type { Delivery, DeliveryState } from './delivery.ts';
import type { Event, EventDetails, IncidentSnapshot } from './event.ts';
import { newDelivery } from './new-delivery.ts';

export const RECOVERY_STATES = ['RUNNING', 'DONE', 'CANCELLED', 'FAILED'] as const;
export type RecoveryState = (typeof RECOVERY_STATES)[number];

/** What of a range of time is sent to an endpoint again, worked off in batches. */
export interface Recovery {
  id: string;
  endpointId: string;
  /** Events recorded from `since` up to, not including, `until`. */
  since: Date;
  until: Date;
  /** Deliveries in these states are sent again. Final ones only. */
  states: readonly DeliveryState[];
  /** Whether events that the endpoint wants and has no delivery of are sent too. */
  missed: boolean;
  /** Who asked for it: name of the API key; null where nobody had to say. */
  by: string | null;
  state: RecoveryState;
  /** Why it failed; null otherwise. */
  reason: string | null;
  /** Id of the delivery or event up to which it is done. Who moves it works the batch behind it. */
  cursor: string;
  /** Deliveries sent again. */
  recovered: number;
  /** Deliveries made for missed events. */
  added: number;
  /** Deliveries that match but whose event is no longer kept. */
  expired: number;
  createdAt: Date;
  completedAt: Date | null;
}

/** Of an event, what decides whether an endpoint wants it and what its delivery says. */
export interface RecoverableEvent extends Pick<
  Event,
  'id' | 'type' | 'incidentId' | 'sequence' | 'recordedAt' | 'notFor'
> {
  snapshot: Pick<IncidentSnapshot, 'severity' | 'source' | 'service'>;
  details: Pick<EventDetails, 'changes'>;
  bodyBytes: number;
}

/** The next events or deliveries behind the cursor, with what belongs to them. */
export interface RecoveryBatch {
  /** In no order; events that are not numbered or no longer kept are missing. */
  events: readonly RecoverableEvent[];
  deliveries: readonly Pick<Delivery, 'id' | 'eventId' | 'state'>[];
  /** The last id looked at; null where nothing was left. */
  last: string | null;
}

export interface RecoveryStep {
  /** Ids of deliveries to be sent again. */
  again: string[];
  /** Deliveries to be made. */
  missed: Delivery[];
  expired: number;
}

/** An event's id is made before it is committed, maybe by the clock of another host. */
const SLACK_MS = 60_000;

/** Every id of an event recorded in the range, and of its deliveries, lies between. */
export function idRange({ since, until }: Pick<Recovery, 'since' | 'until'>): { from: string; to: string } {
  return {
    from: leastIdAt(new Date(since.getTime() - SLACK_MS)),
    to: leastIdAt(new Date(until.getTime() + SLACK_MS)),
  };
}

/** Up to when a recovery is done, from the time in the id it has come to. */
export function workedUpTo({ cursor, state, since, until }: Recovery): Date {
  if (state === 'DONE') return until;
  const time = Number.parseInt(cursor.slice(0, 8) + cursor.slice(9, 13), 16);
  return new Date(Math.min(Math.max(time, since.getTime()), until.getTime()));
}

/** What is to be done about one batch. `wants`: whether the endpoint, as it is now, is to get an event. */
export function planRecovery(
  recovery: Recovery,
  { events, deliveries }: RecoveryBatch,
  wants: (event: RecoverableEvent) => boolean,
  now: Date,
): RecoveryStep {
  const { endpointId, since, until } = recovery;
  const kept = new Map(events.map((event) => [event.id, event]));
  const isInRange = ({ recordedAt }: RecoverableEvent): boolean => recordedAt >= since && recordedAt < until;
  const step: RecoveryStep = { again: [], missed: [], expired: 0 };
  for (const { id, eventId, state } of deliveries) {
    if (!recovery.states.includes(state)) continue;
    const event = kept.get(eventId);
    if (event === undefined) step.expired++;
    else if (isInRange(event)) step.again.push(id);
  }
  if (recovery.missed) {
    const delivered = new Set(deliveries.map(({ eventId }) => eventId));
    step.missed = events
      .filter((event) => isInRange(event) && !delivered.has(event.id) && wants(event))
      .map((event) => missedDelivery(event, endpointId, now));
  }
  return step;
}

/** It was not fanned out, so no event before it is known to have been for this endpoint. */
function missedDelivery(event: RecoverableEvent, endpointId: string, now: Date): Delivery {
  const { id: eventId, type: eventType, incidentId, sequence, bodyBytes, snapshot } = event;
  const priority = deliveryPriority(snapshot.severity);
  const place = { eventId, eventType, endpointId, incidentId, sequence, previousSequence: null };
  return newDelivery({ ...place, priority, bodyBytes, state: 'WAITING' }, now);
}
