import type { Connection } from 'mongoose';
import type { Recovery, RecoveryState } from '../domain/recovery.ts';
import { readPage } from './keyset-page.ts';
import type { Page, PageQuery } from './keyset-page.ts';
import { nativeCollection } from './native-collection.ts';
import { readableRows } from './readable-rows.ts';
import { reading } from './reading.ts';
import { recoveryModel, toRecovery, toRecoveryRow } from './recovery-row.ts';
import type { RecoveryRow } from './recovery-row.ts';
import { inTime } from './time-order.ts';
import type { TimeOrder } from './time-order.ts';
import type { Transaction } from './transaction.ts';
import { anyOf } from './where.ts';
import { unlessTaken } from './unless-taken.ts';

export type RecoveryStore = ReturnType<typeof createRecoveryStore>;

/** All that is given must match; of a list any value does. */
export interface RecoveriesWhere {
  endpointId?: string;
  state?: readonly RecoveryState[];
}

/** How far one batch brought a recovery. */
export interface RecoveryProgress extends Pick<Recovery, 'cursor'> {
  recovered: number;
  added: number;
  expired: number;
  /** Null where more is left. */
  doneAt: Date | null;
}

const ORDERS = inTime({ field: '_id', type: 'ID' });

export function createRecoveryStore(connection: Connection) {
  const rows = nativeCollection(recoveryModel(connection));
  const readable = readableRows(recoveryModel(connection), undefined);

  const end = async (
    { id, at, ...how }: { id: string; at: Date } & Pick<Recovery, 'state' | 'reason'>,
    tx?: Transaction,
  ): Promise<Recovery | null> => {
    const row = await rows.findOneAndUpdate(
      { _id: id, state: 'RUNNING' },
      { $set: { ...how, completedAt: at } },
      { returnDocument: 'after', ...(tx && { session: tx }) },
    );
    return row === null ? null : toRecovery(row as RecoveryRow);
  };

  return {
    /** `RUNNING` where another one of the endpoint is: nothing is written then. */
    async insert(recovery: Recovery): Promise<'INSERTED' | 'RUNNING'> {
      const inserted = await reading(unlessTaken(rows.insertOne(toRecoveryRow(recovery))));
      return inserted === null ? 'RUNNING' : 'INSERTED';
    },

    async byId(id: string): Promise<Recovery | null> {
      const row = await reading(rows.findOne({ _id: id }));
      return row === null ? null : toRecovery(row);
    },

    async runningOf(endpointId: string): Promise<Recovery | null> {
      const row = await reading(rows.findOne({ endpointId, state: 'RUNNING' }, { hint: 'one_running' }));
      return row === null ? null : toRecovery(row);
    },

    /** All that are running: at most one for each endpoint. */
    async running(): Promise<Recovery[]> {
      return (await rows.find({ state: 'RUNNING' }, { hint: 'one_running' }).toArray()).map(toRecovery);
    },

    async page(
      { endpointId, state }: RecoveriesWhere,
      order: TimeOrder,
      query: PageQuery,
    ): Promise<Page<Recovery>> {
      const filter = { ...(endpointId !== undefined && { endpointId }), ...anyOf('state', state) };
      const page = await readPage<RecoveryRow>({ rows: readable, filter, order: ORDERS[order], query });
      return { ...page, items: page.items.map(toRecovery) };
    },

    /** The recovery as it then is; null where it is not running. */
    cancel: (id: string, at: Date) => reading(end({ id, at, state: 'CANCELLED', reason: null })),

    fail: (id: string, reason: string, at: Date, tx?: Transaction) =>
      end({ id, at, state: 'FAILED', reason }, tx),

    /** False where it was cancelled or another worker did this batch: nothing of it may be written then. */
    async advance(
      { id, cursor: from }: Pick<Recovery, 'id' | 'cursor'>,
      { cursor, recovered, added, expired, doneAt }: RecoveryProgress,
      tx: Transaction,
    ): Promise<boolean> {
      const { matchedCount } = await rows.updateOne(
        { _id: id, state: 'RUNNING', cursor: from },
        {
          $set: { cursor, ...(doneAt !== null && { state: 'DONE', completedAt: doneAt }) },
          $inc: { recovered, added, expired },
        },
        { session: tx },
      );
      return matchedCount === 1;
    },
  };
}
