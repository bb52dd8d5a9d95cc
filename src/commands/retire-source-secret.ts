import { retireSecret } from '../domain/source-rotation.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import { changeSource } from './change-source.ts';
import type { ChangeSourceDeps, SourceResult } from './change-source.ts';

export interface RetireSourceSecretDeps extends ChangeSourceDeps {
  clock: Pick<Clock, 'now'>;
  logger: Pick<Logger, 'info'>;
}

export interface RetireSourceSecretInput {
  id: string;
  secretId: string;
  /** Names the API key; null where nobody had to say. */
  by: string | null;
}

/** Ends a previous secret at once. */
export async function retireSourceSecret(
  deps: RetireSourceSecretDeps,
  { id, secretId, by }: RetireSourceSecretInput,
): Promise<SourceResult> {
  const changed = await changeSource(deps, id, (source) => {
    const now = deps.clock.now();
    const secrets = retireSecret(source, secretId, now);
    return Array.isArray(secrets) ? { ...source, secrets, updatedAt: now } : [secrets];
  });
  if ('source' in changed) deps.logger.info({ sourceId: id, secretId, by }, 'secret of a source retired');
  return changed;
}
