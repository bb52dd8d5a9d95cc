import type { Connection, mongo } from 'mongoose';
import type { Delivery } from '../domain/delivery.ts';
import { createDeliveryRecords } from './delivery-records.ts';
import { deliveryModel } from './delivery-row.ts';
import type { DeliveryRow } from './delivery-row.ts';
import { endpointHeadModel } from './head-row.ts';
import { nativeCollection } from './native-collection.ts';
import { AS_OPEN, open, toOpenDelivery } from './open-delivery.ts';
import type { OpenDelivery, OpenRow } from './open-delivery.ts';

export type { AttemptResult, Superseded } from './delivery-records.ts';
export type { OpenDelivery } from './open-delivery.ts';

/** Of each priority the last sequence that was read, so that worse ones far ahead never hide what is urgent and new. */
export type PendingCursors = readonly number[];

export type WaitingDelivery = Pick<Delivery, 'id' | 'incidentId' | 'sequence' | 'dueAt'>;

export type DeliveryStore = ReturnType<typeof createDeliveryStore>;

/** An ordinary read may see a part of a transaction that commits meanwhile. */
const SNAPSHOT = { readConcern: { level: 'snapshot' } } as const;
const AS_WAITING = { incidentId: 1, sequence: 1, dueAt: 1 } as const;

