import type { Connection } from 'mongoose';
import { deliveryPriority } from '../domain/delivery-priority.ts';
import { SEVERITIES } from '../domain/incident.ts';
import { deliveryModel } from './delivery-row.ts';
import { readableRows } from './readable-rows.ts';
import { MAX_READ_MS, reading } from './reading.ts';

/** An open delivery and since when it is open: when it was made, or was last asked to be sent again. */
export interface OldestOpen {
  id: string;
  openSince: Date;
}

export interface OpenCount {
  count: number;
  /** Where there are more than are counted, `count` is how many are. */
  isExact: boolean;
}

export type OpenAgeReader = ReturnType<typeof createOpenAgeReader>;

/** Open deliveries are counted up to here, so that a million of them cost what these do. */
const MAX_COUNTED = 10_000;
/** Waiting ones are looked at for the oldest up to here: hardly ever do more lanes of one endpoint wait. */
const MAX_LOOKED_AT = 2_000;
const PRIORITIES = SEVERITIES.map(deliveryPriority);

export function createOpenAgeReader(connection: Connection, signal?: AbortSignal) {
  const rows = readableRows(deliveryModel(connection), signal);

  /** Those that were never tried: made in the order of their numbers, so the lowest of each priority will do. */
  const oldestPending = async (endpointId: string): Promise<OldestOpen | null> => {
    const row = await rows.findOne(
      { endpointId, state: 'PENDING', priority: { $in: PRIORITIES } },
      {
        hint: 'pending',
        sort: { sequence: 1 },
        projection: { createdAt: 1 },
        maxTimeMS: MAX_READ_MS,
      },
    );
    return row && { id: row._id, openSince: row.createdAt };
  };

  /** They lie in the order in which they are due, which says little of their age. */
  const oldestWaiting = async (endpointId: string): Promise<OldestOpen | null> => {
    const [found] = await rows
      .aggregate<{ oldest: OldestOpen }>(
        [
          { $match: { endpointId, state: 'WAITING' } },
          { $sort: { dueAt: 1 } },
          { $limit: MAX_LOOKED_AT },
          {
            $group: {
              _id: null,
              oldest: { $min: { openSince: { $max: ['$createdAt', '$redelivery.at'] }, id: '$_id' } },
            },
          },
        ],
        { hint: 'waiting', maxTimeMS: MAX_READ_MS },
      )
      .toArray();
    return found?.oldest ?? null;
  };

  const countOf = (endpointId: string, state: 'PENDING' | 'WAITING', hint: string): Promise<number> =>
    rows.countDocuments({ endpointId, state }, { hint, limit: MAX_COUNTED + 1, maxTimeMS: MAX_READ_MS });

  return {
    /** Null where nothing is open. Of more than `MAX_LOOKED_AT` that wait, only those due first are looked at. */
    async oldest(endpointId: string): Promise<OldestOpen | null> {
      const found = await reading(Promise.all([oldestPending(endpointId), oldestWaiting(endpointId)]));
      const [pending, waiting] = found;
      if (pending === null || waiting === null) return pending ?? waiting;
      return waiting.openSince < pending.openSince ? waiting : pending;
    },

    async count(endpointId: string): Promise<OpenCount> {
      const counting = [countOf(endpointId, 'PENDING', 'pending'), countOf(endpointId, 'WAITING', 'waiting')];
      const count = (await reading(Promise.all(counting))).reduce((sum, part) => sum + part, 0);
      return { count: Math.min(count, MAX_COUNTED), isExact: count <= MAX_COUNTED };
    },
  };
}
