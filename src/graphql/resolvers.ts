import { apiKeyMutations } from './access/api-key-mutations.ts';
import { apiKeyFields, apiKeyQueries, viewerFields } from './access/api-key-queries.ts';
import {
  attemptFields,
  deliveryFields,
  deliveryQueries,
  deliverySubscription,
} from './deliveries/delivery-resolvers.ts';
import { deploymentFields, deploymentQueries } from './deployments/deployment-resolvers.ts';
import { endpointHealthField, endpointHealthFields } from './endpoints/endpoint-health-fields.ts';
import { endpointHealthSubscription } from './endpoints/endpoint-health-subscription.ts';
import { endpointMutations } from './endpoints/endpoint-mutations.ts';
import { endpointFields, endpointQueries } from './endpoints/endpoint-queries.ts';
import { endpointSecretFields, endpointSecretMutations } from './endpoints/endpoint-secret-mutations.ts';
import { eventQueries, eventSubscription, eventTypes } from './events/event-resolvers.ts';
import { evidenceFields, evidenceMutations, evidenceQueries } from './evidence/evidence-resolvers.ts';
import type { Resolvers } from './generated/resolvers-types.ts';
import { incidentFields } from './incidents/incident-fields.ts';
import { incidentMutations } from './incidents/incident-mutations.ts';
import { incidentQueries } from './incidents/incident-queries.ts';
import { incidentSubscription } from './incidents/incident-subscription.ts';
import { receiptMutations } from './receipts/receipt-mutations.ts';
import { previewQueries } from './preview/preview-queries.ts';
import { previewTypes } from './preview/preview-types.ts';
import { receiptFields, receiptQueries, receiptSubscription } from './receipts/receipt-resolvers.ts';
import { dateTime } from './scalars/date-time.ts';
import { sequence } from './scalars/sequence.ts';
import { sourceMutations } from './sources/source-mutations.ts';
import { sourceFields, sourceQueries, sourceSecretFields } from './sources/source-queries.ts';
import { steeringMutations } from './steering/steering-mutations.ts';
import { explanationFields, recoveryFields, steeringQueries } from './steering/steering-queries.ts';
import { timelineEntryFields, timelineMutations } from './timeline/timeline-resolvers.ts';

/** All that the default resolver, which reads the property of the same name, does not do. */
export const resolvers: Resolvers = {
  DateTime: dateTime,
  Sequence: sequence,
  Query: {
    ...incidentQueries,
    ...evidenceQueries,
    ...deploymentQueries,
    ...eventQueries,
    ...endpointQueries,
    ...deliveryQueries,
    ...steeringQueries,
    ...receiptQueries,
    ...sourceQueries,
    ...previewQueries,
    ...apiKeyQueries,
  },
  Mutation: {
    ...incidentMutations,
    ...timelineMutations,
    ...evidenceMutations,
    ...endpointMutations,
    ...endpointSecretMutations,
    ...steeringMutations,
    ...receiptMutations,
    ...sourceMutations,
    ...apiKeyMutations,
  },
  Subscription: {
    ...incidentSubscription,
    ...eventSubscription,
    ...deliverySubscription,
    ...endpointHealthSubscription,
    ...receiptSubscription,
  },
  Incident: incidentFields,
  TimelineEntry: timelineEntryFields,
  Evidence: evidenceFields,
  Deployment: deploymentFields,
  WebhookEndpoint: { ...endpointFields, ...endpointSecretFields, ...endpointHealthField },
  EndpointHealth: endpointHealthFields,
  Delivery: deliveryFields,
  Attempt: attemptFields,
  DeliveryExplanation: explanationFields,
  Recovery: recoveryFields,
  Receipt: receiptFields,
  Source: sourceFields,
  SourceSecret: sourceSecretFields,
  ApiKey: apiKeyFields,
  Viewer: viewerFields,
  ...eventTypes,
  ...previewTypes,
};
