import { retireSecret } from '../domain/source-rotation.ts';
import type { Clock } from '../kernel/clock.ts';
import { changeSource } from './change-source.ts';
import type { ChangeSourceDeps, SourceResult } from './change-source.ts';

export interface RetireSourceSecretDeps extends ChangeSourceDeps {
  clock: Pick<Clock, 'now'>;
}

/** Ends a previous secret at once. */
export function retireSourceSecret(
  deps: RetireSourceSecretDeps,
  { id, secretId }: { id: string; secretId: string },
): Promise<SourceResult> {
  return changeSource(deps, id, (source) => {
    const now = deps.clock.now();
    const secrets = retireSecret(source, secretId, now);
    return Array.isArray(secrets) ? { ...source, secrets, updatedAt: now } : [secrets];
  });
}
