import { setTimeout as sleep } from 'node:timers/promises';
import { inspectProcess } from './inspect-process.ts';
import type { MongodExit, MongodProcess } from './mongod-process.ts';
import type { RunningMongod } from './running-mongod.ts';

const POLL_MS = 200;

/** Takes over a mongod whose owner died. It is no child of ours, so its end is seen by looking. */
export function adoptMongod({ pid, port, startedAt }: RunningMongod): MongodProcess {
  const isAlive = async (): Promise<boolean> => (await inspectProcess(pid))?.startedAt === startedAt;
  const watch = async (): Promise<MongodExit> => {
    // ref: false, so that watching alone does not keep our process running.
    while (await isAlive().catch(() => true)) await sleep(POLL_MS, undefined, { ref: false });
    return { how: 'gone', code: undefined };
  };
  const exited = watch();
  return {
    pid,
    port,
    adopted: true,
    logStart: 0,
    exited,
    async signal(name) {
      if (!(await isAlive())) return;
      // From here on someone awaits its exit, which must be seen even if nothing else keeps us running.
      const keepRunning = setInterval(() => undefined, POLL_MS);
      void exited.then(() => clearInterval(keepRunning));
      try {
        process.kill(pid, name);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    },
  };
}
