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

  return {
    processes: () => processes,
    isAlone: () => processes.every(({ instance }) => instance === self.instance),
    async [Symbol.asyncDispose]() {
      await loop[Symbol.asyncDispose]();
      await leases.withdraw().catch((error: unknown) => {
        logger.warn({ err: error }, 'presence not withdrawn');
      });
    },
  };
}
