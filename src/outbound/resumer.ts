import type { DeliveryStore } from '../store/delivery-store.ts';
import type { OwnedSlot } from './owned-slot.ts';
import type { Recorder } from './recorder.ts';

interface ResumerDeps {
  endpointId: string;
  slot: OwnedSlot;
  busy: ReadonlySet<string>;
  deliveries: Pick<DeliveryStore, 'waitingFrom'>;
  recorder: Pick<Recorder, 'add'>;
  /** All of them are due now. */
  onDone(): void;
}

/** One pass over what waits. */
interface Pass {
  at: Date;
  openedAt: Date;
  /** Those that are due before are dealt with. */
  from: Date;
  isWriting: boolean;
}

const PAGE = 500;

/**
 * Makes deliveries of an endpoint that wait for later due at once, some at a time: those that wait behind others, and those
 * that were tried while the circuit was open. One that failed before, or opened it, keeps its own schedule: it may be the
 * delivery that fails, not the endpoint.
 */
export function createResumer({ endpointId, slot, busy, deliveries, recorder, onDone }: ResumerDeps) {
  let pass: Pass | null = null;

  const end = (): void => {
    pass = null;
    onDone();
  };

  return {
    /** While it lasts no lane is brought back: its head may be still to come. */
    isRunning: () => pass !== null,
    wantsRead: () => pass !== null && !pass.isWriting,

    start(at: Date, openedAt: Date): void {
      pass = { at, openedAt, from: new Date(at.getTime() + 1), isWriting: false };
    },

    async read(): Promise<void> {
      const current = pass;
      if (current === null || current.isWriting) return;
      const waiting = await deliveries.waitingFrom(endpointId, current.from, PAGE);
      if (pass !== current) return;
      // The result of a busy one, which is not recorded yet, says for itself when it is due.
      const ids = waiting
        .filter(({ id, triedAt }) => !busy.has(id) && (triedAt === null || triedAt > current.openedAt))
        .map(({ id }) => id);
      const last = waiting.at(-1);
      const isLastPage = last === undefined || waiting.length < PAGE;
      if (ids.length === 0) {
        if (isLastPage) end();
        else pass = { ...current, from: new Date(last.dueAt.getTime() + 1) };
        return;
      }
      current.isWriting = true;
      recorder.add({
        slot,
        dueNow: { ids, at: current.at },
        onRecorded() {
          if (pass !== current) return;
          if (isLastPage) end();
          // What is due now is found from there no more, so none is met twice.
          else pass = { ...current, from: last.dueAt, isWriting: false };
        },
      });
    },
  };
}
