import { signingSecrets } from '../../domain/endpoint-rotation.ts';
import type { MutationResolvers, WebhookEndpointResolvers } from '../generated/resolvers-types.ts';

type EndpointSecretMutations = Pick<
  MutationResolvers,
  'rotateWebhookEndpointSecret' | 'promoteWebhookEndpointSecret'
>;

export const endpointSecretMutations: EndpointSecretMutations = {
  async rotateWebhookEndpointSecret(_root, { input }, { endpointSecrets, principal }) {
    const { id, secret = null, overlapHours = 24 } = input;
    const result = await endpointSecrets.rotate({ id, secret, overlapHours, by: principal.name });
    return 'refusals' in result
      ? { webhookEndpoint: null, secret: null, errors: result.refusals }
      : { webhookEndpoint: result.endpoint, secret: result.secret, errors: [] };
  },

  async promoteWebhookEndpointSecret(_root, { input }, { endpointSecrets, principal }) {
    const result = await endpointSecrets.promote({ id: input.id, by: principal.name });
    return 'refusals' in result
      ? { webhookEndpoint: null, errors: result.refusals }
      : { webhookEndpoint: result.endpoint, errors: [] };
  },
};

export const endpointSecretFields: Pick<WebhookEndpointResolvers, 'secretOverlapUntil'> = {
  secretOverlapUntil(endpoint, _args, { clock }) {
    const signing = signingSecrets(endpoint, clock.now());
    return signing === null || signing.next === null ? null : (endpoint.nextSecret?.until ?? null);
  },
};
