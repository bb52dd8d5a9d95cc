import { LEASE_SAFE_MS } from '../domain/lease.ts';
import type { Broadcast } from '../kernel/broadcast.ts';
import type { Logger } from '../kernel/logger.ts';
import { startWorkerLoop } from '../kernel/worker-loop.ts';
import type { EventStore } from '../store/event-store.ts';
import type { HeadStore } from '../store/head-store.ts';
import type { LeaseStore } from '../store/lease-store.ts';
import { createHeldLease } from './held-lease.ts';
import { HeadMovedError, numberBatch } from './number-batch.ts';
import type { Known, NumberBatchDeps } from './number-batch.ts';
import type { Numbered } from './numbered.ts';
import type { Presence } from './presence.ts';

export interface SequencerDeps extends NumberBatchDeps {
  events: NumberBatchDeps['events'] & Pick<EventStore, 'hasUnnumbered'>;
  heads: NumberBatchDeps['heads'] & Pick<HeadStore, 'prepare'>;
  leases: Pick<LeaseStore, 'acquire' | 'renew' | 'release'>;
  presence: Pick<Presence, 'isAlone'>;
  logger: Logger;
  /** This process committed events. */
  committed: Broadcast<void>;
  numbered: Broadcast<Numbered>;
}

export interface Sequencer extends AsyncDisposable {
  /** Whether this process is the one that numbers. */
  isHolder(): boolean;
  /** Monotonic time of the last turn that ended well, standing by included; undefined before the first. */
  lastTurnAt(): number | undefined;
}

export const SEQUENCER_LEASE = 'sequencer';

/** How soon a standby notices that the holder let go or died. */
const STANDBY_POLL_MS = 250;
/** Alone, every commit is announced by `committed`; the poll finds what a crash left. */
const ALONE_POLL_MS = 1_000;
/**
 * Commits of other processes announce themselves to nobody: a look at an index that is empty when all is numbered costs
 * less than a change stream over every event would.
 */
const SHARED_POLL_MS = 25;

/** Numbers committed events while it holds the lease, else stands by. Disposing it hands the lease over at once. */
export function startSequencer(deps: SequencerDeps): Sequencer {
  const { events, heads, leases, presence, clock, logger, committed, numbered } = deps;
  const lease = createHeldLease({ name: SEQUENCER_LEASE, leases, clock, safeMs: LEASE_SAFE_MS });
  let prepared = false;
  let failing = false;
  /** Whether there is reason to believe that there is something to number. */
  let expectant = true;
  let known: Known | undefined;

  const becomeHolder = async (): Promise<boolean> => {
    const held = await lease.hold();
    if (!held) {
      prepared = false;
      known = undefined;
    }
    if (held && !prepared) {
      await heads.prepare();
      prepared = true;
      expectant = true;
    }
    return held;
  };

  const turn = async (signal: AbortSignal): Promise<'again' | 'idle'> => {
    const held = await becomeHolder();
    failing = false;
    if (!held) return 'idle';
    if (!expectant && !(await events.hasUnnumbered())) return 'idle';
    expectant = false;
    const batch = await numberBatch(deps, signal, known);
    if (batch === null) return 'idle';
    expectant = batch.full;
    known = batch.known;
    numbered.emit({ head: batch.head, endpointIds: batch.endpointIds });
    const { head, events: count, deliveries } = batch;
    logger.debug({ head, events: count, deliveries }, 'events numbered');
    return batch.full ? 'again' : 'idle';
  };

  const loop = startWorkerLoop({
    turn,
    onError(error) {
      expectant = true;
      // A head that cannot be moved may be gone: look again.
      prepared = false;
      known = undefined;
      failing = !(error instanceof HeadMovedError);
      logger.warn({ err: error }, 'events could not be numbered, trying again');
    },
    pollMs() {
      if (failing) return ALONE_POLL_MS;
      if (!lease.isHeld()) return STANDBY_POLL_MS;
      return presence.isAlone() ? ALONE_POLL_MS : SHARED_POLL_MS;
    },
  });
  const unsubscribe = committed.subscribe(() => {
    expectant = true;
    if (lease.isHeld()) loop.wake();
  });

  return {
    isHolder: () => lease.isHeld(),
    lastTurnAt: () => loop.lastTurnAt(),
    async [Symbol.asyncDispose]() {
      unsubscribe();
      await loop[Symbol.asyncDispose]();
      await lease.release().catch((error: unknown) => {
        logger.warn({ err: error }, 'the sequencer lease was not released, another process waits it out');
      });
    },
  };
}
