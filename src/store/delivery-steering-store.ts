import type { Connection } from 'mongoose';
import type { Delivery } from '../domain/delivery.ts';
import { TEST_ID_PREFIX } from '../domain/sample-event.ts';
import { OPEN_STATES, deliveryModel, toDeliveryRow } from './delivery-row.ts';
import { nativeCollection } from './native-collection.ts';
import { reading } from './reading.ts';
import { sendAgain } from './send-again.ts';
import type { SendAgain } from './send-again.ts';

export type DeliverySteeringStore = ReturnType<typeof createDeliverySteeringStore>;

/** A delivery as somebody saw it: nothing is done about one that has moved on since. */
type Seen = Pick<Delivery, 'id' | 'endpointId' | 'incidentId' | 'sequence' | 'state' | 'attemptCount'>;

/** `a` with a character behind all that can follow it. */
const TEST_ID_END = `${TEST_ID_PREFIX}g`;

/** What a person does about deliveries, whoever sends them. */
export function createDeliverySteeringStore(connection: Connection) {
  const rows = nativeCollection(deliveryModel(connection));
  const asSeen = ({ id, state, attemptCount }: Seen): object => ({ _id: id, state, attemptCount });

  return {
    async insert(delivery: Delivery): Promise<void> {
      await reading(rows.insertOne(toDeliveryRow(delivery)));
    },

    /** Test events that are still to be sent to an endpoint, counted up to `limit`. */
    openTests(endpointId: string, limit: number): Promise<number> {
      const open = { state: { $in: [...OPEN_STATES] } };
      const incidentId = { $gte: TEST_ID_PREFIX, $lt: TEST_ID_END };
      return reading(rows.countDocuments({ endpointId, incidentId, ...open }, { hint: 'open_lanes', limit }));
    },

    /** Opens it anew, due at once. False where it was not as seen. */
    async reopen(seen: Seen, how: SendAgain): Promise<boolean> {
      const { matchedCount } = await reading(rows.updateOne(asSeen(seen), sendAgain(how)));
      return matchedCount === 1;
    },

    /** What its lane waits for, up to before the delivery itself, is due at once. */
    async hurryLane({ endpointId, incidentId, sequence }: Seen, at: Date): Promise<void> {
      await reading(
        rows.updateMany(
          {
            endpointId,
            incidentId,
            sequence: { $lt: sequence },
            state: { $eq: 'WAITING', $in: [...OPEN_STATES] },
            dueAt: { $gt: at },
          },
          { $set: { dueAt: at } },
          { hint: 'open_lanes' },
        ),
      );
    },
  };
}
