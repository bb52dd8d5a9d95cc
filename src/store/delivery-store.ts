import type { Connection, mongo } from 'mongoose';
import type { Attempt, Delivery } from '../domain/delivery.ts';
import { OPEN_STATES, deliveryModel } from './delivery-row.ts';
import type { DeliveryRow } from './delivery-row.ts';
import { endpointHeadModel } from './head-row.ts';
import { nativeCollection } from './native-collection.ts';
import type { Transaction } from './transaction.ts';

/** An open delivery as a sender holds it, without its past attempts. */
export type OpenDelivery = Omit<Delivery, 'attempts' | 'completedAt'>;

/** Where a page of pending deliveries ended. */
export type PendingCursor = Pick<Delivery, 'priority' | 'sequence'>;

export type WaitingDelivery = Pick<Delivery, 'id' | 'incidentId' | 'sequence' | 'dueAt'>;

/** An attempt that was made, and what follows for its delivery. */
export interface AttemptResult {
  /** As it was before the attempt. Its `attemptCount` makes a repeated record harmless. */
  delivery: OpenDelivery;
  attempt: Attempt;
  next: { state: 'DELIVERED' | 'DEAD'; completedAt: Date } | { state: 'WAITING'; dueAt: Date };
}

export interface Superseded {
  ids: readonly string[];
  by: string;
  /** Numbers of all events that `by` stands for then. */
  supersedes: readonly number[];
  at: Date;
}

export interface DeliveryRecords {
  attempts: readonly AttemptResult[];
  /** Deliveries that wait behind another of their lane. */
  parked: readonly { ids: readonly string[]; dueAt: Date }[];
  /** Deliveries of one lane that a newer one, `by`, makes needless; it names what it `supersedes`. */
  superseded: readonly Superseded[];
  /** Deliveries that will not be sent. */
  cancelled: readonly { ids: readonly string[]; at: Date }[];
}

export type DeliveryStore = ReturnType<typeof createDeliveryStore>;

type OpenRow = Omit<OpenDelivery, 'id'> & { _id: string };

const KEPT_ATTEMPTS = 20;
/** An ordinary read may see a part of a transaction that commits meanwhile. */
const SNAPSHOT = { readConcern: { level: 'snapshot' } } as const;
const AS_OPEN = { attempts: 0, completedAt: 0 } as const;
const AS_WAITING = { incidentId: 1, sequence: 1, dueAt: 1 } as const;

