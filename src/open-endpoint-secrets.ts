import type { Sealer } from './access/sealing.ts';
import { promoteWebhookEndpointSecret } from './commands/promote-webhook-endpoint-secret.ts';
import { rotateWebhookEndpointSecret } from './commands/rotate-webhook-endpoint-secret.ts';
import type { EndpointSecretAdministration } from './graphql/endpoints/endpoint-secret-administration.ts';
import type { Clock } from './kernel/clock.ts';
import type { Logger } from './kernel/logger.ts';
import type { WebhookEndpointStore } from './store/webhook-endpoint-store.ts';

export interface OpenEndpointSecretsOptions {
  endpoints: WebhookEndpointStore;
  sealer: Sealer;
  clock: Clock;
  logger: Logger;
}

/** Wires what changes the secrets of endpoints. */
export function openEndpointSecrets(options: OpenEndpointSecretsOptions): EndpointSecretAdministration {
  return {
    rotate: (input) => rotateWebhookEndpointSecret(options, input),
    promote: (input) => promoteWebhookEndpointSecret(options, input),
  };
}
