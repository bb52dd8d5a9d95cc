import type { Connection } from 'mongoose';
import { describe, expect, test } from 'vitest';
import { ensureCollections } from '../../../src/store/ensure-collections.ts';
import { receiptBodyModel, receiptModel } from '../../../src/store/receipt-row.ts';
import { setReceiptRetention } from '../../../src/store/receipt-retention.ts';
import { openDatabaseIntake } from '../../support/intake-over-database.ts';
import { openTestDatabase } from '../../support/test-database.ts';

const DAY = 24 * 60 * 60;

/** Days after which the database removes rows, by what they hold. */
async function keptDays(connection: Connection) {
  const daysOf = async (rows: ReturnType<typeof receiptModel>['collection'], name: string) => {
    const { expireAfterSeconds } = (await rows.indexes()).find((index) => index['name'] === name) ?? {};
    return Number(expireAfterSeconds) / DAY;
  };
  const [receipts, bodies] = [receiptModel(connection).collection, receiptBodyModel(connection).collection];
  return {
    receipts: await daysOf(receipts, 'receivedAt_1'),
    bodies: await daysOf(bodies, 'receivedAt_1'),
    strangers: [await daysOf(receipts, 'strangers'), await daysOf(bodies, 'strangers')],
  };
}

async function openLedger(): Promise<Connection> {
  const connection = await openTestDatabase();
  receiptModel(connection);
  receiptBodyModel(connection);
  await ensureCollections(connection);
  return connection;
}

describe('receipts', () => {
  test('are kept as long as the setting says, also where another start said otherwise', async () => {
    const connection = await openLedger();
    for (const days of [30, 90, 90, 30]) {
      // What a start does, from the first to the last.
      await ensureCollections(connection);
      await setReceiptRetention(connection, days);
      expect(await keptDays(connection)).toEqual({ receipts: days, bodies: days, strangers: [3, 3] });
    }
  });

  test('recognise what is delivered again for 7 days, however soon bodies go', async () => {
    const connection = await openLedger();
    await setReceiptRetention(connection, 1);
    expect(await keptDays(connection)).toMatchObject({ receipts: 7, bodies: 1 });
  });

  test('are kept by one of the settings where processes disagree', async () => {
    const connection = await openLedger();
    await setReceiptRetention(connection, 30);
    await Promise.all([40, 50, 60, 40, 50, 60].map((days) => setReceiptRetention(connection, days)));
    const { receipts, bodies } = await keptDays(connection);
    expect([40, 50, 60]).toContain(receipts);
    expect([40, 50, 60]).toContain(bodies);
  });

  test('of strangers go first, their bodies with them', async () => {
    const connection = await openTestDatabase();
    const intake = await openDatabaseIntake(connection);
    await intake.deliver('github-ping');
    await intake.deliver('github-ping', Buffer.from('{"forged":true}'));
    const flags = { fromStranger: 1, _id: 0 };
    for (const model of [receiptModel(connection), receiptBodyModel(connection)]) {
      const rows = await model.collection.find({}, { projection: flags, sort: { _id: 1 } }).toArray();
      expect(rows).toEqual([{}, { fromStranger: true }]);
    }
  });
});
