import type { Clock } from '../kernel/clock.ts';
import type { Lease, LeaseStore } from '../store/lease-store.ts';

/** One lease, kept by whoever asks often enough. */
export interface HeldLease {
  /** Whether it is this process's now; acquires it if it is free, renews it when that is due. */
  hold(): Promise<boolean>;
  isHeld(): boolean;
  release(): Promise<void>;
}

interface HeldLeaseDeps {
  name: string;
  leases: Pick<LeaseStore, 'acquire' | 'renew' | 'release'>;
  clock: Clock;
  /** How long after its renewal began the lease may be relied on. */
  safeMs: number;
}

/** Renewing at a third leaves two more tries before it is lost. */
const RENEW_AT = 1 / 3;

export function createHeldLease({ name, leases, clock, safeMs }: HeldLeaseDeps): HeldLease {
  let lease: Lease | null = null;
  /** When the call began that last made or renewed it. */
  let since = 0;
  const age = (): number => clock.monotonic() - since;

  const renew = async (held: Lease): Promise<void> => {
    const begun = clock.monotonic();
    lease = (await leases.renew([name])).has(name) ? held : null;
    since = begun;
  };

  const acquire = async (): Promise<void> => {
    const begun = clock.monotonic();
    lease = await leases.acquire(name);
    since = begun;
  };

  return {
    async hold() {
      if (lease !== null && age() >= safeMs * RENEW_AT) await renew(lease);
      if (lease === null) await acquire();
      return lease !== null && age() < safeMs;
    },

    isHeld: () => lease !== null && age() < safeMs,

    async release() {
      const held = lease;
      lease = null;
      if (held !== null) await leases.release(held);
    },
  };
}