export function createDeliveryStore(connection: Connection) {
  const rows = nativeCollection(deliveryModel(connection));
  const endpointHeads = nativeCollection(endpointHeadModel(connection));
  const record = createDeliveryRecords(connection);

  /** Of each priority those behind its cursor. Only as a rooted `$or` does the planner merge the parts of the index. */
  const pendingBehind = (
    endpointId: string,
    cursors: PendingCursors,
    firstPriority = 0,
  ): mongo.Filter<DeliveryRow> => ({
    $or: cursors.slice(firstPriority).map((sequence, index) => ({
      endpointId,
      state: 'PENDING',
      priority: firstPriority + index,
      sequence: { $gt: sequence },
    })),
  });

  return {
    record,

    /** An endpoint's pending deliveries behind the cursors, by priority and then by sequence. */
    async pending(endpointId: string, cursors: PendingCursors, limit: number): Promise<OpenDelivery[]> {
      const found = await rows
        .find<OpenRow>(pendingBehind(endpointId, cursors), {
          ...SNAPSHOT,
          hint: 'pending',
          sort: { priority: 1, sequence: 1 },
          limit,
          batchSize: limit + 1,
          projection: AS_OPEN,
        })
        .toArray();
      return found.map(toOpenDelivery);
    },

    /** The lowest of the pending deliveries behind the cursors that are of a worse priority; null where there is none. */
    async lowestWorse(
      endpointId: string,
      cursors: PendingCursors,
      priority: number,
    ): Promise<Pick<Delivery, 'priority' | 'sequence'> | null> {
      const [lowest] = await rows
        .find<Pick<Delivery, 'priority' | 'sequence'>>(pendingBehind(endpointId, cursors, priority + 1), {
          ...SNAPSHOT,
          hint: 'pending',
          sort: { sequence: 1 },
          limit: 1,
          projection: { _id: 0, priority: 1, sequence: 1 },
        })
        .toArray();
      return lowest ?? null;
    },

    /** The highest sequence pending of one priority; -1 where none is. */
    async highestPending(endpointId: string, priority: number): Promise<number> {
      const row = await rows.findOne(
        { endpointId, priority, state: 'PENDING' },
        { ...SNAPSHOT, hint: 'pending', sort: { sequence: -1 }, projection: { _id: 0, sequence: 1 } },
      );
      return row?.sequence ?? -1;
    },

    /** Waiting deliveries of an endpoint that are due at `now`, the longest due first. */
    async due(endpointId: string, now: Date, limit: number): Promise<WaitingDelivery[]> {
      const found = await rows
        .find<Omit<WaitingDelivery, 'id'> & { _id: string }>(
          { endpointId, state: 'WAITING', dueAt: { $lte: now } },
          {
            ...SNAPSHOT,
            hint: 'waiting',
            sort: { dueAt: 1 },
            limit,
            batchSize: limit + 1,
            projection: AS_WAITING,
          },
        )
        .toArray();
      return found.map(({ _id, ...row }) => ({ id: _id, ...row }));
    },

    /** When the endpoint's next waiting delivery behind `after` is due; null where none waits. */
    async nextDueAt(endpointId: string, after: Date): Promise<Date | null> {
      const row = await rows.findOne(
        { endpointId, state: 'WAITING', dueAt: { $gt: after } },
        { ...SNAPSHOT, hint: 'waiting', sort: { dueAt: 1 }, projection: { _id: 0, dueAt: 1 } },
      );
      return row?.dueAt ?? null;
    },

    /** Deliveries of an endpoint that wait for `from` or later, in the order in which they are due. */
    async waitingFrom(
      endpointId: string,
      from: Date,
      limit: number,
    ): Promise<(Pick<Delivery, 'id' | 'dueAt'> & { triedAt: Date | null })[]> {
      const found = await rows
        .find<{ _id: string; dueAt: Date; triedAt?: Date }>(
          { endpointId, state: 'WAITING', dueAt: { $gte: from } },
          {
            ...SNAPSHOT,
            hint: 'waiting',
            sort: { dueAt: 1 },
            limit,
            batchSize: limit + 1,
            projection: { dueAt: 1, triedAt: { $last: '$attempts.at' } },
          },
        )
        .toArray();
      return found.map(({ _id, dueAt, triedAt = null }) => ({ id: _id, dueAt, triedAt }));
    },

    /** The open deliveries of one lane behind `after`, lowest first. */
    async lane(
      { endpointId, incidentId }: Pick<Delivery, 'endpointId' | 'incidentId'>,
      after: number,
      limit: number,
    ): Promise<OpenDelivery[]> {
      const found = await rows
        .find<OpenRow>(
          { endpointId, incidentId, sequence: { $gt: after }, ...open() },
          {
            ...SNAPSHOT,
            hint: 'open_lanes',
            sort: { sequence: 1 },
            limit,
            batchSize: limit + 1,
            projection: AS_OPEN,
          },
        )
        .toArray();
      return found.map(toOpenDelivery);
    },

    /** The lowest open deliveries of the lanes in which `ids` lie, at most `perLane` of each, by lane. */
    async laneStarts(
      endpointId: string,
      ids: readonly string[],
      perLane: number,
    ): Promise<Map<string, OpenDelivery[]>> {
      const lanes = await rows
        .aggregate<{ incidentId: string; start: OpenRow[] }>(
          [
            { $match: { _id: { $in: [...ids] } } },
            { $group: { _id: '$incidentId' } },
            {
              $lookup: {
                from: 'deliveries',
                localField: '_id',
                foreignField: 'incidentId',
                pipeline: [
                  { $match: { endpointId, ...open() } },
                  { $sort: { sequence: 1 } },
                  { $limit: perLane },
                  { $project: AS_OPEN },
                ],
                as: 'start',
              },
            },
            { $project: { _id: 0, incidentId: '$_id', start: 1 } },
          ],
          SNAPSHOT,
        )
        .toArray();
      return new Map(lanes.map(({ incidentId, start }) => [incidentId, start.map(toOpenDelivery)]));
    },

    /** Some of an endpoint's open deliveries, in no order that matters. */
    async openIds(endpointId: string, limit: number): Promise<string[]> {
      const found = await rows
        .find<{ _id: string }>(
          { endpointId, ...open() },
          { ...SNAPSHOT, hint: 'open_lanes', limit, batchSize: limit + 1, projection: { _id: 1 } },
        )
        .toArray();
      return found.map((row) => row._id);
    },

    /** The first endpoint in id order behind `after` that has an open delivery; endpoints that are gone included. */
    async nextOpenEndpoint(after: string): Promise<string | null> {
      const row = await rows.findOne(
        { endpointId: { $gt: after }, ...open() },
        { hint: 'open_lanes', sort: { endpointId: 1 }, projection: { _id: 0, endpointId: 1 } },
      );
      return row?.endpointId ?? null;
    },

    /** Endpoints to which events behind `sequence` were fanned out, with the last sequence of each. */
    async fannedOutBehind(sequence: number): Promise<{ endpointId: string; sequence: number }[]> {
      const found = await endpointHeads.find({ sequence: { $gt: sequence } }, SNAPSHOT).toArray();
      return found.map((row) => ({ endpointId: row._id, sequence: row.sequence }));
    },
  };
}
