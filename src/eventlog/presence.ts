import type { Logger } from '../kernel/logger.ts';
import type { ProcessIdentity } from '../kernel/process-identity.ts';
import { startWorkerLoop } from '../kernel/worker-loop.ts';
import type { LeaseStore } from '../store/lease-store.ts';

export interface PresenceDeps {
  leases: Pick<LeaseStore, 'heartbeat' | 'withdraw' | 'liveProcesses'>;
  self: ProcessIdentity;
  logger: Logger;
}

/** Which processes serve this database, as known from at most some seconds ago. */
export interface Presence extends AsyncDisposable {
  /** All that live, this one included. */
  processes(): readonly ProcessIdentity[];
  isAlone(): boolean;
  /** From now on the others share what there is without this process, which may still finish what it has. */
  leave(): Promise<void>;
}

const BEAT_MS = 2_000;

/** Announces this process and learns of the others; resolves once it has done both. */
export async function startPresence({ leases, self, logger }: PresenceDeps): Promise<Presence> {
  let processes: readonly ProcessIdentity[] = [self];
  const beat = async (): Promise<void> => {
    await leases.heartbeat();
    processes = await leases.liveProcesses();
  };
  await beat();

  const loop = startWorkerLoop({
    async turn() {
      await beat();
      return 'idle';
    },
    onError(error) {
      logger.warn({ err: error }, 'no heartbeat: the other processes may think that this one is gone');
    },
    pollMs: BEAT_MS,
  });

  let leaving: Promise<void> | undefined;
  const leave = async (): Promise<void> => {
    await loop[Symbol.asyncDispose]();
    await leases.withdraw().catch((error: unknown) => {
      logger.warn({ err: error }, 'presence not withdrawn');
    });
  };
  const leaveOnce = (): Promise<void> => (leaving ??= leave());

  return {
    processes: () => processes,
    isAlone: () => processes.every(({ instance }) => instance === self.instance),
    leave: leaveOnce,
    [Symbol.asyncDispose]: leaveOnce,
  };
}
