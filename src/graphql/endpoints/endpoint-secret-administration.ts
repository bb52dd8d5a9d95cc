import type { ChangeEndpointSecretsInput } from '../../commands/change-endpoint-secrets.ts';
import type {
  RotateWebhookEndpointSecretInput,
  RotateWebhookEndpointSecretResult,
} from '../../commands/rotate-webhook-endpoint-secret.ts';
import type { UpdateWebhookEndpointResult } from '../../commands/update-webhook-endpoint.ts';

/** What people can do about what an endpoint's webhooks are signed with. */
export interface EndpointSecretAdministration {
  rotate(input: RotateWebhookEndpointSecretInput): Promise<RotateWebhookEndpointSecretResult>;
  promote(input: ChangeEndpointSecretsInput): Promise<UpdateWebhookEndpointResult>;
}
