/** Runs what it is given, a few at a time; the rest waits its turn, or until its signal aborts. */
export type Gate = <T>(work: () => Promise<T>, signal?: AbortSignal) => Promise<T>;

export function createGate(atOnce: number): Gate {
  const waiting = new Set<() => void>();
  let running = 0;

  const turn = (signal: AbortSignal | undefined): Promise<void> =>
    new Promise((resolve, reject) => {
      const enter = (): void => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const leave = (): void => {
        waiting.delete(enter);
        reject(signal?.reason as Error);
      };
      waiting.add(enter);
      signal?.addEventListener('abort', leave, { once: true });
    });

  /** Whoever leaves hands its place on. */
  const handOn = (): void => {
    const [next] = waiting;
    if (next === undefined) {
      running -= 1;
      return;
    }
    waiting.delete(next);
    next();
  };

  return async (work, signal) => {
    signal?.throwIfAborted();
    if (running < atOnce) running += 1;
    else await turn(signal);
    try {
      return await work();
    } finally {
      handOn();
    }
  };
}
