import type { Delivery } from '../domain/delivery.ts';
import { SEVERITIES } from '../domain/incident.ts';
import type { DeliveryStore, PendingCursors } from '../store/delivery-store.ts';

interface WorseFloorDeps {
  endpointId: string;
  deliveries: Pick<DeliveryStore, 'lowestWorse' | 'highestPending'>;
}

type Place = Pick<Delivery, 'priority' | 'sequence'>;

/** No delivery up to `sequence` of a priority worse than `priority` is still to be read. */
interface Floor extends Place {
  /** The one right behind, where there is one. */
  found: Place | null;
}

const WORST = SEVERITIES.length - 1;

/**
 * Knows up to where the deliveries of worse priorities, which are read last, cannot come before what is read now. Numbers
 * only rise, so what was found holds until it is passed.
 */
export function createWorseFloor({ endpointId, deliveries }: WorseFloorDeps) {
  let known: Floor | null = null;
  let forgets = 0;

  const isEnough = (floor: Floor, cursors: PendingCursors, { priority, sequence }: Place): boolean => {
    if (floor.priority > priority) return false;
    if (floor.sequence >= sequence) return true;
    const { found } = floor;
    return found !== null && found.priority > priority && found.sequence > (cursors[found.priority] ?? -1);
  };

  const lookUp = async (cursors: PendingCursors, { priority, sequence }: Place): Promise<Floor> => {
    // First, since what is numbered after it is higher.
    const highest = await deliveries.highestPending(endpointId, priority);
    const found = await deliveries.lowestWorse(endpointId, cursors, priority);
    return { priority, found, sequence: found ? found.sequence - 1 : Math.max(highest, sequence) };
  };

  return {
    /** Up to where no delivery behind the cursors is of a worse priority than `place`; at least as far as it, if so. */
    async behind(cursors: PendingCursors, place: Place): Promise<number> {
      if (place.priority >= WORST) return Infinity;
      if (known !== null && isEnough(known, cursors, place)) return known.sequence;
      const before = forgets;
      const floor = await lookUp(cursors, place);
      if (before === forgets) known = floor;
      return floor.sequence;
    },

    /** The cursors were put back. */
    forget(): void {
      forgets++;
      known = null;
    },
  };
}
