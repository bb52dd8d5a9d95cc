import type { Sealer } from '../access/sealing.ts';
import { checkEndpointInput } from '../domain/endpoint-input.ts';
import type { EndpointInput } from '../domain/endpoint-input.ts';
import { generateSecret } from '../domain/signing.ts';
import type { Refusal } from '../domain/submission.ts';
import { MAX_ENDPOINTS, NO_SETTINGS } from '../domain/webhook-endpoint.ts';
import type { WebhookEndpoint } from '../domain/webhook-endpoint.ts';
import type { Clock } from '../kernel/clock.ts';
import type { NewId } from '../kernel/ids.ts';
import type { WebhookEndpointStore } from '../store/webhook-endpoint-store.ts';
import type { CheckEndpointTarget } from './check-endpoint-target.ts';
import { KEY_USED_MEANWHILE, oncePerClientKey } from './once-per-client-key.ts';
import { sealEndpointHeaders } from './seal-endpoint-headers.ts';

export interface CreateWebhookEndpointDeps {
  endpoints: Pick<WebhookEndpointStore, 'insert' | 'byClientKey'>;
  sealer: Pick<Sealer, 'seal'>;
  clock: Pick<Clock, 'now'>;
  newId: NewId;
  checkTarget: CheckEndpointTarget;
}

export type CreateWebhookEndpointInput = Required<Pick<EndpointInput, 'url' | 'events'>> &
  EndpointInput & { clientMutationKey?: string | null };

/** `secret` is the one that was made, to be shown once; null where one was given, or the client's key had made one before. */
export type CreateWebhookEndpointResult =
  { endpoint: WebhookEndpoint; secret: string | null } | { refusals: Refusal[] };

/**
 * Registers a receiver. It gets every event of its types that is committed once this is answered. The same client key
 * again gives the endpoint of the first time, as it now is.
 */
export function createWebhookEndpoint(
  deps: CreateWebhookEndpointDeps,
  { clientMutationKey = null, ...input }: CreateWebhookEndpointInput,
): Promise<CreateWebhookEndpointResult> {
  return oncePerClientKey({
    clientMutationKey,
    async find(key) {
      const endpoint = await deps.endpoints.byClientKey(key);
      return endpoint === null ? null : { endpoint, secret: null };
    },
    make: () => makeEndpoint(deps, input, clientMutationKey),
  });
}

async function makeEndpoint(
  { endpoints, sealer, clock, newId, checkTarget }: CreateWebhookEndpointDeps,
  input: EndpointInput,
  clientMutationKey: string | null,
): Promise<CreateWebhookEndpointResult> {
  const result = checkEndpointInput(input);
  if ('refusals' in result) return result;
  const refusal = await checkTarget(result.checked.url ?? '');
  if (refusal !== null) return { refusals: [refusal] };
  const { secret: given = null, ...checked } = result.checked;
  const { url = '', events = [], description = null, isActive = true, headers, ...others } = checked;

  const id = newId();
  const made = given === null ? generateSecret() : null;
  const sealed = sealer.seal(given ?? made ?? '', endpointSecretPlace(id));
  const secret = { form: 'SEALED', sealed } as const;
  const settings = {
    ...others,
    ...(headers !== undefined && { headers: sealEndpointHeaders({ sealer, endpointId: id }, headers) }),
  };
  const createdAt = clock.now();
  const fields = { id, url, events, description, isActive, ...settings, secret, createdAt };
  const outcome = await endpoints.insert({ ...fields, clientMutationKey });
  if (outcome === 'EXISTS') return { refusals: [KEY_USED_MEANWHILE] };
  if (outcome === 'FULL') {
    const message = `${MAX_ENDPOINTS} endpoints exist, and there can be no more; delete one first`;
    return { refusals: [{ code: 'CONFLICT', message, path: ['input'] }] };
  }
  const state = isActive ? 'ACTIVE' : 'INACTIVE';
  const nothingYet = {
    nextSecret: null,
    pausedAt: null,
    disabledAt: null,
    disabledReason: null,
    invalidReason: null,
  };
  const endpoint = { ...NO_SETTINGS, ...nothingYet, ...fields, state, updatedAt: createdAt } as const;
  return { endpoint, secret: made };
}

/** Where an endpoint's secret is sealed, so also where it is opened. */
export function endpointSecretPlace(endpointId: string): { recordId: string; field: string } {
  return { recordId: endpointId, field: 'secret' };
}
