import type { CreateApiKeyInput, CreateApiKeyResult } from '../../commands/create-api-key.ts';
import type { RevokeApiKeyInput, RevokeApiKeyResult } from '../../commands/revoke-api-key.ts';

/** What people can do about API keys. */
export interface ApiKeyAdministration {
  create(input: CreateApiKeyInput): Promise<CreateApiKeyResult>;
  revoke(input: RevokeApiKeyInput): Promise<RevokeApiKeyResult>;
}
