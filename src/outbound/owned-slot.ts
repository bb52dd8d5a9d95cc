import type { Lease } from '../store/lease-store.ts';

/** A slot that this process holds or held. */
export interface OwnedSlot {
  readonly index: number;
  readonly lease: Lease;
  /** By the own monotonic clock: nothing is sent from then on, unless the lease is extended before. */
  validUntil: number;
  /** `LEAVING`: what is in flight is finished and recorded, nothing new is sent. `LOST`: nothing is written any more. */
  state: 'HELD' | 'LEAVING' | 'LOST';
}

const PREFIX = 'slot:';

export const SLOT_LEASES = PREFIX;

export function slotLeaseName(index: number): string {
  return PREFIX + String(index).padStart(2, '0');
}
