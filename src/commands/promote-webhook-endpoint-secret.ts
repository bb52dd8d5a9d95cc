import { promoteEndpointSecret } from '../domain/endpoint-rotation.ts';
import type { Refusal } from '../domain/submission.ts';
import type { WebhookEndpoint } from '../domain/webhook-endpoint.ts';
import { changeEndpointSecrets } from './change-endpoint-secrets.ts';
import type { ChangeEndpointSecretsDeps, ChangeEndpointSecretsInput } from './change-endpoint-secrets.ts';

/** Ends the overlap of a rotation now: the new secret signs alone. */
export function promoteWebhookEndpointSecret(
  deps: ChangeEndpointSecretsDeps,
  input: ChangeEndpointSecretsInput,
): Promise<{ endpoint: WebhookEndpoint } | { refusals: Refusal[] }> {
  return changeEndpointSecrets(deps, input, {
    what: 'webhook secret promoted',
    decide: promoteEndpointSecret,
  });
}
