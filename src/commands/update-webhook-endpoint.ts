import type { Sealer } from '../access/sealing.ts';
import { checkEndpointInput } from '../domain/endpoint-input.ts';
import type { EndpointInput } from '../domain/endpoint-input.ts';
import type { Refusal } from '../domain/submission.ts';
import type { WebhookEndpoint } from '../domain/webhook-endpoint.ts';
import type { Clock } from '../kernel/clock.ts';
import type { WebhookEndpointStore } from '../store/webhook-endpoint-store.ts';
import type { CheckEndpointTarget } from './check-endpoint-target.ts';
import { endpointSecretPlace } from './create-webhook-endpoint.ts';
import { sealEndpointHeaders } from './seal-endpoint-headers.ts';

export interface UpdateWebhookEndpointDeps {
  endpoints: Pick<WebhookEndpointStore, 'update'>;
  sealer: Pick<Sealer, 'seal'>;
  clock: Pick<Clock, 'now'>;
  checkTarget: CheckEndpointTarget;
}

export type UpdateWebhookEndpointResult = { endpoint: WebhookEndpoint } | { refusals: Refusal[] };

/** Absent fields stay as they are. Hand-made rows are changed like any other. */
export async function updateWebhookEndpoint(
  { endpoints, sealer, clock, checkTarget }: UpdateWebhookEndpointDeps,
  { id, ...input }: EndpointInput & { id: string },
): Promise<UpdateWebhookEndpointResult> {
  const result = checkEndpointInput(input);
  if ('refusals' in result) return result;
  const { url } = result.checked;
  const refusal = url === undefined ? null : await checkTarget(url);
  if (refusal !== null) return { refusals: [refusal] };
  const { secret, headers, ...changes } = result.checked;
  const endpoint = await endpoints.update(id, {
    ...changes,
    ...(typeof secret === 'string' && {
      secret: { form: 'SEALED', sealed: sealer.seal(secret, endpointSecretPlace(id)) },
    }),
    ...(headers !== undefined && { headers: sealEndpointHeaders({ sealer, endpointId: id }, headers) }),
    // Its owner's word, either way, ends what OpsLens decided.
    ...(changes.isActive !== undefined && { disabled: null }),
    updatedAt: clock.now(),
  });
  return endpoint === null ? { refusals: [noSuchEndpoint(id)] } : { endpoint };
}

export function noSuchEndpoint(id: string): Refusal {
  return { code: 'NOT_FOUND', message: `there is no endpoint ${id.slice(0, 128)}`, path: ['input', 'id'] };
}
