import type { Connection } from 'mongoose';
import { deliveryModel } from '../../src/store/delivery-row.ts';
import type { DeliveryRow } from '../../src/store/delivery-row.ts';
import { nativeCollection } from '../../src/store/native-collection.ts';

export interface BacklogOrder {
  endpointId: string;
  /** Pending deliveries to make. */
  count: number;
  /** Whose body each of them sends, in turn. */
  events: readonly { id: string; bodyBytes: number }[];
}

const PER_LANE = 10;
const PER_INSERT = 5000;
const AT_ONCE = 3;

/**
 * Pending deliveries made directly in the database, which takes a fraction of what taking in as many webhooks would.
 * They are of no incident that is known; each lane holds ten.
 */
export async function makeBacklog(
  database: Connection,
  { endpointId, count, events }: BacklogOrder,
): Promise<void> {
  const rows = nativeCollection(deliveryModel(database));
  const createdAt = new Date();
  let made = 0;
  const work = async (): Promise<void> => {
    while (made < count) {
      const from = made;
      made += PER_INSERT;
      const length = Math.min(PER_INSERT, count - from);
      const some = Array.from({ length }, (_, index) =>
        aRow({ endpointId, events, createdAt, sequence: from + index + 1 }),
      );
      await rows.insertMany(some, { ordered: false, writeConcern: { w: 1 } });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

function aRow({
  endpointId,
  events,
  createdAt,
  sequence,
}: Omit<BacklogOrder, 'count'> & { createdAt: Date; sequence: number }): DeliveryRow {
  const event = events[sequence % events.length];
  if (event === undefined) throw new Error('there is no event to deliver');
  return {
    _id: `backlog-${sequence}:${endpointId}`,
    eventId: event.id,
    eventType: 'INCIDENT_CREATED',
    endpointId,
    incidentId: `backlog-${Math.floor(sequence / PER_LANE)}`,
    sequence,
    previousSequence: sequence > 1 ? sequence - 1 : null,
    priority: 2,
    bodyBytes: event.bodyBytes,
    state: 'PENDING',
    dueAt: createdAt,
    attemptCount: 0,
    attempts: [],
    createdAt,
    completedAt: null,
  };
}
