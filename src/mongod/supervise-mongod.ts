import { abortableSleep } from '../kernel/abortable-sleep.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { MongodProcess } from './mongod-process.ts';

const FIRST_DELAY_MS = 50;
const LONGEST_DELAY_MS = 10_000;
/** One that lived this long did not die of what killed the one before it. */
const STABLE_MS = 60_000;

export interface SuperviseMongodOptions {
  first: MongodProcess;
  /** Brings up another on the same port. */
  relaunch: (port: number, signal: AbortSignal) => Promise<MongodProcess>;
  stop: (mongod: MongodProcess) => Promise<void>;
  onRestart: (mongod: MongodProcess) => void;
  logger: Logger;
  clock: Clock;
}

export interface MongodSupervision extends AsyncDisposable {
  /** The mongod that runs now; undefined while there is none. */
  current(): MongodProcess | undefined;
}

/** Starts mongod again, with back-off, whenever it dies. Disposing it stops mongod for good. */
export function superviseMongod(options: SuperviseMongodOptions): MongodSupervision {
  const { logger, clock } = options;
  const stopping = new AbortController();
  let current: MongodProcess | undefined = options.first;
  let failures = 0;

  const restart = async (port: number): Promise<void> => {
    while (!stopping.signal.aborted) {
      const delay = Math.min(FIRST_DELAY_MS * 2 ** failures, LONGEST_DELAY_MS);
      await abortableSleep(delay, stopping.signal);
      failures++;
      try {
        current = await options.relaunch(port, stopping.signal);
        logger.warn({ pid: current.pid, port, failures }, 'mongod was restarted');
        options.onRestart(current);
        return;
      } catch (error) {
        if (!stopping.signal.aborted)
          logger.error({ err: error, port, failures }, 'mongod could not be restarted');
      }
    }
  };

  const aborted = new Promise<void>((resolve) => {
    stopping.signal.addEventListener('abort', () => resolve(), { once: true });
  });

  const watch = async (): Promise<void> => {
    while (current && !stopping.signal.aborted) {
      const { pid, port, exited } = current;
      const startedAt = clock.monotonic();
      const exit = await Promise.race([exited, aborted]);
      if (!exit) return;
      current = undefined;
      if (clock.monotonic() - startedAt >= STABLE_MS) failures = 0;
      logger.error({ pid, port, how: exit.how }, 'mongod died');
      await restart(port);
    }
  };
  const watching = watch();

  return {
    current: () => current,
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await watching;
      if (current) await options.stop(current);
      current = undefined;
    },
  };
}
