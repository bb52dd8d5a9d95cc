import type { DatabaseIdentityStore } from '../store/database-identity-store.ts';
import type { SealingKeys } from './load-sealing-keys.ts';

/** The database's secrets are sealed with a key that this process does not have. */
export class ForeignSecretKeyError extends Error {
  override readonly name = 'ForeignSecretKeyError';
}

/**
 * Makes sure that all processes of one database seal with one key: the first to come is remembered, and another one is
 * let in only if it can open what the remembered key sealed (`previous`). It then becomes the remembered one.
 */
export async function claimDatabase(
  { current, previous }: Pick<SealingKeys, 'current' | 'previous'>,
  identity: Pick<DatabaseIdentityStore, 'rememberKey' | 'replaceKey'>,
): Promise<void> {
  const remembered = await identity.rememberKey(current.id);
  if (remembered === current.id) return;
  if (previous?.id === remembered && (await identity.replaceKey(remembered, current.id))) return;
  if ((await identity.rememberKey(current.id)) === current.id) return;
  throw new ForeignSecretKeyError(
    `This database belongs to the secret key ${remembered}, and this process has ${current.id}. ` +
      'All processes of one database must share one SECRET_KEY: set it to the same value everywhere ' +
      '(a process without it made its own in DATA_DIR/secret.key, whose content may be used as SECRET_KEY). ' +
      'To change the key, set the former one as SECRET_KEY_PREVIOUS.',
  );
}
