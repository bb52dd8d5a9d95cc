import type { Connection, mongo } from 'mongoose';
import type { Delivery } from '../domain/delivery.ts';
import { eventTraits } from '../domain/endpoint-filter.ts';
import type { IncidentTraits } from '../domain/endpoint-filter.ts';
import type { Event } from '../domain/event.ts';
import type { PendingEvent } from '../domain/fan-out.ts';
import { OPEN_STATES, deliveryModel, toDeliveryRow } from './delivery-row.ts';
import { AS_EVENT, UNNUMBERED_INDEX, eventModel, toEvent } from './event-row.ts';
import type { EventRow } from './event-row.ts';
import { createHeadStore } from './head-store.ts';
import { nativeCollection } from './native-collection.ts';
import type { Transaction } from './transaction.ts';

export type EventStore = ReturnType<typeof createEventStore>;

interface KeptEvent {
  sequence: number;
  recordedAt: Date;
}

/** Reads that must not see a part of a transaction: an ordinary one may while it commits. */
const SNAPSHOT = { readConcern: { level: 'snapshot' } } as const;

/** Texts stay in the database: `changes` are only those that fan-out looks at. */
const PENDING = {
  type: 1,
  incidentId: 1,
  notFor: 1,
  bodyBytes: { $strLenBytes: '$body' },
  severity: '$snapshot.severity',
  source: '$snapshot.source',
  service: '$snapshot.service',
  changes: {
    $filter: {
      input: '$details.changes',
      cond: { $in: ['$$this.field', { $literal: ['severity', 'status', 'source', 'service'] }] },
    },
  },
} as const;

type PendingRow = Pick<EventRow, '_id' | 'type' | 'incidentId' | 'notFor'> &
  IncidentTraits & { bodyBytes: number; changes: EventRow['details']['changes'] };

function toPendingEvent({
  _id,
  incidentId,
  bodyBytes,
  changes,
  type,
  notFor,
  ...snapshot
}: PendingRow): PendingEvent {
  const resolves = changes.some(({ field, to }) => field === 'status' && to === 'resolved');
  const traits = eventTraits({ type, snapshot, details: { changes }, notFor });
  return { id: _id, incidentId, bodyBytes, resolves, ...traits };
}

export function createEventStore(connection: Connection) {
  const events = nativeCollection(eventModel(connection));
  const deliveries = nativeCollection(deliveryModel(connection));
  const heads = createHeadStore(connection);

  return {
    /** How far events are numbered, and up to where they are no longer kept. */
    head: () => heads.read(),

    async hasUnnumbered(): Promise<boolean> {
      const row = await events.findOne(
        { unnumbered: true },
        { hint: UNNUMBERED_INDEX, projection: { _id: 0, incidentSeq: 1 } },
      );
      return row !== null;
    },

    /** By (recordedAt, incidentId, incidentSeq), so an incident's events keep their order. */
    async oldestUnnumbered(limit: number, tx: Transaction): Promise<PendingEvent[]> {
      const rows = await events
        .find<PendingRow>(
          { unnumbered: true },
          {
            session: tx,
            hint: UNNUMBERED_INDEX,
            sort: { recordedAt: 1, incidentId: 1, incidentSeq: 1 },
            limit,
            batchSize: limit + 1,
            projection: PENDING,
          },
        )
        .toArray();
      return rows.map(toPendingEvent);
    },

    /** Gives events their numbers, once, and stores the deliveries that follow from them. */
    async number(
      numbers: readonly { id: string; sequence: number }[],
      fannedOut: readonly Delivery[],
      tx: Transaction,
    ): Promise<void> {
      const { modifiedCount } = await events.bulkWrite(
        numbers.map(({ id, sequence }) => ({
          updateOne: {
            filter: { _id: id, unnumbered: true },
            update: { $set: { sequence }, $unset: { unnumbered: true } },
          },
        })),
        { session: tx, ordered: false },
      );
      if (modifiedCount !== numbers.length) {
        throw new Error(`${numbers.length} events to number, but only ${modifiedCount} had no number`);
      }
      if (fannedOut.length > 0) {
        await deliveries.insertMany(fannedOut.map(toDeliveryRow), { session: tx, ordered: false });
      }
    },

    /** Numbered events behind `sequence`, in order. Where that is at or above the floor they are consecutive. */
    async after(sequence: number, limit: number): Promise<Event[]> {
      const rows = await events
        .find(
          { sequence: { $gt: sequence } },
          {
            ...SNAPSHOT,
            sort: { sequence: 1 },
            limit,
            batchSize: limit + 1,
            projection: AS_EVENT,
          },
        )
        .toArray();
      return rows.map(toEvent).filter((event) => event !== null);
    },

    /** Outgoing bodies by event id. */
    async bodies(ids: readonly string[]): Promise<Map<string, string>> {
      const rows = await events
        .find<Pick<EventRow, '_id' | 'body'>>({ _id: { $in: [...ids] } }, { projection: { body: 1 } })
        .toArray();
      return new Map(rows.map((row) => [row._id, row.body]));
    },

    /** Of the first `limit` events behind `sequence`, those before the first one recorded at `cutoff` or later. */
    async outlived(sequence: number, cutoff: Date, limit: number): Promise<KeptEvent[]> {
      const rows = await events
        .find<KeptEvent>(
          { sequence: { $gt: sequence } },
          { ...SNAPSHOT, sort: { sequence: 1 }, limit, projection: { _id: 0, sequence: 1, recordedAt: 1 } },
        )
        .toArray();
      const end = rows.findIndex((row) => row.recordedAt >= cutoff);
      return end === -1 ? rows : rows.slice(0, end);
    },

    /**
     * Deletes those without an open delivery among the next `limit` events behind `sequence` and up to `floor`.
     * Returns how many, and the last sequence looked at: null where there was none.
     */
    async deleteFinished({ sequence, floor, limit }: { sequence: number; floor: number; limit: number }) {
      const page = await events
        .aggregate<{ _id: string; sequence: number; open: boolean }>([
          { $match: { sequence: { $gt: sequence, $lte: floor } } },
          { $sort: { sequence: 1 } },
          { $limit: limit },
          { $project: { sequence: 1 } },
          { $lookup: OPEN_DELIVERY },
          { $project: { sequence: 1, open: { $ne: ['$open', []] } } },
        ])
        .toArray();
      const finished = page.filter((event) => !event.open).map((event) => event._id);
      if (finished.length > 0) await events.deleteMany({ _id: { $in: finished } });
      return { deleted: finished.length, last: page.at(-1)?.sequence ?? null };
    },
  };
}

const OPEN_DELIVERY: mongo.Document = {
  from: 'deliveries',
  let: { from: { $concat: ['$_id', ':'] }, to: { $concat: ['$_id', ';'] } },
  pipeline: [
    {
      $match: {
        $expr: { $and: [{ $gte: ['$_id', '$$from'] }, { $lt: ['$_id', '$$to'] }] },
        state: { $in: OPEN_STATES },
      },
    },
    { $limit: 1 },
    { $project: { _id: 1 } },
  ],
  as: 'open',
};
