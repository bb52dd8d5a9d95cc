import { canonicalJson } from '../kernel/canonical-json.ts';
import type { JsonValue } from '../kernel/canonical-json.ts';
import type { Delivery } from './delivery.ts';
import { OPSLENS_SOURCE } from './endpoint-incident-key.ts';
import type { EventDetails, EventType } from './event.ts';
import type { Incident } from './incident.ts';
import { deliveryId, newDelivery } from './new-delivery.ts';
import { outgoingBody } from './outgoing-body.ts';

/** Begins the ids of test events, which no event has. */
export const TEST_ID_PREFIX = 'test_';

export interface TestDeliveryInput {
  /** A new one. */
  id: string;
  endpointId: string;
  type: EventType;
  now: Date;
}

/** A delivery of a made-up event, in a lane of its own. It waits as of now, so that its sender meets it at once. */
export function testDelivery({ id, endpointId, type, now }: TestDeliveryInput): Delivery {
  const eventId = `${TEST_ID_PREFIX}${id}`;
  const testBody = sampleBody(type, eventId, now);
  const given = {
    eventId,
    eventType: type,
    endpointId,
    incidentId: deliveryId(eventId, endpointId),
    sequence: 0,
    previousSequence: null,
    priority: 0,
    bodyBytes: Buffer.byteLength(testBody),
    state: 'WAITING',
  } as const;
  return { ...newDelivery(given, now), testBody };
}

/** The body of an event of the type, with `data.test: true`. */
function sampleBody(type: EventType, incidentId: string, now: Date): string {
  const body = outgoingBody(type, sampleIncident(incidentId, now), sampleDetails(now), now);
  const { data, ...top } = JSON.parse(body) as Record<string, JsonValue> & {
    data: Record<string, JsonValue>;
  };
  return canonicalJson({ ...top, data: { ...data, test: true } });
}

function sampleIncident(id: string, now: Date): Incident {
  return {
    id,
    keySource: OPSLENS_SOURCE,
    externalKey: null,
    status: 'OPEN',
    title: 'Test event of OpsLens',
    description: 'Somebody asked OpsLens to send this test. Nothing has happened.',
    severity: 'INFO',
    service: null,
    url: null,
    source: OPSLENS_SOURCE,
    createdAt: now,
    openedAt: now,
    acknowledgedAt: null,
    resolvedAt: null,
    updatedAt: now,
    triggerCount: 1,
    lastSeenAt: now,
  };
}

function sampleDetails(now: Date): EventDetails {
  return {
    changes: [{ field: 'severity', from: 'low', to: 'info' }],
    entries: [{ id: 'test_entry', kind: 'NOTE', text: 'A note, as a test.', occurredAt: now }],
    evidence: [
      {
        id: 'test_evidence',
        kind: 'LINK',
        title: 'A link, as a test',
        text: '',
        url: 'https://example.com/',
        occurredAt: now,
      },
    ],
  };
}
