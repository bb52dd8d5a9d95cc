import type { Connection, mongo } from 'mongoose';
import { metaModel } from './meta-row.ts';
import type { MetaRow } from './meta-row.ts';
import { createRunTransaction } from './transaction.ts';

type Registrations = Exclude<MetaRow['_id'], 'secret-key'>;

export interface LimitedInsertOptions<Row extends mongo.Document> {
  connection: Connection;
  rows: mongo.Collection<Row>;
  /** The document that every insertion writes, so that two of them cannot both take the last place. */
  registrations: Registrations;
  max: number;
  /** The rows that count, seen from a new one; absent: all. */
  counted?: (row: Row) => mongo.Filter<Row>;
}

/** `FULL` where so many rows exist already, hand-made ones included; nothing is written then. */
export type LimitedInsert<Row> = (row: Row & { _id: string }) => Promise<'INSERTED' | 'FULL'>;

export function createLimitedInsert<Row extends mongo.Document>({
  connection,
  rows,
  registrations,
  max,
  counted = () => ({}),
}: LimitedInsertOptions<Row>): LimitedInsert<Row> {
  const meta = metaModel(connection);
  const runTransaction = createRunTransaction(connection);
  return (row) =>
    runTransaction(async (tx) => {
      await meta.updateOne(
        { _id: registrations },
        { $set: { lastId: row._id } },
        { upsert: true, session: tx },
      );
      if ((await rows.countDocuments(counted(row), { session: tx })) >= max) return 'FULL';
      await rows.insertOne(row as mongo.OptionalUnlessRequiredId<Row>, { session: tx });
      return 'INSERTED';
    });
}
