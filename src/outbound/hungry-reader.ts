import type { DeliveryStore } from '../store/delivery-store.ts';
import type { LaneCollapser } from './lane-collapser.ts';
import type { Lane, LaneWindow } from './lane-window.ts';

interface HungryReaderDeps {
  endpointId: string;
  window: LaneWindow;
  collapser: Pick<LaneCollapser, 'feed'>;
  deliveries: Pick<DeliveryStore, 'lane'>;
  /** The rest of the window is for lanes that are not in it yet. */
  maxRows: number;
  maxPerLane: number;
  /** What was made before has waited for its endpoint. */
  waitedBefore: () => number;
}

/** Gets lanes that have sent all they had in memory what the store has behind that, the most urgent first. */
export function createHungryReader(deps: HungryReaderDeps) {
  const { endpointId, window, collapser, deliveries, maxRows, maxPerLane, waitedBefore } = deps;

  const hasRoom = (): boolean => window.hasRoom() && window.size() < maxRows;

  const feed = async (lane: Lane): Promise<void> => {
    const { incidentId, last } = lane;
    const limit = Math.max(1, Math.min(maxPerLane, maxRows - window.size()));
    const rows = await deliveries.lane({ endpointId, incidentId }, last, limit);
    // Put back meanwhile, it would lack some.
    if (!window.hungry.has(lane) || lane.last !== last) return;
    collapser.feed(lane, rows, rows.length === limit, waitedBefore());
  };

  return {
    wantsRead: () => window.hungry.size > 0 && hasRoom(),

    async read(): Promise<void> {
      for (const lane of [...window.hungry].sort((a, b) => a.priority - b.priority)) {
        if (!hasRoom()) return;
        if (window.hungry.has(lane)) await feed(lane);
      }
    },
  };
}
