import type { WebhookEndpoint } from '../../domain/webhook-endpoint.ts';
import type { SubscriptionResolvers } from '../generated/resolvers-types.ts';
import { liveSource } from '../live/live-source.ts';

export const endpointHealthSubscription: Pick<SubscriptionResolvers, 'webhookEndpointHealth'> = {
  webhookEndpointHealth: {
    subscribe: (_root, { endpointId }) =>
      liveSource({ kind: 'ENDPOINT_HEALTH', endpointId: endpointId ?? null }),
    resolve: (endpoint: WebhookEndpoint) => endpoint,
  },
};
