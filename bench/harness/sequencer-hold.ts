import type { Connection } from 'mongoose';
import { SEQUENCER_LEASE } from '../../src/eventlog/sequencer.ts';
import { leaseModel } from '../../src/store/lease-row.ts';
import { nativeCollection } from '../../src/store/native-collection.ts';
import { pollUntil } from './poll-until.ts';

/** A process of a host that nobody here can look into: its lease has to be waited out. */
const HOLDER = { instance: 'bench', host: 'bench', pid: 1, startedAt: '' };

/** The server relies on its lease for up to 3 s before it renews it, and looks once a second. */
export const LETS_GO_MS = 4500;

/**
 * Takes the sequencer's lease away, as another process would. `LETS_GO_MS` later, events are committed and wait for
 * their numbers, so that the work from numbering on can be measured by itself.
 */
export async function takeSequencerLease(database: Connection): Promise<void> {
  const epoch = { $add: [{ $ifNull: ['$epoch', 0] }, 1] };
  const until = { $add: ['$$NOW', 600_000] };
  await nativeCollection(leaseModel(database)).updateOne(
    { _id: SEQUENCER_LEASE },
    [{ $set: { kind: 'LEASE', holder: { $literal: HOLDER }, epoch, until } }],
    { upsert: true },
  );
}

/** Lets the lease go, and returns as soon as the server has it. */
export async function giveSequencerLease(database: Connection): Promise<void> {
  const leases = nativeCollection(leaseModel(database));
  await leases.updateOne(
    { _id: SEQUENCER_LEASE, 'holder.instance': HOLDER.instance },
    { $set: { holder: null, until: new Date(0) } },
  );
  await pollUntil(async () => (await leases.findOne({ _id: SEQUENCER_LEASE }))?.holder !== null, {
    everyMs: 1,
    limitMs: 10_000,
    what: 'the server has the lease of the sequencer',
  });
}
