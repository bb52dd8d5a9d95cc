import type { EndpointInput } from '../../domain/endpoint-input.ts';
import type { MutationResolvers, UpdateWebhookEndpointInput } from '../generated/resolvers-types.ts';

type EndpointMutations = Pick<
  MutationResolvers,
  'createWebhookEndpoint' | 'updateWebhookEndpoint' | 'deleteWebhookEndpoint'
>;

export const endpointMutations: EndpointMutations = {
  async createWebhookEndpoint(_root, { input }, context) {
    const { url, events, isActive = true, description = null, secret = null } = input;
    const asked = { url, events: { types: events }, isActive, description, secret };
    const result = await context.createWebhookEndpoint(asked);
    return 'refusals' in result
      ? { webhookEndpoint: null, secret: null, errors: result.refusals }
      : { webhookEndpoint: result.endpoint, secret: result.secret, errors: [] };
  },

  async updateWebhookEndpoint(_root, { input }, context) {
    const result = await context.updateWebhookEndpoint({ id: input.id, ...changesOf(input) });
    return 'refusals' in result
      ? { webhookEndpoint: null, errors: result.refusals }
      : { webhookEndpoint: result.endpoint, errors: [] };
  },

  async deleteWebhookEndpoint(_root, { input }, context) {
    const result = await context.deleteWebhookEndpoint({ id: input.id });
    return 'refusals' in result
      ? { webhookEndpoint: null, errors: result.refusals }
      : { webhookEndpoint: result.endpoint, errors: [] };
  },
};

/** Only what is spoken of. */
function changesOf({ url, events, description, isActive }: UpdateWebhookEndpointInput): EndpointInput {
  return {
    ...(url !== undefined && { url }),
    ...(events !== undefined && { events: { types: events } }),
    ...(description !== undefined && { description }),
    ...(isActive !== undefined && { isActive }),
  };
}
