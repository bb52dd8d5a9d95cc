import type { Connection, mongo } from 'mongoose';
import { LEASE_MS } from '../domain/lease.ts';
import type { ProcessIdentity } from '../kernel/process-identity.ts';
import { isDuplicateKey } from './is-duplicate-key.ts';
import { leaseModel } from './lease-row.ts';
import type { LeaseRow } from './lease-row.ts';
import { nativeCollection } from './native-collection.ts';
import type { Transaction } from './transaction.ts';

/** A lease as its holder knows it. */
export interface Lease {
  name: string;
  epoch: number;
}

/** A lease as others see it. */
export interface LeaseState {
  name: string;
  holder: ProcessIdentity | null;
  /** True where `acquire` would succeed: released, run out, or held by a process of this host that is dead. */
  free: boolean;
}

export interface LeaseStore {
  /** Tells the others for `LEASE_MS` that this process is there. */
  heartbeat(): Promise<void>;
  /** The end of this process's presence. */
  withdraw(): Promise<void>;
  /** Processes that are present, this one included once it had a heartbeat. */
  liveProcesses(): Promise<ProcessIdentity[]>;

  /** Leases that exist and whose names begin with `prefix`; a lease never acquired does not exist, and is free. */
  states(prefix: string): Promise<LeaseState[]>;
  /** Null where another holds it. Acquiring what this process holds already raises the epoch. */
  acquire(name: string): Promise<Lease | null>;
  /** Returns the names that are still held; a lease that ran out but was not taken is held again. */
  renew(names: readonly string[]): Promise<Set<string>>;
  /** Free for the next one at once. Nothing happens if it is no longer held. */
  release(lease: Lease): Promise<void>;
  /** Renews within a transaction. False: one of them is lost, and the caller must abort. */
  extendInTransaction(leases: readonly Lease[], tx: Transaction): Promise<boolean>;
}

interface LeaseStoreDeps {
  connection: Connection;
  self: ProcessIdentity;
  isProcessAlive: (other: ProcessIdentity, self: ProcessIdentity) => Promise<boolean>;
}

type SeenLease = Pick<LeaseRow, '_id' | 'holder' | 'epoch'> & { expired: boolean };

const EXPIRED = { $lte: ['$until', '$$NOW'] };
const RENEWED = { $add: ['$$NOW', LEASE_MS] };

/** Leases of one process. They are set and compared by the server's clock alone. */
export function createLeaseStore({ connection, self, isProcessAlive }: LeaseStoreDeps): LeaseStore {
  const leases = nativeCollection(leaseModel(connection));
  const presenceId = `process:${self.instance}`;
  const mine = { 'holder.instance': self.instance };

  const see = (filter: mongo.Filter<LeaseRow>): Promise<SeenLease[]> =>
    leases
      .aggregate<SeenLease>([{ $match: filter }, { $project: { holder: 1, epoch: 1, expired: EXPIRED } }])
      .toArray();

  const isTakeable = async ({ holder, expired }: SeenLease): Promise<boolean> =>
    holder === null || expired || holder.instance === self.instance || !(await isProcessAlive(holder, self));

  /** Matches the row only as it was seen; an expired one only if nobody renewed it meanwhile. */
  const asSeen = (name: string, seen: SeenLease | undefined): mongo.Filter<LeaseRow> => {
    if (seen === undefined) return { _id: name, epoch: { $exists: false } };
    return {
      _id: name,
      epoch: seen.epoch,
      'holder.instance': seen.holder?.instance ?? null,
      ...(seen.expired ? { $expr: EXPIRED } : {}),
    };
  };

  return {
    async heartbeat() {
      await leases.updateOne(
        { _id: presenceId },
        [{ $set: { kind: 'PROCESS', holder: { $literal: self }, epoch: 0, until: RENEWED } }],
        { upsert: true },
      );
    },

    async withdraw() {
      await leases.deleteOne({ _id: presenceId });
    },

    async liveProcesses() {
      const processes: ProcessIdentity[] = [];
      for (const { holder, expired } of await see({ kind: 'PROCESS' })) {
        if (holder !== null && !expired && (await isProcessAlive(holder, self))) processes.push(holder);
      }
      return processes;
    },

    async states(prefix) {
      const states: LeaseState[] = [];
      for (const seen of await see({ _id: { $gte: prefix, $lt: `${prefix}\uffff` } })) {
        const free = seen.holder?.instance !== self.instance && (await isTakeable(seen));
        states.push({ name: seen._id, holder: seen.holder, free });
      }
      return states;
    },

    async acquire(name) {
      const [seen] = await see({ _id: name });
      if (seen !== undefined && !(await isTakeable(seen))) return null;
      const epoch = { $add: [{ $ifNull: ['$epoch', 0] }, 1] };
      try {
        const row = await leases.findOneAndUpdate(
          asSeen(name, seen),
          [{ $set: { kind: 'LEASE', holder: { $literal: self }, epoch, until: RENEWED } }],
          { upsert: seen === undefined, returnDocument: 'after' },
        );
        return row === null ? null : { name, epoch: row.epoch };
      } catch (error) {
        // Another process was the first to make the row.
        if (isDuplicateKey(error)) return null;
        throw error;
      }
    },

    async renew(names) {
      if (names.length === 0) return new Set();
      const held: mongo.Filter<LeaseRow> = { _id: { $in: [...names] }, ...mine };
      const { matchedCount } = await leases.updateMany(held, [{ $set: { until: RENEWED } }]);
      if (matchedCount === names.length) return new Set(names);
      const rows = await leases.find(held, { projection: { _id: 1 } }).toArray();
      return new Set(rows.map((row) => row._id));
    },

    async release({ name, epoch }) {
      await leases.updateOne({ _id: name, epoch, ...mine }, { $set: { holder: null, until: new Date(0) } });
    },

    async extendInTransaction(held, session) {
      if (held.length === 0) return true;
      const { matchedCount } = await leases.updateMany(
        { $or: held.map(({ name, epoch }) => ({ _id: name, epoch })), ...mine },
        [{ $set: { until: RENEWED } }],
        { session },
      );
      return matchedCount === held.length;
    },
  };
}
