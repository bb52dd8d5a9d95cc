import type { EndpointInput } from '../../domain/endpoint-input.ts';
import { inputErrors } from '../errors/user-error.ts';
import type { MutationResolvers, UpdateWebhookEndpointInput } from '../generated/resolvers-types.ts';
import { clientKeyInput } from '../limits/client-key.ts';

type EndpointMutations = Pick<
  MutationResolvers,
  'createWebhookEndpoint' | 'updateWebhookEndpoint' | 'deleteWebhookEndpoint'
>;

export const endpointMutations: EndpointMutations = {
  async createWebhookEndpoint(_root, { input }, context) {
    const { data, error } = clientKeyInput.safeParse(input);
    if (error) return { webhookEndpoint: null, secret: null, errors: inputErrors(error) };
    const { url, events, isActive = true, description = null, secret = null, ...settings } = input;
    const asked = { url, events: { types: events }, isActive, description, secret, ...settings };
    const result = await context.createWebhookEndpoint({ ...asked, ...data });
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
function changesOf({ id: _id, events, ...input }: UpdateWebhookEndpointInput): EndpointInput {
  return {
    ...input,
    ...(events !== undefined && { events: { types: events } }),
  };
}
