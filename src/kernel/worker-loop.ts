import { abortableSleep } from './abortable-sleep.ts';

export interface WorkerLoop extends AsyncDisposable {
  /** Asks for a turn now. Wakes that come while a turn runs are folded into one more turn. */
  wake(): void;
  /** Monotonic time of the last turn that ended well, for readiness; undefined before the first. */
  lastTurnAt(): number | undefined;
}

export interface WorkerLoopOptions {
  /** One turn. Returns `again` when there is more to do at once, `idle` to sleep until woken or polled. */
  turn: (signal: AbortSignal) => Promise<'again' | 'idle'>;
  /** A failed turn is reported here and followed by the slow pace. */
  onError: (error: unknown) => void;
  /** Asked before each sleep where the pace changes. */
  pollMs: number | (() => number);
}

/** A loop that polls for the truth and may be woken early. Disposing it awaits the turn in hand. */
export function startWorkerLoop({ turn, onError, pollMs }: WorkerLoopOptions): WorkerLoop {
  const stopping = new AbortController();
  let woken = false;
  let wakeSleeper: AbortController | undefined;
  let lastTurnAt: number | undefined;

  const sleep = async (): Promise<void> => {
    if (woken || stopping.signal.aborted) return;
    wakeSleeper = new AbortController();
    const ms = typeof pollMs === 'number' ? pollMs : pollMs();
    await abortableSleep(ms, AbortSignal.any([wakeSleeper.signal, stopping.signal]));
    wakeSleeper = undefined;
  };

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      woken = false;
      try {
        const next = await turn(stopping.signal);
        lastTurnAt = performance.now();
        if (next === 'again') continue;
      } catch (error) {
        woken = false;
        onError(error);
      }
      await sleep();
    }
  };
  const finished = run();

  return {
    wake() {
      woken = true;
      wakeSleeper?.abort();
    },
    lastTurnAt: () => lastTurnAt,
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await finished;
    },
  };
}
