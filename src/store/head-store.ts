import type { Connection, mongo } from 'mongoose';
import { eventModel } from './event-row.ts';
import { endpointHeadModel, headModel } from './head-row.ts';
import { nativeCollection } from './native-collection.ts';
import type { Transaction } from './transaction.ts';

export interface Head {
  /** The number of the newest event; 0 before the first. */
  sequence: number;
  /** Events at or below it are no longer readable. */
  floor: number;
}

export type HeadStore = ReturnType<typeof createHeadStore>;

const HEAD = { _id: 'events' } as const;

export function createHeadStore(connection: Connection) {
  const heads = nativeCollection(headModel(connection));
  const endpointHeads = nativeCollection(endpointHeadModel(connection));
  const events = nativeCollection(eventModel(connection));

  /** Number of the oldest (1) or newest (-1) event. */
  const edge = async (direction: 1 | -1): Promise<number | undefined> =>
    (await events.findOne({ sequence: { $exists: true } }, { sort: { sequence: direction } }))?.sequence;

  return {
    /** Makes the head where there is none: from the events there are, so that a lost one does no harm. */
    async prepare(): Promise<void> {
      if ((await heads.findOne(HEAD)) !== null) return;
      const head: Head = { sequence: (await edge(-1)) ?? 0, floor: ((await edge(1)) ?? 1) - 1 };
      await heads.updateOne(HEAD, { $setOnInsert: head }, { upsert: true });
    },

    async read(tx?: Transaction): Promise<Head> {
      const row = await heads.findOne(HEAD, { ...(tx && { session: tx }) });
      return { sequence: row?.sequence ?? 0, floor: row?.floor ?? 0 };
    },

    /** The fence of numbering: false where another sequencer has moved it from `from` already. */
    async move({ from, to }: { from: number; to: number }, tx: Transaction): Promise<boolean> {
      const { matchedCount } = await heads.updateOne(
        { ...HEAD, sequence: from },
        { $set: { sequence: to } },
        { session: tx },
      );
      return matchedCount === 1;
    },

    /** The floor never sinks. */
    async raiseFloor(floor: number): Promise<void> {
      await heads.updateOne(HEAD, { $max: { floor } });
    },

    async lastSequences(endpointIds: readonly string[], tx: Transaction): Promise<Map<string, number>> {
      if (endpointIds.length === 0) return new Map();
      const rows = await endpointHeads
        .find({ _id: { $in: [...endpointIds] } }, { session: tx, batchSize: endpointIds.length + 1 })
        .toArray();
      return new Map(rows.map((row) => [row._id, row.sequence]));
    },

    async setLastSequences(lastSequences: ReadonlyMap<string, number>, tx: Transaction): Promise<void> {
      if (lastSequences.size === 0) return;
      await endpointHeads.bulkWrite(
        [...lastSequences].map(([endpointId, sequence]) => ({
          updateOne: { filter: { _id: endpointId }, update: { $set: { sequence } }, upsert: true },
        })),
        { session: tx, ordered: false },
      );
    },

    /**
     * The head's numbers as it moves, from now on, until `signal` aborts. Ends when the collection vanishes and throws
     * when the database cannot go on; it only wakes, so whoever begins it anew reads the head once.
     */
    async *changes(signal: AbortSignal): AsyncGenerator<number, void, void> {
      const stream = heads.watch([{ $match: { 'documentKey._id': HEAD._id } }]);
      const close = (): void => void stream.close().catch(() => undefined);
      signal.addEventListener('abort', close, { once: true });
      try {
        for await (const change of stream) {
          const sequence = movedTo(change);
          if (sequence !== undefined) yield sequence;
        }
      } catch (error) {
        if (!signal.aborted) throw error;
      } finally {
        signal.removeEventListener('abort', close);
        await stream.close();
      }
    },
  };
}

function movedTo(change: mongo.ChangeStreamDocument): number | undefined {
  if (change.operationType !== 'update') return undefined;
  const sequence: unknown = change.updateDescription.updatedFields?.['sequence'];
  return typeof sequence === 'number' ? sequence : undefined;
}
