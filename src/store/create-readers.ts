import type { Connection } from 'mongoose';
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

/** What the API reads with, an aggregate each. */
export function createReaders(connection: Connection) {
  return {
    incidents: createIncidentReader(connection),
    timeline: createTimelineReader(connection),
    evidence: createEvidenceReader(connection),
    deployments: createDeploymentReader(connection),
    receipts: createReceiptReader(connection),
    deliveries: createDeliveryReader(connection),
    events: createEventReader(connection),
    endpointHealth: createEndpointHealthReader(connection),
    endpointFigures: createEndpointFiguresStore(connection),
    endpointIncidents: createEndpointIncidentReader(connection),
    openAges: createOpenAgeReader(connection),
  };
}
