import type { Connection, mongo } from 'mongoose';
import type { Attempt, Redelivery } from '../domain/delivery.ts';
import { OPEN_STATES, deliveryModel } from './delivery-row.ts';
import type { DeliveryRow } from './delivery-row.ts';
import { nativeCollection } from './native-collection.ts';
import { open } from './open-delivery.ts';
import type { OpenDelivery } from './open-delivery.ts';
import type { Transaction } from './transaction.ts';

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
  /** Waiting deliveries that need not wait any longer. */
  dueNow: readonly { ids: readonly string[]; at: Date }[];
  /** Deliveries that wait behind another of their lane. */
  parked: readonly { ids: readonly string[]; dueAt: Date }[];
  /** Deliveries of one lane that a newer one, `by`, makes needless; it names what it `supersedes`. */
  superseded: readonly Superseded[];
  /** Deliveries that will not be sent. */
  cancelled: readonly { ids: readonly string[]; at: Date }[];
}

const KEPT_ATTEMPTS = 20;

/**
 * Attempts are always kept; states change only where a delivery is open. Recording the same again changes
 * nothing.
 */
export function createDeliveryRecords(connection: Connection) {
  const rows = nativeCollection(deliveryModel(connection));

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
      .find<Pick<DeliveryRow, '_id' | 'redelivery'>>(
        { _id: { $in: ids }, attemptCount: 0, ...open() },
        { session, batchSize: ids.length + 1, projection: { redelivery: 1 } },
      )
      .toArray();
    const untried = new Map(found.map(({ _id, redelivery }) => [_id, redelivery]));
    if (untried.size > 0) {
      await rows.deleteMany({ _id: { $in: [...untried.keys()] } }, { session });
      const final = results
        .filter(({ delivery }) => untried.has(delivery.id))
        .map((result) => toFinalRow(result, untried.get(result.delivery.id)));
      await rows.insertMany(final, { session, ordered: false });
    }
    return results.filter(({ delivery }) => !untried.has(delivery.id));
  };

  return async (
    { attempts, dueNow, parked, superseded, cancelled }: DeliveryRecords,
    tx: Transaction,
  ): Promise<void> => {
    for (const { ids, at } of dueNow) {
      const filter = { _id: { $in: [...ids] }, state: 'WAITING' } as const;
      await rows.updateMany(filter, { $set: { dueAt: at } }, { session: tx });
    }
    for (const { ids, dueAt } of parked) {
      const filter = { _id: { $in: [...ids] }, ...open() };
      await rows.updateMany(filter, { $set: { state: 'WAITING', dueAt } }, { session: tx });
    }
    for (const { ids, by, supersedes, at } of superseded) {
      const untried = { ...open(), attemptCount: 0 };
      const { matchedCount } = await rows.updateOne(
        { _id: by, ...untried },
        { $set: { supersedes: [...supersedes] } },
        { session: tx },
      );
      // Somebody took it away: nothing would stand for the others.
      if (matchedCount === 0) continue;
      await rows.updateMany(
        // What a person had sent meanwhile is sent.
        { _id: { $in: [...ids] }, ...untried, redelivery: { $exists: false } },
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
  };
}

/** Its first attempt was its last. */
function isFinalAtOnce({ delivery, next }: AttemptResult): boolean {
  return delivery.attemptCount === 0 && next.state !== 'WAITING';
}

/** `redelivery` as it is stored: a person may have asked while it was under way. */
function toFinalRow(
  { delivery: { id, ...delivery }, attempt, next }: AttemptResult,
  redelivery: Redelivery | undefined,
): DeliveryRow {
  const asked = redelivery && { redelivery };
  return { _id: id, ...delivery, ...asked, completedAt: null, ...next, attemptCount: 1, attempts: [attempt] };
}

function madeAttempt({ attempt }: AttemptResult): mongo.UpdateFilter<DeliveryRow> {
  return {
    $inc: { attemptCount: 1 },
    $push: { attempts: { $each: [attempt], $slice: -KEPT_ATTEMPTS } },
  };
}
