import type { MutationResolvers } from '../generated/resolvers-types.ts';

type SteeringMutations = Pick<
  MutationResolvers,
  | 'sendTestEvent'
  | 'redeliver'
  | 'recoverDeliveries'
  | 'cancelRecovery'
  | 'pauseWebhookEndpoint'
  | 'resumeWebhookEndpoint'
>;

export const steeringMutations: SteeringMutations = {
  async sendTestEvent(_root, { input }, { steering }) {
    const { endpointId, type = 'INCIDENT_CREATED' } = input;
    const result = await steering.sendTestEvent({ endpointId, type });
    return 'refusal' in result
      ? { delivery: null, errors: [result.refusal] }
      : { delivery: result.delivery, errors: [] };
  },

  async redeliver(_root, { input }, { steering, principal }) {
    const result = await steering.redeliver({ deliveryId: input.deliveryId, by: principal.name });
    return 'refusal' in result
      ? { delivery: null, errors: [result.refusal] }
      : { delivery: result.delivery, errors: [] };
  },

  async recoverDeliveries(_root, { input }, { steering, principal }) {
    const { endpointId, since, until = null, states = ['DEAD'], missed = false } = input;
    const result = await steering.recover({ endpointId, since, until, states, missed, by: principal.name });
    return 'refusals' in result
      ? { recovery: null, errors: result.refusals }
      : { recovery: result.recovery, errors: [] };
  },

  async cancelRecovery(_root, { input }, { steering }) {
    const result = await steering.cancelRecovery({ id: input.id });
    return 'refusal' in result
      ? { recovery: null, errors: [result.refusal] }
      : { recovery: result.recovery, errors: [] };
  },

  async pauseWebhookEndpoint(_root, { input }, { steering }) {
    const result = await steering.pause({ id: input.id, paused: true });
    return 'refusal' in result
      ? { webhookEndpoint: null, errors: [result.refusal] }
      : { webhookEndpoint: result.endpoint, errors: [] };
  },

  async resumeWebhookEndpoint(_root, { input }, { steering }) {
    const result = await steering.pause({ id: input.id, paused: false });
    return 'refusal' in result
      ? { webhookEndpoint: null, errors: [result.refusal] }
      : { webhookEndpoint: result.endpoint, errors: [] };
  },
};
