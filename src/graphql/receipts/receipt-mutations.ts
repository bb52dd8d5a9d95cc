import type { MutationResolvers } from '../generated/resolvers-types.ts';

export const receiptMutations: Pick<MutationResolvers, 'replayReceipt'> = {
  async replayReceipt(_root, { input }, { replayReceipt, principal }) {
    const result = await replayReceipt({ id: input.id, by: principal.name });
    return 'refusal' in result
      ? { receipt: null, errors: [result.refusal] }
      : { receipt: result.receipt, errors: [] };
  },
};
