/** Bytes of bodies that are in memory at once, over all requests. */
export interface BodyBudget {
  open(): BodyShare;
}

/** What one body has of the budget. To be closed once nobody needs the body any more. */
export interface BodyShare {
  /**
   * Says that the body is on its way. Where one takes long and others need the room, `giveUp` is called and its bytes are
   * given back.
   */
  arriving(giveUp: () => void): void;
  /** False where there is no room: nothing was taken. */
  take(bytes: number): boolean;
  /** Says that all of it is here: nobody takes its room any more. */
  arrived(): void;
  close(): void;
}

export interface BodyBudgetOptions {
  maxBytes: number;
  /** A body that takes longer to arrive makes room for others that need it. */
  patienceMs?: number;
}

/** Honest senders of large bodies are done by then; those that dawdle on purpose must not keep the others out. */
const DEFAULT_PATIENCE_MS = 2000;

interface Arriving {
  since: number;
  giveUp: () => void;
}

export function createBodyBudget({
  maxBytes,
  patienceMs = DEFAULT_PATIENCE_MS,
}: BodyBudgetOptions): BodyBudget {
  let taken = 0;
  /** The oldest first. */
  const arriving = new Set<Arriving>();

  const makeRoom = (bytes: number, forOne: Arriving | null): void => {
    const now = performance.now();
    for (const one of arriving) {
      if (taken + bytes <= maxBytes || now - one.since < patienceMs) return;
      if (one !== forOne) one.giveUp();
    }
  };

  return {
    open() {
      let own = 0;
      let current: Arriving | null = null;
      const stop = (): void => {
        if (current !== null) arriving.delete(current);
        current = null;
      };
      const close = (): void => {
        stop();
        taken -= own;
        own = 0;
      };
      return {
        arriving(giveUp) {
          current = {
            since: performance.now(),
            giveUp() {
              close();
              giveUp();
            },
          };
          arriving.add(current);
        },
        take(bytes) {
          if (taken + bytes > maxBytes) makeRoom(bytes, current);
          if (taken + bytes > maxBytes) return false;
          taken += bytes;
          own += bytes;
          return true;
        },
        arrived: stop,
        close,
      };
    },
  };
}
