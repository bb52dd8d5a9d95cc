import { MAX_IN_FLIGHT } from '../domain/webhook-endpoint.ts';
import type { Clock } from '../kernel/clock.ts';
import type { DeliveryStore } from '../store/delivery-store.ts';
import { createDueReader } from './due-reader.ts';
import type { EndpointGate } from './endpoint-gate.ts';
import { createEndpointPace } from './endpoint-pace.ts';
import { createHungryReader } from './hungry-reader.ts';
import { createLaneCollapser } from './lane-collapser.ts';
import { createLaneWindow } from './lane-window.ts';
import { createOpenCanceller } from './open-canceller.ts';
import { createPendingReader } from './pending-reader.ts';
import type { Exchange } from './push.ts';
import type { OwnedSlot } from './owned-slot.ts';
import type { Target } from './push-target.ts';
import type { Recorder } from './recorder.ts';
import { createResumer } from './resumer.ts';

interface EndpointPumpDeps {
  endpointId: string;
  slot: OwnedSlot;
  target: Target;
  gate: EndpointGate;
  deliveries: DeliveryStore;
  recorder: Pick<Recorder, 'add'>;
  clock: Clock;
}

export type EndpointPump = ReturnType<typeof createEndpointPump>;

const MAX_ROWS = 200;
/** Of lanes that go on; what is left of the window is for others, which may be more urgent. */
const MAX_FED_ROWS = 150;
/** The window is filled up again when no more than these are left. */
const LOW_ROWS = 100;
/** And now and then before, since what is new may be more urgent. */
const LOOK_FOR_URGENT_MS = 500;
const MAX_BYTES = 4 * 1024 * 1024;
const MAX_PER_LANE = 25;
const RETRY_READ_MS = 1000;
const PAUSE_MS = 1000;
const BARREN_PAUSE_MS = 20;

/** Moves one endpoint's deliveries from the store into its window, in the order of sending. */
export function createEndpointPump({ target: firstTarget, ...deps }: EndpointPumpDeps) {
  const { endpointId, slot, gate, clock } = deps;
  const window = createLaneWindow({ maxRows: MAX_ROWS, maxBytes: MAX_BYTES, maxPerLane: MAX_PER_LANE });
  const pace = createEndpointPace(clock);
  let target = firstTarget;
  let resumedAt = -Infinity;
  let failedUntil = -Infinity;
  let barrenUntil = -Infinity;
  let pausedUntil = -Infinity;
  let pendingReadAt = -Infinity;
  let isReading = false;
  const isAimed = (): boolean => target !== null && target !== undefined;
  const waitedBefore = (): number => Math.max(resumedAt, gate.resumedAt()?.getTime() ?? -Infinity);

  const collapser = createLaneCollapser({ ...deps, window });
  const due = createDueReader({ ...deps, window, collapser });
  const pending = createPendingReader({ ...deps, window, due, collapser, maxRows: MAX_ROWS, waitedBefore });
  const fed = { maxRows: MAX_FED_ROWS, maxPerLane: MAX_PER_LANE };
  const hungry = createHungryReader({ ...deps, ...fed, window, collapser, waitedBefore });
  const resumer = createResumer({ ...deps, busy: window.busy, onDone: due.lookAnew });
  const canceller = createOpenCanceller({ ...deps, busy: window.busy, isWanted: () => target === null });

  const wantsDue = (): boolean => !resumer.isRunning() && due.isDue(clock.now());

  const wantsPending = (): boolean => {
    if (!pending.mayHaveMore() || !window.hasRoom()) return false;
    const now = clock.monotonic();
    if (now < barrenUntil) return false;
    return window.size() <= LOW_ROWS || now >= pendingReadAt + LOOK_FOR_URGENT_MS;
  };

  const readPending = async (): Promise<void> => {
    pendingReadAt = clock.monotonic();
    await pending.read(clock.now());
    if (pending.isBarren()) barrenUntil = clock.monotonic() + BARREN_PAUSE_MS;
  };

  const read = async (): Promise<void> => {
    if (target === null) return canceller.read();
    await resumer.read();
    if (wantsDue()) await due.read(clock.now());
    await collapser.read();
    await hungry.read();
    if (wantsPending()) await readPending();
  };

  /** All lanes anew from the store, so that those that waited are gone through for needless ones. */
  const startAnew = (): void => {
    window.drop(target !== null);
    due.lookAnew();
    due.expectWaiting();
    pending.rewind();
  };

  const pump = {
    endpointId,
    slot,
    gate,
    window,
    due,
    exchanges: new Set<Exchange>(),
    inFlight: 0,
    /** Its last push brought no answer. */
    isSuspect: false,
    target: () => target,
    /** Whether nothing is left of an endpoint that is gone. */
    isDone: () => window.lanes.size === 0 && !isReading && canceller.isDone(),

    /** Sends nothing for a second. */
    pause(): void {
      pausedUntil = clock.monotonic() + PAUSE_MS;
    },
    /** Whether it may send now, as far as it and its slot go. */
    maySend(): boolean {
      const now = clock.monotonic();
      return isAimed() && slot.state === 'HELD' && now < slot.validUntil && now >= pausedUntil;
    },
    /** Of pushes in flight, where its owner set none. */
    maxInFlight: (usual: number) => Math.min(target?.maxInFlight ?? usual, MAX_IN_FLIGHT),
    /** Whether one more push may start now. */
    mayStart: () => pump.maySend() && gate.mayStart(pump.inFlight) && pace.mayStart(target),
    /** One more push starts. */
    started(): void {
      pump.inFlight++;
      pace.started();
    },

    /** Takes effect with the next push. */
    aim(next: Target): void {
      gate.aim(next && next.url);
      const before = target;
      target = next;
      if (next && before === undefined) resumedAt = clock.now().getTime();
      const isSwitched = (before === null) !== (next === null);
      if (isSwitched) canceller.wake();
      if (isSwitched || (before === undefined) !== (next === undefined)) startAnew();
    },

    /** Its circuit is closed again: what waited for that goes on at once. */
    resumed(openedAt: Date): void {
      resumer.start(clock.now(), openedAt);
      startAnew();
    },

    /** Deliveries were fanned out, or have to be met again. */
    wake(): void {
      pending.wake();
      canceller.wake();
    },

    /** Some deliveries were made to be sent again. */
    steered(): void {
      due.lookAnew();
      due.expectWaiting();
      canceller.wake();
    },

    /** Looks at everything anew, should another hand have changed it. */
    sweep(): void {
      canceller.wake();
      due.lookAnew();
      if (window.lanes.size === 0) pending.rewind();
    },

    wantsRead(): boolean {
      if (isReading || slot.state !== 'HELD' || clock.monotonic() < failedUntil) return false;
      if (target === null) return canceller.wantsRead();
      if (!isAimed() || !gate.mayStart(pump.inFlight)) return false;
      return (
        resumer.wantsRead() || collapser.wantsRead() || hungry.wantsRead() || wantsPending() || wantsDue()
      );
    },

    /** Reads what there is room for. Rejects where the store cannot be read. */
    async read(): Promise<void> {
      isReading = true;
      window.beginRead();
      try {
        await read();
      } catch (error) {
        failedUntil = clock.monotonic() + RETRY_READ_MS;
        canceller.wake();
        throw error;
      } finally {
        window.endRead();
        isReading = false;
      }
    },
  };
  return pump;
}
