import { SLOT_COUNT, fairShare } from '../domain/slot.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { ProcessIdentity } from '../kernel/process-identity.ts';
import { startWorkerLoop } from '../kernel/worker-loop.ts';
import type { LeaseStore } from '../store/lease-store.ts';
import { SLOT_LEASES, slotLeaseName } from './owned-slot.ts';
import type { OwnedSlot } from './owned-slot.ts';

export interface SlotKeeper extends AsyncDisposable {
  /** Held and leaving slots by their index. */
  readonly owned: ReadonlyMap<number, OwnedSlot>;
  /** Gives up what is no longer ours at once; called when a write shows it. */
  lose(slot: OwnedSlot): void;
  lastTurnAt(): number | undefined;
}

/** All processes that live, this one included. */
export interface Presence {
  processes(): readonly ProcessIdentity[];
}

interface SlotKeeperDeps {
  leases: Pick<LeaseStore, 'states' | 'acquire' | 'renew' | 'release'>;
  presence: Presence;
  self: ProcessIdentity;
  clock: Clock;
  logger: Logger;
  leaseSafeMs: number;
  onAcquired(slot: OwnedSlot): void;
  /** Finishes and records what is in flight; the slot is released then. */
  onLeaving(slot: OwnedSlot): Promise<void>;
  /** Aborts what is in flight. */
  onLost(slot: OwnedSlot): void;
}

const TURN_MS = 1000;
const CHECK_MS = 100;
const ACQUIRED_AT_ONCE = 8;

/** Leases this process's fair share of the slots, and gives slots back in order when others join. */
export function startSlotKeeper(deps: SlotKeeperDeps): SlotKeeper {
  const { leases, presence, self, clock, logger, leaseSafeMs, onAcquired, onLeaving, onLost } = deps;
  const owned = new Map<number, OwnedSlot>();
  const leaving = new Set<Promise<void>>();
  let stopping = false;

  const lose = (slot: OwnedSlot): void => {
    if (slot.state === 'LOST') return;
    slot.state = 'LOST';
    owned.delete(slot.index);
    logger.warn({ slot: slot.index }, 'webhook slot lost');
    onLost(slot);
  };

  // An owner that cannot renew must have stopped before another may start.
  const check = setInterval(() => {
    const now = clock.monotonic();
    for (const slot of owned.values()) if (now >= slot.validUntil) lose(slot);
  }, CHECK_MS);

  /** Results extend the leases of busy slots; only the others need it from here. */
  const renewIdle = async (): Promise<void> => {
    const startedAt = clock.monotonic();
    const idle = [...owned.values()].filter((slot) => slot.validUntil - startedAt < leaseSafeMs / 2);
    if (idle.length === 0) return;
    const held = await leases.renew(idle.map((slot) => slot.lease.name));
    for (const slot of idle) {
      if (!held.has(slot.lease.name)) lose(slot);
      else if (slot.state !== 'LOST') slot.validUntil = Math.max(slot.validUntil, startedAt + leaseSafeMs);
    }
  };

  const leave = async (slot: OwnedSlot): Promise<void> => {
    slot.state = 'LEAVING';
    await onLeaving(slot);
    if (owned.get(slot.index) !== slot) return;
    slot.state = 'LOST';
    owned.delete(slot.index);
    await leases.release(slot.lease);
  };

  const startLeaving = (slot: OwnedSlot): void => {
    const left = leave(slot).catch((error: unknown) => {
      // The lease runs out by itself.
      logger.warn({ err: error, slot: slot.index }, 'webhook slot not released');
    });
    leaving.add(left);
    void left.then(() => leaving.delete(left));
  };

  const acquire = async (index: number): Promise<void> => {
    const startedAt = clock.monotonic();
    const lease = await leases.acquire(slotLeaseName(index));
    if (lease === null) return;
    if (stopping) return leases.release(lease);
    const slot: OwnedSlot = { index, lease, validUntil: startedAt + leaseSafeMs, state: 'HELD' };
    owned.set(index, slot);
    onAcquired(slot);
  };

  const acquireFree = async (wanted: number): Promise<void> => {
    const taken = new Set<string>();
    for (const { name, free, holder } of await leases.states(SLOT_LEASES)) {
      // What this process holds by name and yet does not own, it gave up when it could not renew.
      if (!free && holder?.instance !== self.instance) taken.add(name);
    }
    const free: number[] = [];
    for (let index = 0; index < SLOT_COUNT && free.length < wanted; index++) {
      if (!owned.has(index) && !taken.has(slotLeaseName(index))) free.push(index);
    }
    while (free.length > 0 && !stopping) await Promise.all(free.splice(0, ACQUIRED_AT_ONCE).map(acquire));
  };

  const turn = async (): Promise<'idle'> => {
    await renewIdle();
    if (stopping) return 'idle';
    const share = fairShare(presence.processes().length);
    const held = [...owned.values()].filter((slot) => slot.state === 'HELD');
    if (held.length > share) held.slice(share).forEach(startLeaving);
    if (owned.size < share) await acquireFree(share - owned.size);
    return 'idle';
  };

  const loop = startWorkerLoop({
    turn,
    onError: (error) => logger.error({ err: error }, 'webhook slots: turn failed'),
    pollMs: TURN_MS,
  });

  return {
    owned,
    lose,
    lastTurnAt: loop.lastTurnAt,
    async [Symbol.asyncDispose]() {
      stopping = true;
      for (const slot of owned.values()) if (slot.state === 'HELD') startLeaving(slot);
      // The loop goes on renewing what is still in use.
      await Promise.allSettled([...leaving]);
      await loop[Symbol.asyncDispose]();
      clearInterval(check);
    },
  };
}
