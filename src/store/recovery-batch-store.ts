import type { Connection, mongo } from 'mongoose';
import type { Delivery } from '../domain/delivery.ts';
import { deliveryId } from '../domain/new-delivery.ts';
import { idRange } from '../domain/recovery.ts';
import type { RecoverableEvent, Recovery, RecoveryBatch } from '../domain/recovery.ts';
import { deliveryModel, toDeliveryRow } from './delivery-row.ts';
import type { DeliveryRow } from './delivery-row.ts';
import { AS_TRAITS, eventModel } from './event-row.ts';
import type { EventRow } from './event-row.ts';
import { nativeCollection } from './native-collection.ts';
import { sendAgain } from './send-again.ts';
import type { SendAgain } from './send-again.ts';
import type { Transaction } from './transaction.ts';

export type RecoveryBatchStore = ReturnType<typeof createRecoveryBatchStore>;

type DeliveryHead = Pick<DeliveryRow, '_id' | 'eventId' | 'state'>;
type EventHead = Omit<RecoverableEvent, 'id'> & Pick<EventRow, '_id'>;

const AS_DELIVERY = { eventId: 1, state: 1 } as const;
const AS_EVENT = { ...AS_TRAITS, bodyBytes: { $strLenBytes: '$body' } } as const;

/** Reads and writes the batches of recoveries, each within the transaction that moves the recovery's cursor. */
export function createRecoveryBatchStore(connection: Connection) {
  const events = nativeCollection(eventModel(connection));
  const deliveries = nativeCollection(deliveryModel(connection));

  const eventsWhere = async (
    filter: mongo.Filter<EventRow>,
    limit: number,
    tx: Transaction,
  ): Promise<RecoverableEvent[]> => {
    const rows = await events
      .find<EventHead>(
        { ...filter },
        { session: tx, sort: { _id: 1 }, limit, batchSize: limit + 1, projection: AS_EVENT },
      )
      .toArray();
    return rows.map(({ _id, ...row }) => ({ id: _id, ...row }));
  };

  const deliveriesWhere = (
    filter: mongo.Filter<DeliveryRow>,
    hint: string,
    limit: number,
    tx: Transaction,
  ): Promise<DeliveryHead[]> =>
    deliveries
      .find<DeliveryHead>(filter, {
        session: tx,
        hint,
        sort: { _id: 1 },
        limit,
        batchSize: limit + 1,
        projection: AS_DELIVERY,
      })
      .toArray();

  /** Goes through the events, so that those without a delivery are met in the same order as those with one. */
  const byEvents = async (recovery: Recovery, limit: number, tx: Transaction): Promise<RecoveryBatch> => {
    const { to } = idRange(recovery);
    const found = await eventsWhere({ _id: { $gt: recovery.cursor, $lt: to } }, limit, tx);
    const ids = found.map(({ id }) => deliveryId(id, recovery.endpointId));
    const theirs = await deliveriesWhere({ _id: { $in: ids } }, '_id_', limit, tx);
    return {
      // Until they are numbered they are not fanned out to anyone, and once they are, to this endpoint too.
      events: found.filter(isNumbered),
      deliveries: theirs.map(toHead),
      last: found.at(-1)?.id ?? null,
    };
  };

  /** Goes through the deliveries alone, which are far fewer where most went well. */
  const byDeliveries = async (recovery: Recovery, limit: number, tx: Transaction): Promise<RecoveryBatch> => {
    const { endpointId, cursor, states } = recovery;
    const { to } = idRange(recovery);
    const found = await deliveriesWhere(
      { endpointId, _id: { $gt: cursor, $lt: to }, state: { $in: [...states] } },
      states.includes('DELIVERED') ? 'listed' : 'failed',
      limit,
      tx,
    );
    const theirs = await eventsWhere({ _id: { $in: found.map(({ eventId }) => eventId) } }, limit, tx);
    return {
      events: theirs.filter(isNumbered),
      deliveries: found.map(toHead),
      last: found.at(-1)?._id ?? null,
    };
  };

  return {
    /** What lies next behind the recovery's cursor, at most `limit`. */
    next: (recovery: Recovery, limit: number, tx: Transaction): Promise<RecoveryBatch> =>
      recovery.missed ? byEvents(recovery, limit, tx) : byDeliveries(recovery, limit, tx),

    async sendAgain(ids: readonly string[], how: SendAgain, tx: Transaction): Promise<void> {
      if (ids.length > 0) {
        await deliveries.updateMany({ _id: { $in: [...ids] } }, sendAgain(how), { session: tx });
      }
    },

    async insert(missed: readonly Delivery[], tx: Transaction): Promise<void> {
      if (missed.length > 0) {
        await deliveries.insertMany(missed.map(toDeliveryRow), { session: tx, ordered: false });
      }
    },
  };
}

/** A row without a number says nothing of it. */
function isNumbered({ sequence }: { sequence?: number }): boolean {
  return sequence !== undefined;
}

function toHead({ _id, ...row }: DeliveryHead): RecoveryBatch['deliveries'][number] {
  return { id: _id, ...row };
}
