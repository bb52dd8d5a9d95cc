import { expect } from 'vitest';
import { apiKeyModel } from '../../../src/store/api-key-row.ts';
import { nativeCollection } from '../../../src/store/native-collection.ts';
import { startGraphqlApp } from './graphql-app.ts';

export type KeyedApp = Awaited<ReturnType<typeof startKeyedApp>>;

/** May do everything. */
export const ROOT_KEY = 'k'.repeat(32);

/** The API where everybody needs a key, with what a test of stored keys needs. */
export async function startKeyedApp(options: Parameters<typeof startGraphqlApp>[0] = {}) {
  const app = await startGraphqlApp({ apiKeys: [ROOT_KEY], ...options });
  const rows = nativeCollection(apiKeyModel(app.connection));

  const create = async (input: object, apiKey = ROOT_KEY) => {
    const { data, errors } = await app.ask(CREATE, { input }, apiKey);
    expect(errors).toBeUndefined();
    return data.createApiKey;
  };

  return {
    ...app,
    rows,
    create,
    /** A key that is taken. */
    async makeKey(input: object = {}): Promise<{ id: string; key: string }> {
      const { apiKey, key, errors } = await create({ name: 'a dashboard', scopes: ['READ'], ...input });
      expect(errors).toEqual([]);
      return { id: apiKey.id, key };
    },
    async revoke(id: string, apiKey = ROOT_KEY) {
      const { data } = await app.ask(REVOKE, { id }, apiKey);
      return data.revokeApiKey;
    },
  };
}

const CREATE = `
  mutation($input: CreateApiKeyInput!) {
    createApiKey(input: $input) {
      key
      apiKey { id name hint scopes state createdAt createdBy expiresAt lastUsedAt revokedAt revokedBy }
      errors { code message path }
    }
  }`;
const REVOKE = `
  mutation($id: ID!) {
    revokeApiKey(input: { id: $id }) { apiKey { id state revokedAt revokedBy } errors { code message path } }
  }`;
