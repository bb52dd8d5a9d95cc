import type { Logger } from '../kernel/logger.ts';
import type { EndpointPump } from './endpoint-pump.ts';

export interface ReadQueue {
  /** The endpoint may have something to read. */
  request(pump: EndpointPump): void;
}

interface ReadQueueDeps {
  logger: Logger;
  onRead(pump: EndpointPump): void;
}

/** So that a thousand endpoints woken at once do not take every connection to the database. */
const AT_ONCE = 4;

/** Lets endpoints read from the store in turn, a few at once. */
export function createReadQueue({ logger, onRead }: ReadQueueDeps): ReadQueue {
  const waiting = new Set<EndpointPump>();
  let running = 0;

  const read = async (pump: EndpointPump): Promise<void> => {
    try {
      await pump.read();
    } catch (error) {
      logger.error({ err: error, endpointId: pump.endpointId }, 'webhook deliveries not read yet');
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
