import type { Connection } from 'mongoose';
import { createApiKeyReader } from './api-key-reader.ts';
import { createDeliveryReader } from './delivery-reader.ts';
import { createDeploymentReader } from './deployment-reader.ts';
import { createEndpointFiguresStore } from './endpoint-figures-store.ts';
import { createEndpointHealthReader } from './endpoint-health-reader.ts';
import { createEndpointIncidentReader } from './endpoint-incident-reader.ts';
import { createEventReader } from './event-reader.ts';
import { createEvidenceReader } from './evidence-reader.ts';
import { createIncidentReader } from './incident-reader.ts';
import { createOpenAgeReader } from './open-age-reader.ts';
import { createReceiptReader } from './receipt-reader.ts';
import { createTimelineReader } from './timeline-reader.ts';

/** What the API reads with, an aggregate each. Once the signal aborts, what they are reading ends. */
export function createReaders(connection: Connection, signal?: AbortSignal) {
  return {
    apiKeys: createApiKeyReader(connection, signal),
    incidents: createIncidentReader(connection, signal),
    timeline: createTimelineReader(connection, signal),
    evidence: createEvidenceReader(connection, signal),
    deployments: createDeploymentReader(connection, signal),
    receipts: createReceiptReader(connection, signal),
    deliveries: createDeliveryReader(connection, signal),
    events: createEventReader(connection, signal),
    endpointHealth: createEndpointHealthReader(connection, signal),
    endpointFigures: createEndpointFiguresStore(connection),
    endpointIncidents: createEndpointIncidentReader(connection, signal),
    openAges: createOpenAgeReader(connection, signal),
  };
}
