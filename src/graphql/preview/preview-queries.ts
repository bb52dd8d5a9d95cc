import { codedError } from '../errors/coded-error.ts';
import type { QueryResolvers } from '../generated/resolvers-types.ts';
import { previewInput } from './preview-input.ts';

export const previewQueries: Pick<QueryResolvers, 'previewWebhook'> = {
  async previewWebhook(_root, { input }, { previewWebhook }) {
    const { data, error } = previewInput.safeParse(input);
    if (error) throw codedError('BAD_USER_INPUT', error.issues.map(({ message }) => message).join('; '));
    const preview = await previewWebhook(data);
    if (preview === null) {
      throw codedError('BAD_USER_INPUT', 'There is no such provider, or no such source of it.');
    }
    return preview;
  },
};
