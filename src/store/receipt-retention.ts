import { mongo } from 'mongoose';
import type { Connection } from 'mongoose';
import { nativeCollection } from './native-collection.ts';
import { receiptBodyModel, receiptModel } from './receipt-row.ts';

const DAY_SECONDS = 24 * 60 * 60;
/** Receipts recognise what is delivered again, and senders do so for days: GitHub for three, PagerDuty for two. */
const MIN_RECEIPT_DAYS = 7;

const INDEX_OPTIONS_CONFLICT = 85;

/**
 * How long receipts and their bodies are kept. Where they were kept for another time, the index is changed; safe to run
 * from several processes, the last of which decides.
 */
export async function setReceiptRetention(connection: Connection, days: number): Promise<void> {
  await setExpiry(connection, nativeCollection(receiptBodyModel(connection)), days);
  await setExpiry(connection, nativeCollection(receiptModel(connection)), Math.max(days, MIN_RECEIPT_DAYS));
}

async function setExpiry<Row extends { _id: string; receivedAt: Date }>(
  connection: Connection,
  rows: mongo.Collection<Row>,
  days: number,
): Promise<void> {
  const name = 'receivedAt_1';
  const expireAfterSeconds = days * DAY_SECONDS;
  try {
    await rows.createIndex({ receivedAt: 1 }, { name, expireAfterSeconds });
  } catch (error) {
    if (!(error instanceof mongo.MongoServerError) || error.code !== INDEX_OPTIONS_CONFLICT) throw error;
    await connection.db?.command({ collMod: rows.collectionName, index: { name, expireAfterSeconds } });
  }
}
