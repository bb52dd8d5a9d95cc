import type { Connection, mongo } from 'mongoose';

/** Handed to store methods that take part in a transaction; opaque outside `store/`. */
export type Transaction = mongo.ClientSession;

export type RunTransaction = <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>;

/**
 * Runs `work` in one transaction on a snapshot, committed at majority and journaled. The driver runs it again on a
 * transient error, so `work` must have no effect of its own.
 */
export function createRunTransaction(connection: Connection): RunTransaction {
  return async (work) => {
    const session = connection.getClient().startSession();
    try {
      return await session.withTransaction(() => work(session), {
        readConcern: { level: 'snapshot' },
        writeConcern: { w: 'majority', journal: true },
      });
    } finally {
      await session.endSession();
    }
  };
}
