import type { SourceInput } from '../../domain/source-input.ts';
import { inputErrors } from '../errors/user-error.ts';
import type { MutationResolvers, UpdateSourceInput } from '../generated/resolvers-types.ts';
import { clientKeyInput } from '../limits/client-key.ts';

type SourceMutations = Pick<
  MutationResolvers,
  'createSource' | 'updateSource' | 'deleteSource' | 'rotateSourceSecret' | 'retireSourceSecret'
>;

export const sourceMutations: SourceMutations = {
  async createSource(_root, { input }, { sources }) {
    const { data, error } = clientKeyInput.safeParse(input);
    if (error) return { source: null, secret: null, errors: inputErrors(error) };
    const { provider, name, description = null, secret = null, ratePerSecond = null } = input;
    const { settings = null, withoutSecret = false, enabled = true } = input;
    const asked = { provider, name, description, secret, withoutSecret, settings, ratePerSecond, enabled };
    const result = await sources.create({ ...asked, ...data });
    return 'refusals' in result
      ? { source: null, secret: null, errors: result.refusals }
      : { source: result.source, secret: result.secret, errors: [] };
  },

  async updateSource(_root, { input }, { sources }) {
    const result = await sources.update({ id: input.id, ...changesOf(input) });
    return 'refusals' in result
      ? { source: null, errors: result.refusals }
      : { source: result.source, errors: [] };
  },

  async deleteSource(_root, { input }, { sources }) {
    const result = await sources.delete({ id: input.id });
    return 'refusals' in result
      ? { source: null, errors: result.refusals }
      : { source: result.source, errors: [] };
  },

  async rotateSourceSecret(_root, { input }, { sources, principal }) {
    const { id, secret = null, overlapHours = 24 } = input;
    const result = await sources.rotateSecret({ id, secret, overlapHours, by: principal.name });
    return 'refusals' in result
      ? { source: null, secret: null, errors: result.refusals }
      : { source: result.source, secret: result.secret, errors: [] };
  },

  async retireSourceSecret(_root, { input }, { sources, principal }) {
    const { id, secretId } = input;
    const result = await sources.retireSecret({ id, secretId, by: principal.name });
    return 'refusals' in result
      ? { source: null, errors: result.refusals }
      : { source: result.source, errors: [] };
  },
};

/** Only what is spoken of. */
function changesOf({ name, description, enabled, settings, ratePerSecond }: UpdateSourceInput): SourceInput {
  return {
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(enabled !== undefined && { enabled }),
    ...(settings !== undefined && { settings }),
    ...(ratePerSecond !== undefined && { ratePerSecond }),
  };
}
