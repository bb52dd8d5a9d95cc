import { abortableSleep } from '../kernel/abortable-sleep.ts';
import type { EndpointPump } from './endpoint-pump.ts';
import type { OwnedSlot } from './owned-slot.ts';
import type { Recorder } from './recorder.ts';

interface SlotLeaverDeps {
  pumps: { ofSlot(slot: OwnedSlot): EndpointPump[]; remove(pump: EndpointPump): void };
  recorder: Pick<Recorder, 'flushed' | 'forgetLost'>;
  totalTimeoutMs: number;
}

const LAST_FLUSH_MS = 2000;
const ABORTED_MS = 500;

/** Ends the sending of a slot's endpoints. */
export function createSlotLeaver({ pumps, recorder, totalTimeoutMs }: SlotLeaverDeps) {
  const idleWaiters = new Map<EndpointPump, () => void>();

  const abort = (pump: EndpointPump): void => {
    for (const exchange of [...pump.exchanges]) exchange.abort();
  };

  const becomesIdle = async (pump: EndpointPump): Promise<void> => {
    if (pump.inFlight === 0) return;
    await new Promise<void>((resolve) => idleWaiters.set(pump, resolve));
    idleWaiters.delete(pump);
  };

  return {
    /** To be called whenever a push has ended. */
    ended(pump: EndpointPump): void {
      if (pump.inFlight === 0) idleWaiters.get(pump)?.();
    },

    /** In order: what is in flight is finished and recorded. */
    async leave(slot: OwnedSlot): Promise<void> {
      const leaving = pumps.ofSlot(slot);
      const idle = Promise.all(leaving.map(becomesIdle));
      const done = new AbortController();
      const over = new AbortController();
      const tooLate = abortableSleep(totalTimeoutMs + ABORTED_MS + LAST_FLUSH_MS, over.signal);
      void idle.then(() => done.abort());
      // Pushes end by themselves; beyond that only a body that a stuck database never brings is waited for.
      await abortableSleep(totalTimeoutMs, done.signal);
      leaving.forEach(abort);
      await abortableSleep(ABORTED_MS, done.signal);
      // The database may refuse one of them for ever: it is sent again by the next owner.
      await Promise.race([recorder.flushed(slot), tooLate]);
      over.abort();
      leaving.forEach(pumps.remove);
    },

    /** At once: another process may send by now. */
    lost(slot: OwnedSlot): void {
      for (const pump of pumps.ofSlot(slot)) {
        pumps.remove(pump);
        abort(pump);
      }
      recorder.forgetLost();
    },
  };
}