export function createDeliveryStore(connection: Connection) {
  const rows = nativeCollection(deliveryModel(connection));
  const endpointHeads = nativeCollection(endpointHeadModel(connection));
  const open = (): mongo.Filter<DeliveryRow> => ({ state: { $in: [...OPEN_STATES] } });

  const pendingWhere = async (filter: mongo.Filter<DeliveryRow>, limit: number): Promise<OpenDelivery[]> => {
    const found = await rows
      .find<OpenRow>(
        { ...filter, state: 'PENDING' },
        {
          ...SNAPSHOT,
          hint: 'pending',
          sort: { priority: 1, sequence: 1 },
          limit,
          batchSize: limit + 1,
          projection: AS_OPEN,
        },
      )
      .toArray();
    return found.map(toOpenDelivery);
  };

  /** As `bulkWrite`, which measures each statement's size in JavaScript before it serialises it. */
  const updateEach = async (
    updates: { q: mongo.Filter<DeliveryRow>; u: mongo.UpdateFilter<DeliveryRow> }[],
    session: Transaction,
  ): Promise<number> => {
    const reply = await connection
      .getClient()
      .db(connection.name)
      .command({ update: rows.collectionName, updates, ordered: false }, { session });
    const [error] = (reply['writeErrors'] ?? []) as { errmsg?: string }[];
    if (error) throw new Error(`deliveries not updated: ${error.errmsg ?? 'no reason given'}`);
    return Number(reply['n']);
  };

  /**
   * Takes the rows away and puts them back as final ones, which costs the database a third of updating each: it is what
   * most deliveries come to. Returns those that were not open and untried any more.
   */
  const replaceEach = async (
    results: readonly AttemptResult[],
    session: Transaction,
  ): Promise<AttemptResult[]> => {
    if (results.length === 0) return [];
    const ids = results.map(({ delivery }) => delivery.id);
    const found = await rows
      .find<{ _id: string }>(
        { _id: { $in: ids }, attemptCount: 0, ...open() },
        { session, batchSize: ids.length + 1, projection: { _id: 1 } },
      )
      .toArray();
    const untried = new Set(found.map(({ _id }) => _id));
    if (untried.size > 0) {
      await rows.deleteMany({ _id: { $in: [...untried] } }, { session });
      const final = results.filter(({ delivery }) => untried.has(delivery.id)).map(toFinalRow);
      await rows.insertMany(final, { session, ordered: false });
    }
    return results.filter(({ delivery }) => !untried.has(delivery.id));
  };

  return {
    /** An endpoint's pending deliveries behind `after`, in the order of sending. */
    async pending(endpointId: string, after: PendingCursor | null, limit: number): Promise<OpenDelivery[]> {
      if (after === null) return pendingWhere({ endpointId }, limit);
      const { priority, sequence } = after;
      const found = await pendingWhere({ endpointId, priority, sequence: { $gt: sequence } }, limit);
      if (found.length === limit) return found;
      const rest = await pendingWhere({ endpointId, priority: { $gt: priority } }, limit - found.length);
      return [...found, ...rest];
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

    /**
     * Attempts are always kept; states change only where a delivery is open. Recording the same again changes
     * nothing.
     */
    async record(
      { attempts, parked, superseded, cancelled }: DeliveryRecords,
      tx: Transaction,
    ): Promise<void> {
      for (const { ids, dueAt } of parked) {
        const filter = { _id: { $in: [...ids] }, ...open() };
        await rows.updateMany(filter, { $set: { state: 'WAITING', dueAt } }, { session: tx });
      }
      for (const { ids, by, supersedes, at } of superseded) {
        const untried = { ...open(), attemptCount: 0 };
        await rows.updateOne(
          { _id: by, ...open() },
          { $set: { supersedes: [...supersedes] } },
          { session: tx },
        );
        await rows.updateMany(
          { _id: { $in: [...ids] }, ...untried },
          { $set: { state: 'SUPERSEDED', completedAt: at, supersededBy: by } },
          { session: tx },
        );
      }
      for (const { ids, at } of cancelled) {
        const filter = { _id: { $in: [...ids] }, ...open() };
        await rows.updateMany(filter, { $set: { state: 'CANCELLED', completedAt: at } }, { session: tx });
      }
      const finished = attempts.filter(isFinalAtOnce);
      const attempted = attempts.filter((result) => !isFinalAtOnce(result));
      attempted.push(...(await replaceEach(finished, tx)));
      if (attempted.length === 0) return;
      const matched = await updateEach(
        attempted.map((result) => ({
          q: { _id: result.delivery.id, attemptCount: result.delivery.attemptCount, ...open() },
          u: { $set: result.next, ...madeAttempt(result) },
        })),
        tx,
      );
      if (matched === attempted.length) return;
      // Some became final meanwhile, by another hand: they keep their state.
      await updateEach(
        attempted.map((result) => ({
          q: {
            _id: result.delivery.id,
            attemptCount: result.delivery.attemptCount,
            state: { $nin: [...OPEN_STATES] },
          },
          u: madeAttempt(result),
        })),
        tx,
      );
    },
  };
}

/** Its first attempt was its last. */
function isFinalAtOnce({ delivery, next }: AttemptResult): boolean {
  return delivery.attemptCount === 0 && next.state !== 'WAITING';
}

function toFinalRow({ delivery: { id, ...delivery }, attempt, next }: AttemptResult): DeliveryRow {
  return { _id: id, ...delivery, completedAt: null, ...next, attemptCount: 1, attempts: [attempt] };
}

function madeAttempt({ attempt }: AttemptResult): mongo.UpdateFilter<DeliveryRow> {
  return {
    $inc: { attemptCount: 1 },
    $push: { attempts: { $each: [attempt], $slice: -KEPT_ATTEMPTS } },
  };
}

function toOpenDelivery({ _id, ...row }: OpenRow): OpenDelivery {
  return { id: _id, ...row };
}
