import type { EndpointPump } from './endpoint-pump.ts';
import type { TroubleLog } from './trouble-log.ts';

export interface ReadQueue {
  /** The endpoint may have something to read. */
  request(pump: EndpointPump): void;
}

interface ReadQueueDeps {
  trouble: TroubleLog;
  onRead(pump: EndpointPump): void;
}

/** So that a thousand endpoints woken at once do not take every connection to the database. */
const AT_ONCE = 4;

/** Lets endpoints read from the store in turn, a few at once. */
export function createReadQueue({ trouble, onRead }: ReadQueueDeps): ReadQueue {
  const waiting = new Set<EndpointPump>();
  let running = 0;

  const read = async (pump: EndpointPump): Promise<void> => {
    try {
      await pump.read();
    } catch (error) {
      trouble('webhook deliveries not read yet', error, { endpointId: pump.endpointId });
    }
    running--;
    onRead(pump);
    if (pump.wantsRead()) waiting.add(pump);
    start();
  };

  const start = (): void => {
    for (const pump of waiting) {
      if (running >= AT_ONCE) return;
      waiting.delete(pump);
      if (!pump.wantsRead()) continue;
      running++;
      void read(pump);
    }
  };

  return {
    request(pump) {
      if (waiting.has(pump) || !pump.wantsRead()) return;
      waiting.add(pump);
      start();
    },
  };
}
