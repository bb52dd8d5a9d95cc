import type { Recovery } from '../domain/recovery.ts';
import type { Refusal } from '../domain/submission.ts';
import type { Clock } from '../kernel/clock.ts';
import type { RecoveryStore } from '../store/recovery-store.ts';

export interface CancelRecoveryDeps {
  recoveries: Pick<RecoveryStore, 'byId' | 'cancel'>;
  clock: Pick<Clock, 'now'>;
}

export type CancelledRecovery = { recovery: Recovery } | { refusal: Refusal };

/** Stops it between two batches. What it has made to be sent again is sent. */
export async function cancelRecovery(
  { recoveries, clock }: CancelRecoveryDeps,
  { id }: { id: string },
): Promise<CancelledRecovery> {
  const cancelled = await recoveries.cancel(id, clock.now());
  if (cancelled !== null) return { recovery: cancelled };
  const recovery = await recoveries.byId(id);
  const path = ['input', 'id'];
  if (recovery === null)
    return { refusal: { code: 'NOT_FOUND', message: `there is no recovery ${id.slice(0, 128)}`, path } };
  if (recovery.state === 'CANCELLED') return { recovery };
  return { refusal: { code: 'CONFLICT', message: `it has ended already: ${recovery.state}`, path } };
}
