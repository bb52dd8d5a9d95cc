import type { Logger } from '../kernel/logger.ts';
import { startWorkerLoop } from '../kernel/worker-loop.ts';
import type { WorkerLoop } from '../kernel/worker-loop.ts';
import type { IncidentWordsStore } from '../store/incident-words-store.ts';

export interface FillIncidentWordsDeps {
  incidents: IncidentWordsStore;
  logger: Logger;
}

const PAGE = 200;
/** Leaves the database to intake most of the time. */
const PAUSE_MS = 50;
/** A process of an earlier version may still run beside this one, and write more of them. */
const LOOK_AGAIN_MS = 10 * 60_000;

/** Lets incidents that an earlier version wrote be found by their words, a few at a time. */
export function startFillIncidentWords({ incidents, logger }: FillIncidentWordsDeps): WorkerLoop {
  let pauseMs = PAUSE_MS;
  return startWorkerLoop({
    pollMs: () => pauseMs,
    onError: (error) => {
      pauseMs = LOOK_AGAIN_MS;
      logger.warn(
        { err: error },
        'incidents of an earlier version could not be made searchable; trying later',
      );
    },
    async turn() {
      pauseMs = (await incidents.fillWords(PAGE)) === 0 ? LOOK_AGAIN_MS : PAUSE_MS;
      return 'idle';
    },
  });
}
