import { z } from 'zod';
import { inputErrors } from '../errors/user-error.ts';
import type { MutationResolvers } from '../generated/resolvers-types.ts';
import { clientKey } from '../limits/client-key.ts';
import { shortText } from '../limits/texts.ts';

const createApiKeyTexts = z.object({ name: shortText(100), clientMutationKey: clientKey });

export const apiKeyMutations: Pick<MutationResolvers, 'createApiKey' | 'revokeApiKey'> = {
  async createApiKey(_root, { input }, { apiKeyAdministration, principal }) {
    const { data, error } = createApiKeyTexts.safeParse(input);
    if (error) return { apiKey: null, key: null, errors: inputErrors(error) };
    const { scopes, expiresAt = null } = input;
    const result = await apiKeyAdministration.create({ ...data, scopes, expiresAt, by: principal.name });
    return 'refusals' in result
      ? { apiKey: null, key: null, errors: result.refusals }
      : { apiKey: result.apiKey, key: result.key, errors: [] };
  },

  async revokeApiKey(_root, { input }, { apiKeyAdministration, principal }) {
    const result = await apiKeyAdministration.revoke({ id: input.id, by: principal.name });
    return 'refusal' in result
      ? { apiKey: null, errors: [result.refusal] }
      : { apiKey: result.apiKey, errors: [] };
  },
};
