import type { EventType } from './event.ts';
import { EVENT_WIRE_NAMES, fromWireName } from './event-wire-name.ts';

/** Event types named by a registration: each once, in the order written. Or why the list cannot be used. */
export type EndpointEvents = { ok: true; events: EventType[] } | { ok: false; reason: string };

/** Reads `"incident.created,incident.updated"` or an array of such names. */
export function parseEndpointEvents(value: unknown): EndpointEvents {
  const names = typeof value === 'string' ? value.split(',') : value;
  if (!Array.isArray(names)) return refuse('must be event names, separated by commas or as an array');
  const events = new Set<EventType>();
  for (const name of names as unknown[]) {
    if (typeof name !== 'string') return refuse('must hold names only');
    const trimmed = name.trim();
    if (trimmed === '') continue;
    const type = fromWireName(trimmed);
    if (type === null) {
      return refuse(
        `do not include ${JSON.stringify(trimmed.slice(0, 64))}; known are ${EVENT_WIRE_NAMES.join(', ')}`,
      );
    }
    events.add(type);
  }
  if (events.size === 0) return refuse(`must name at least one of ${EVENT_WIRE_NAMES.join(', ')}`);
  return { ok: true, events: [...events] };
}

function refuse(reason: string): EndpointEvents {
  return { ok: false, reason };
}
