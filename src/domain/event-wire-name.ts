import { EVENT_TYPES } from './event.ts';
import type { EventType } from './event.ts';

const WIRE_NAMES = {
  INCIDENT_CREATED: 'incident.created',
  INCIDENT_UPDATED: 'incident.updated',
  HYPOTHESIS_GENERATED: 'hypothesis.generated',
  TIMELINE_UPDATED: 'timeline.updated',
  EVIDENCE_ADDED: 'evidence.added',
} as const satisfies Record<EventType, string>;

export type EventWireName = (typeof WIRE_NAMES)[EventType];

/** The names as receivers and rows of `webhook_endpoints` write them. */
export const EVENT_WIRE_NAMES: readonly EventWireName[] = EVENT_TYPES.map((type) => WIRE_NAMES[type]);

const BY_WIRE_NAME: ReadonlyMap<string, EventType> = new Map(
  EVENT_TYPES.map((type) => [WIRE_NAMES[type], type]),
);

export function toWireName(type: EventType): EventWireName {
  return WIRE_NAMES[type];
}

/** Null for a name that none of the published types has. */
export function fromWireName(text: string): EventType | null {
  return BY_WIRE_NAME.get(text) ?? null;
}
