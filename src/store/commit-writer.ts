import { mongo } from 'mongoose';
import type { Connection } from 'mongoose';
import { DatabaseAwayError, StaleStateError, UnknownCommitResultError } from '../domain/commit-errors.ts';
import type { Draft } from '../domain/draft.ts';
import { classifyAborted, classifyRead } from './commit-errors.ts';
import { deploymentModel, toDeploymentRow } from './deployment-row.ts';
import { eventModel, toEventRow } from './event-row.ts';
import { evidenceModel, toEvidenceRow } from './evidence-row.ts';
import { incidentKeyModel, toIncidentKeyRow } from './incident-key-row.ts';
import { incidentModel, toIncidentRow } from './incident-row.ts';
import { nativeCollection } from './native-collection.ts';
import type { PackedBody } from './pack-body.ts';
import { receiptBodyModel, receiptModel, toReceiptRow } from './receipt-row.ts';
import { timelineEntryModel, toTimelineEntryRow } from './timeline-entry-row.ts';
import type { Transaction } from './transaction.ts';

/** How long a commit whose answer was lost is asked for again before its result counts as unknown. */
const COMMIT_PATIENCE_MS = 1000;

/** Raw bodies by receipt id, packed before the batch began. */
export type PackedBodies = ReadonlyMap<string, PackedBody>;

export type CommitWriter = ReturnType<typeof createCommitWriter>;

/** Writes a batch of decisions in one journaled majority transaction, guarded by the version of each document. */
export function createCommitWriter(connection: Connection) {
  const keys = nativeCollection(incidentKeyModel(connection));
  const incidents = nativeCollection(incidentModel(connection));
  const entries = nativeCollection(timelineEntryModel(connection));
  const evidence = nativeCollection(evidenceModel(connection));
  const deployments = nativeCollection(deploymentModel(connection));
  const events = nativeCollection(eventModel(connection));
  const receipts = nativeCollection(receiptModel(connection));
  const bodies = nativeCollection(receiptBodyModel(connection));

  return {
    /**
     * Throws `StaleStateError` or `DatabaseAwayError` where nothing was written, `UnknownCommitResultError` where that
     * cannot be told; anything else is a fault of the batch itself, and nothing was written.
     */
    async write(draft: Draft, packed: PackedBodies): Promise<void> {
      const session = connection.getClient().startSession();
      try {
        session.startTransaction({
          readConcern: { level: 'snapshot' },
          writeConcern: { w: 'majority', journal: true, wtimeoutMS: 3000 },
        });
        try {
          await writeAll(draft, packed, session);
        } catch (error) {
          await session.abortTransaction().catch(() => undefined);
          throw classifyAborted(error);
        }
        await commit(session, () => abandon(connection, session));
      } finally {
        await session.endSession();
      }
    },

    /** Written before the transaction, so that large bodies do not weigh it down. Writing it again is harmless. */
    async writeLargeBody(receiptId: string, body: PackedBody, receivedAt: Date): Promise<void> {
      try {
        await bodies.replaceOne({ _id: receiptId }, { ...body, receivedAt }, { upsert: true });
      } catch (error) {
        throw classifyRead(error);
      }
    },

    /** Whether the transaction that would have written the draft stands, told by the first id in it. */
    async wasWritten(draft: Draft): Promise<boolean> {
      const [receipt] = draft.receipts;
      const [event] = draft.events;
      try {
        if (receipt !== undefined) return (await receipts.countDocuments({ _id: receipt.receipt.id })) > 0;
        return event !== undefined && (await events.countDocuments({ _id: event.id })) > 0;
      } catch (error) {
        throw classifyRead(error);
      }
    },
  };

  async function writeAll(draft: Draft, packed: PackedBodies, session: Transaction): Promise<void> {
    const expired = draft.receipts.flatMap(({ takesKeyFrom }) =>
      takesKeyFrom === null ? [] : [takesKeyFrom],
    );
    if (expired.length > 0) {
      const unset = { $unset: { dedupKey: 1, dedupUntil: 1 } } as const;
      await receipts.updateMany({ _id: { $in: expired } }, unset, { session });
    }
    const bodyRows = draft.receipts.flatMap(({ receipt: { id, receivedAt, fromStranger, replayOf } }) => {
      const body = packed.get(id);
      // A replay shows the body of the webhook that ran again.
      if (body === undefined || replayOf !== null) return [];
      return [{ _id: id, ...body, receivedAt, ...(fromStranger && { fromStranger }) }];
    });
    await insert(receipts, draft.receipts.map(toReceiptRow), session);
    await insert(bodies, bodyRows, session);
    await replace(keys, [...draft.keys.values()].map(toIncidentKeyRow), session);
    // Incidents that close go first: at no moment are two incidents of a key open.
    const incidentRows = [...draft.incidents.values()].map(toIncidentRow);
    await replace(
      incidents,
      incidentRows.toSorted((a, b) => Number(a.open) - Number(b.open)),
      session,
    );
    await replace(deployments, [...draft.deployments.values()].map(toDeploymentRow), session);
    await putEntries(draft, session);
    await insert(evidence, draft.evidence.map(toEvidenceRow), session);
    await insert(events, draft.events.map(toEventRow), session);
  }

  /** Entries of this batch's own webhooks are new; others may be there from before, or have been taken away. */
  async function putEntries(
    { entries: changed, receipts: arrived }: Draft,
    session: Transaction,
  ): Promise<void> {
    if (changed.size === 0) return;
    const arrivedIds = new Set(arrived.map(({ receipt }) => receipt.id));
    const operations = [...changed].map(([id, entry]) => {
      if (entry === null) return { deleteOne: { filter: { _id: id } } };
      const { _id, ...replacement } = toTimelineEntryRow(entry);
      return entry.receiptId !== null && arrivedIds.has(entry.receiptId)
        ? { insertOne: { document: { _id, ...replacement } } }
        : { replaceOne: { filter: { _id }, replacement, upsert: true } };
    });
    await entries.bulkWrite(operations, { session, ordered: false });
  }
}

