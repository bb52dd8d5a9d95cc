import { apiKeyDigest, apiKeyHint, makeApiKeyText } from '../domain/api-key-text.ts';
import { MAX_LIVE_API_KEYS } from '../domain/api-key.ts';
import type { ApiKey } from '../domain/api-key.ts';
import { withRead } from '../domain/scope.ts';
import type { Scope } from '../domain/scope.ts';
import type { Refusal } from '../domain/submission.ts';
import type { Clock } from '../kernel/clock.ts';
import type { NewId } from '../kernel/ids.ts';
import type { ApiKeyStore } from '../store/api-key-store.ts';
import { KEY_USED_MEANWHILE, oncePerClientKey } from './once-per-client-key.ts';

export interface CreateApiKeyDeps {
  apiKeys: Pick<ApiKeyStore, 'insert' | 'byClientKey'>;
  clock: Pick<Clock, 'now'>;
  newId: NewId;
}

export interface CreateApiKeyInput {
  name: string;
  scopes: readonly Scope[];
  expiresAt: Date | null;
  clientMutationKey: string | null;
  by: string | null;
}

/** `key` is what was made, to be shown once; null where the client's key had made one before. */
export type CreateApiKeyResult = { apiKey: ApiKey; key: string | null } | { refusals: Refusal[] };

/** The same client key again gives the API key of the first time, as it now is. */
export function createApiKey(deps: CreateApiKeyDeps, input: CreateApiKeyInput): Promise<CreateApiKeyResult> {
  return oncePerClientKey({
    clientMutationKey: input.clientMutationKey,
    async find(clientMutationKey) {
      const apiKey = await deps.apiKeys.byClientKey(clientMutationKey);
      return apiKey === null ? null : { apiKey, key: null };
    },
    make: () => makeApiKey(deps, input),
  });
}

async function makeApiKey(
  { apiKeys, clock, newId }: CreateApiKeyDeps,
  { name, scopes, expiresAt, clientMutationKey, by }: CreateApiKeyInput,
): Promise<CreateApiKeyResult> {
  const createdAt = clock.now();
  const refusals = refusalsOf({ scopes, expiresAt }, createdAt);
  if (refusals.length > 0) return { refusals };
  const key = makeApiKeyText();
  const apiKey: ApiKey = {
    id: newId(),
    name,
    hint: apiKeyHint(key),
    scopes: withRead(scopes),
    createdAt,
    createdBy: by,
    expiresAt,
    lastUsedAt: null,
    revokedAt: null,
    revokedBy: null,
  };
  const outcome = await apiKeys.insert(apiKey, { digest: apiKeyDigest(key), clientMutationKey });
  if (outcome === 'EXISTS') return { refusals: [KEY_USED_MEANWHILE] };
  if (outcome === 'FULL') {
    const message = `${MAX_LIVE_API_KEYS} API keys are live, and there can be no more; revoke one first`;
    return { refusals: [{ code: 'CONFLICT', message, path: ['input'] }] };
  }
  return { apiKey, key };
}

function refusalsOf(
  { scopes, expiresAt }: Pick<CreateApiKeyInput, 'scopes' | 'expiresAt'>,
  now: Date,
): Refusal[] {
  const refusals: Refusal[] = [];
  const refuse = (field: string, message: string): void => {
    refusals.push({ code: 'INVALID', message, path: ['input', field] });
  };
  if (scopes.length === 0) refuse('scopes', 'scopes must name at least one');
  if (expiresAt !== null && expiresAt <= now) refuse('expiresAt', 'expiresAt must be in the future');
  return refusals;
}
