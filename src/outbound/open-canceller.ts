import type { Clock } from '../kernel/clock.ts';
import type { DeliveryStore } from '../store/delivery-store.ts';
import type { OwnedSlot } from './owned-slot.ts';
import type { Recorder } from './recorder.ts';

interface OpenCancellerDeps {
  endpointId: string;
  slot: OwnedSlot;
  busy: ReadonlySet<string>;
  /** Whether they are to be cancelled still. */
  isWanted(): boolean;
  deliveries: Pick<DeliveryStore, 'openIds'>;
  recorder: Pick<Recorder, 'add'>;
  clock: Clock;
}

const PAGE = 500;

/** Cancels what is open for an endpoint that gets nothing any more, some at a time. */
export function createOpenCanceller(deps: OpenCancellerDeps) {
  const { endpointId, slot, busy, isWanted, deliveries, recorder, clock } = deps;
  let isDue = true;
  let isWriting = false;
  return {
    wantsRead: () => isDue && !isWriting,
    /** Whether none was open when it looked last. */
    isDone: () => !isDue && !isWriting,
    wake(): void {
      isDue = true;
    },
    async read(): Promise<void> {
      isDue = false;
      const ids = await deliveries.openIds(endpointId, PAGE);
      const idle = ids.filter((id) => !busy.has(id));
      if (!isWanted() || idle.length === 0) return;
      recorder.add({
        slot,
        cancelled: { ids: idle, at: clock.now(), unlessReceives: endpointId },
        onRecorded() {
          isDue = true;
        },
      });
    },
  };
}
