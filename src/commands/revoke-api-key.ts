import type { ApiKey } from '../domain/api-key.ts';
import type { Refusal } from '../domain/submission.ts';
import type { Clock } from '../kernel/clock.ts';
import type { ApiKeyStore } from '../store/api-key-store.ts';

export interface RevokeApiKeyDeps {
  apiKeys: Pick<ApiKeyStore, 'revoke'>;
  clock: Pick<Clock, 'now'>;
}

export interface RevokeApiKeyInput {
  id: string;
  by: string | null;
}

export type RevokeApiKeyResult = { apiKey: ApiKey } | { refusal: Refusal };

/** Ends a key for good; that it was revoked before is no refusal. */
export async function revokeApiKey(
  { apiKeys, clock }: RevokeApiKeyDeps,
  { id, by }: RevokeApiKeyInput,
): Promise<RevokeApiKeyResult> {
  const apiKey = await apiKeys.revoke(id, { at: clock.now(), by });
  if (apiKey !== null) return { apiKey };
  const message = `there is no API key ${id.slice(0, 128)}`;
  return { refusal: { code: 'NOT_FOUND', message, path: ['input', 'id'] } };
}