async function insert<Row extends { _id: string }>(
  collection: mongo.Collection<Row>,
  rows: Row[],
  session: Transaction,
): Promise<void> {
  if (rows.length === 0) return;
  await collection.insertMany(rows as mongo.OptionalUnlessRequiredId<Row>[], { session, ordered: false });
}

/**
 * Version 0 is inserted as 1; any other is replaced by the next one, if it still is what was read. Replacements go
 * first, in the order given, then the insertions: two statements, where each change between the kinds would be one.
 */
async function replace<Row extends { _id: string; version: number }>(
  collection: mongo.Collection<Row>,
  rows: Row[],
  session: Transaction,
): Promise<void> {
  if (rows.length === 0) return;
  const inTurn = rows.toSorted((a, b) => Number(a.version === 0) - Number(b.version === 0));
  const operations = inTurn.map((row): mongo.AnyBulkWriteOperation<Row> => {
    const next = { ...row, version: row.version + 1 };
    if (row.version === 0) return { insertOne: { document: next as mongo.OptionalId<Row> } };
    const filter = { _id: row._id, version: row.version } as mongo.Filter<Row>;
    return { replaceOne: { filter, replacement: next as mongo.WithoutId<Row> } };
  });
  const guarded = rows.filter(({ version }) => version > 0).length;
  const { matchedCount } = await collection.bulkWrite(operations, { session, ordered: true });
  if (matchedCount < guarded)
    throw new StaleStateError('CONFLICT', 'a document was changed since it was read');
}

/** Asks again for a commit whose answer was lost; what cannot be told after that is unknown. */
async function commit(session: Transaction, abandonIt: () => Promise<void>): Promise<void> {
  const deadline = performance.now() + COMMIT_PATIENCE_MS;
  for (;;) {
    try {
      await session.commitTransaction();
      return;
    } catch (error) {
      const unknown =
        error instanceof mongo.MongoError && error.hasErrorLabel('UnknownTransactionCommitResult');
      const aborted = classifyAborted(error);
      // Out of reach from the second attempt on, which the driver makes by itself: the first one may stand.
      const lost = aborted instanceof DatabaseAwayError ? aborted : null;
      if (!unknown && lost === null) throw aborted;
      if (lost !== null || performance.now() > deadline) {
        throw new UnknownCommitResultError(String(error), abandonIt, { cause: error });
      }
    }
  }
}

/** A transaction whose commit never arrived would hold its documents for a minute. Ends it, unless it is committed. */
async function abandon(connection: Connection, { id }: Transaction): Promise<void> {
  await connection
    .getClient()
    .db('admin')
    .command({ killSessions: [id] });
}
