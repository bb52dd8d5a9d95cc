import type { EndpointSettings } from '../domain/webhook-endpoint.ts';
import type { Clock } from '../kernel/clock.ts';
import type { DeliveryStore } from '../store/delivery-store.ts';
import { createDueReader } from './due-reader.ts';
import type { EndpointGate } from './endpoint-gate.ts';
import { createLaneWindow } from './lane-window.ts';
import { createPendingReader } from './pending-reader.ts';
import type { Exchange } from './push.ts';
import type { SigningKeys } from './push-headers.ts';
import type { OwnedSlot } from './owned-slot.ts';
import type { Recorder } from './recorder.ts';

/**
 * Where and how an endpoint's deliveries go. Null: they do not, and are cancelled when met. Undefined: they cannot go for
 * now, and stay as they are.
 */
export type Target = PushTarget | null | undefined;

export interface PushTarget extends Pick<EndpointSettings, 'headers' | 'ratePerSecond' | 'maxInFlight'> {
  url: string;
  keys: SigningKeys;
}

interface EndpointPumpDeps {
  endpointId: string;
  slot: OwnedSlot;
  target: Target;
  deliveries: Pick<DeliveryStore, 'pending' | 'due' | 'nextDueAt' | 'lane' | 'laneStarts' | 'openIds'>;
  recorder: Pick<Recorder, 'add'>;
  gate: EndpointGate;
  clock: Clock;
}

export type EndpointPump = ReturnType<typeof createEndpointPump>;

const MAX_ROWS = 200;
/** The window is filled up again when no more than these are left. */
const LOW_ROWS = 100;
const MAX_BYTES = 4 * 1024 * 1024;
const MAX_PER_LANE = 25;
const CANCEL_PAGE = 500;
const RETRY_READ_MS = 1000;
const PAUSE_MS = 1000;
const BARREN_PAUSE_MS = 20;

/** Moves one endpoint's deliveries from the store into its window, in the order of sending. */
export function createEndpointPump({
  endpointId,
  slot,
  deliveries,
  recorder,
  gate,
  clock,
  ...deps
}: EndpointPumpDeps) {
  const window = createLaneWindow({ maxRows: MAX_ROWS, maxBytes: MAX_BYTES, maxPerLane: MAX_PER_LANE });
  const due = createDueReader({ endpointId, slot, window, deliveries, recorder });
  const pending = createPendingReader({ endpointId, window, due, deliveries, maxRows: MAX_ROWS });
  let target = deps.target;
  let cancelWanted = true;
  let failedUntil = -Infinity;
  let barrenUntil = -Infinity;
  let pausedUntil = -Infinity;
  let isReading = false;

  const isAimed = (): boolean => target !== null && target !== undefined;

  const feedHungry = async (): Promise<void> => {
    for (const lane of [...window.hungry]) {
      if (!window.hasRoom()) return;
      const limit = Math.max(1, Math.min(MAX_PER_LANE, MAX_ROWS - window.size()));
      const rows = await deliveries.lane({ endpointId, incidentId: lane.incidentId }, lane.last, limit);
      if (window.hungry.has(lane)) window.feed(lane, rows, rows.length === limit);
    }
  };

  const cancelSome = async (): Promise<void> => {
    cancelWanted = false;
    const ids = await deliveries.openIds(endpointId, CANCEL_PAGE);
    const idle = ids.filter((id) => !window.busy.has(id));
    if (target !== null || idle.length === 0) return;
    recorder.add({
      slot,
      cancelled: { ids: idle, at: clock.now() },
      onRecorded() {
        cancelWanted = true;
      },
    });
  };

  const wantsPending = (): boolean =>
    pending.mayHaveMore() &&
    window.size() <= LOW_ROWS &&
    window.hasRoom() &&
    clock.monotonic() >= barrenUntil;

  const read = async (): Promise<void> => {
    if (target === null) return cancelSome();
    const now = clock.now();
    if (due.isDue(now)) await due.read(now);
    await feedHungry();
    if (!wantsPending()) return;
    await pending.read(now);
    if (pending.isBarren()) barrenUntil = clock.monotonic() + BARREN_PAUSE_MS;
  };

  return {
    endpointId,
    slot,
    window,
    due,
    gate,
    exchanges: new Set<Exchange>(),
    inFlight: 0,
    /** Its last push brought no answer. */
    isSuspect: false,
    target: () => target,

    /** Sends nothing for a second. */
    pause(): void {
      pausedUntil = clock.monotonic() + PAUSE_MS;
    },
    /** Whether it may send now, as far as it and its slot go. */
    maySend(): boolean {
      const now = clock.monotonic();
      return isAimed() && slot.state === 'HELD' && now < slot.validUntil && now >= pausedUntil;
    },

    /** Takes effect with the next push. */
    aim(next: Target): void {
      if ((target === null) !== (next === null)) {
        window.drop(next !== null);
        due.lookAnew();
        due.expectWaiting();
        pending.rewind();
        cancelWanted = true;
      }
      target = next;
      gate.aim(next && next.url);
    },

    /** The circuit is closed again: what waits is looked at anew. */
    resumed(): void {
      pending.rewind();
      due.lookAnew();
    },

    /** Deliveries were fanned out, or have to be met again. */
    wake(): void {
      pending.wake();
      cancelWanted = true;
    },

    /** Looks at everything anew, should another hand have changed it. */
    sweep(): void {
      cancelWanted = true;
      if (window.lanes.size > 0) return;
      pending.rewind();
      due.lookAnew();
    },

    wantsRead(): boolean {
      if (isReading || slot.state !== 'HELD' || clock.monotonic() < failedUntil) return false;
      if (target === null) return cancelWanted;
      if (!isAimed() || !gate.mayStart(0)) return false;
      return (window.hungry.size > 0 && window.hasRoom()) || wantsPending() || due.isDue(clock.now());
    },

    /** Reads what there is room for. Rejects where the store cannot be read. */
    async read(): Promise<void> {
      isReading = true;
      window.beginRead();
      try {
        await read();
      } catch (error) {
        failedUntil = clock.monotonic() + RETRY_READ_MS;
        cancelWanted = true;
        throw error;
      } finally {
        window.endRead();
        isReading = false;
      }
    },
  };
}
