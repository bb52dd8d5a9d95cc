import { assertNever } from '../kernel/assert-never.ts';
import { eventTraits, matchEndpoint } from './endpoint-filter.ts';
import type { FilteredBy } from './endpoint-filter.ts';
import { toWireName } from './event-wire-name.ts';
import type { DeliveryExplanation, ExplainInput, ExplainedEvent } from './delivery-explanation.ts';
import type { WebhookEndpoint } from './webhook-endpoint.ts';
import { toWellFormed } from './well-formed.ts';
import { whyItReceivesNothing } from './why-it-receives-nothing.ts';

const NOTHING_PLANNED = {
  deliveryId: null,
  filteredBy: null,
  supersededBy: null,
  waitsBehind: null,
  nextAttemptAt: null,
};

const HOW_TO_SEND =
  '`recoverDeliveries` with `missed: true`, over a range with the time at which the event was recorded, sends it.';

/** Filters and states are judged as they are now: what they were when the event came is not kept. */
export function explainNoDelivery({
  eventId,
  endpointId,
  event,
  endpoint,
}: Pick<ExplainInput, 'eventId' | 'endpointId' | 'event' | 'endpoint'>): DeliveryExplanation {
  if (endpoint === null) {
    const sentence = `There is no endpoint ${shown(endpointId)}, and it has no delivery of the event.`;
    return { ...NOTHING_PLANNED, verdict: 'UNKNOWN_ENDPOINT', sentence };
  }
  if (event === null) {
    const sentence = `There is no event ${shown(eventId)}; events are kept for 30 days.`;
    return { ...NOTHING_PLANNED, verdict: 'UNKNOWN_EVENT', sentence };
  }
  if (event.sequence === undefined) {
    const sentence =
      'The event is committed but has no number yet. Once it has, within a second or so, it is handed to its endpoints.';
    return { ...NOTHING_PLANNED, verdict: 'NOT_NUMBERED_YET', sentence };
  }
  const { createdAt } = endpoint;
  if (createdAt !== null && createdAt > event.recordedAt) {
    const sentence = `The endpoint was registered at ${createdAt.toISOString()}, after the event was recorded at ${event.recordedAt.toISOString()}.`;
    return { ...NOTHING_PLANNED, verdict: 'NOT_REGISTERED_THEN', sentence };
  }
  const by = filteredBy(endpoint, event);
  if (by === null) {
    const sentence = `The endpoint would get it now, but was not receiving, or had other filters, when the event came at ${event.recordedAt.toISOString()}; or its delivery ended more than 45 days ago. ${HOW_TO_SEND}`;
    return { ...NOTHING_PLANNED, verdict: 'NOT_REGISTERED_THEN', sentence };
  }
  return {
    ...NOTHING_PLANNED,
    verdict: 'FILTERED',
    filteredBy: by,
    sentence: filteredSentence(by, event, endpoint),
  };
}

/** What an endpoint filters tells more than that it is switched off at the moment. */
function filteredBy(endpoint: WebhookEndpoint, event: ExplainedEvent): FilteredBy | null {
  const traits = eventTraits(event);
  const asActive = matchEndpoint({ ...endpoint, state: 'ACTIVE' }, traits);
  const match = asActive.matched ? matchEndpoint(endpoint, traits) : asActive;
  return match.matched ? null : match.by;
}

function filteredSentence(by: FilteredBy, event: ExplainedEvent, endpoint: WebhookEndpoint): string {
  const { severity, source, service } = event.snapshot;
  const now = "judged by the endpoint's settings as they are now";
  switch (by) {
    case 'OWN_FAILURE':
      return "The event is about the endpoint's own failing, and such events are never sent to the endpoint that fails.";
    case 'TYPE': {
      const wanted = endpoint.events.map(toWireName).join(', ') || 'no events';
      return `The endpoint wants ${wanted}; this is ${toWireName(event.type)} (${now}).`;
    }
    case 'SEVERITY':
      return `The incident's severity was ${severity}; the endpoint wants ${endpoint.minSeverity ?? 'any'} and worse (${now}).`;
    case 'SOURCE':
      return `The incident's source was ${shown(source)}; the endpoint wants ${list(endpoint.sources)} (${now}).`;
    case 'SERVICE': {
      const what =
        service === null ? 'The incident had no service' : `The incident's service was ${shown(service)}`;
      return `${what}; the endpoint wants ${list(endpoint.services)} (${now}).`;
    }
    case 'INACTIVE':
    case 'DISABLED':
    case 'INVALID':
      return `No delivery was made, and none would be now: ${whyItReceivesNothing(endpoint) ?? 'it receives nothing'}. Then ${HOW_TO_SEND}`;
    default:
      return assertNever(by);
  }
}

function list(wanted: readonly string[]): string {
  const named = wanted.slice(0, 5).map(shown).join(', ');
  return wanted.length > 5 ? `${named} and ${wanted.length - 5} more` : named;
}

function shown(text: string): string {
  return JSON.stringify(toWellFormed(text.slice(0, 128)));
}
