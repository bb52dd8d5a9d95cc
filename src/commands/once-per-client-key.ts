import type { Refusal } from '../domain/submission.ts';

interface Once<Made extends object> {
  /** Null where the client named none: made each time. */
  clientMutationKey: string | null;
  /** What was made first by a client with this key, as it now is. */
  find: (clientMutationKey: string) => Promise<Made | null>;
  /** Refuses where the key was used meanwhile. */
  make: () => Promise<Made | { refusals: Refusal[] }>;
}

/**
 * Makes something once for each key that clients make up, however often, and from however many processes at once, it is
 * asked for. What is asked for later under the same key is not looked at: the first answer stands.
 */
export async function oncePerClientKey<Made extends object>({
  clientMutationKey,
  find,
  make,
}: Once<Made>): Promise<Made | { refusals: Refusal[] }> {
  if (clientMutationKey === null) return make();
  const before = await find(clientMutationKey);
  if (before !== null) return before;
  const result = await make();
  // What was in the way may be what another request with the same key made since.
  return 'refusals' in result ? ((await find(clientMutationKey)) ?? result) : result;
}

/** What had the key was removed between two looks. */
export const KEY_USED_MEANWHILE: Refusal = {
  code: 'CONFLICT',
  message: 'another request with this clientMutationKey is under way; try again',
  path: ['input', 'clientMutationKey'],
};
