import type { Clock } from '../kernel/clock.ts';
import { startWorkerLoop } from '../kernel/worker-loop.ts';
import type { DeliveryStore } from '../store/delivery-store.ts';
import type { OpenAgeReader } from '../store/open-age-reader.ts';
import type { TroubleLog } from './trouble-log.ts';

export interface QueueAge extends AsyncDisposable {
  /** Of the delivery that is open longest, in seconds; 0 where none is, NaN before that is known. */
  seconds(): number;
}

interface QueueAgeDeps {
  deliveries: Pick<DeliveryStore, 'nextOpenEndpoint'>;
  openAges: Pick<OpenAgeReader, 'oldest'>;
  /** Whether this process sends to the endpoint: each process tells of its own ones. */
  isOurs: (endpointId: string) => boolean;
  clock: Pick<Clock, 'now'>;
  trouble: TroubleLog;
  pollMs?: number;
}

/** Endpoints looked at in one turn. */
const AT_ONCE = 50;

/**
 * Looks for the oldest open delivery now and then, some endpoints at a time: whoever reads the metrics never waits for the
 * database.
 */
export function startQueueAge(deps: QueueAgeDeps): QueueAge {
  const { deliveries, openAges, isOurs, clock, trouble, pollMs = 5000 } = deps;
  let last = '';
  /** Of the endpoints up to `last`. */
  let seen = 0;
  let seconds = Number.NaN;

  const look = async (endpointId: string): Promise<void> => {
    const oldest = await openAges.oldest(endpointId);
    if (oldest) seen = Math.max(seen, (clock.now().getTime() - oldest.openSince.getTime()) / 1000);
  };

  const loop = startWorkerLoop({
    async turn(signal) {
      for (let looked = 0; looked < AT_ONCE && !signal.aborted; looked++) {
        const next = await deliveries.nextOpenEndpoint(last);
        if (next === null) {
          seconds = seen;
          last = '';
          seen = 0;
          break;
        }
        if (isOurs(next)) await look(next);
        last = next;
      }
      return 'idle';
    },
    onError(error) {
      seconds = Number.NaN;
      trouble('age of the oldest webhook not read', error);
    },
    pollMs,
  });

  return {
    seconds: () => seconds,
    [Symbol.asyncDispose]: () => loop[Symbol.asyncDispose](),
  };
}
