import type { Connection } from 'mongoose';
import { describe, expect, test } from 'vitest';
import type { Receipt } from '../../../src/domain/receipt.ts';
import { leastIdAt } from '../../../src/kernel/ids.ts';
import { ensureCollections } from '../../../src/store/ensure-collections.ts';
import { createReceiptReader } from '../../../src/store/receipt-reader.ts';
import { receiptModel, toReceiptRow } from '../../../src/store/receipt-row.ts';
import type { ReceiptsWhere } from '../../../src/store/receipts-where.ts';
import { ownFailPoints } from '../../support/own-fail-points.ts';
import { openTestDatabase } from '../../support/test-database.ts';

const T0 = Date.parse('2026-03-04T05:00:00.000Z');
const at = (n: number): Date => new Date(T0 + n * 1000);
const ALL = { backward: false, after: null, before: null };

/** The n-th webhook, a second after the one before it. */
function receipt(n: number, over: Partial<Receipt> = {}): Receipt {
  return {
    id: `${leastIdAt(at(n))}-7000-8000-${String(n).padStart(12, '0')}`,
    source: n % 10 === 0 ? 'rare' : 'github',
    keySource: 'github',
    provider: n % 10 === 0 ? 'generic' : 'github',
    deliveryId: `guid-${n}`,
    receivedAt: at(n),
    outcome: n % 4 === 0 ? 'IGNORED' : 'APPLIED',
    reason: n % 4 === 0 ? `Nothing (new) in #${n}` : null,
    headers: {},
    bodyHash: 'x',
    bodySize: 2,
    duplicateOf: null,
    incidentIds: [`incident-${n % 20}`],
    deploymentIds: [],
    warnings: [],
    verifiedWith: n % 2 === 0 ? 'X-Hub-Signature-256 with secret s1 (previous secret)' : null,
    fromStranger: false,
    replayOf: n > 100 && n % 50 === 0 ? 'replayed' : null,
    replayedBy: null,
    ...over,
  };
}

/** A ledger that holds these, with its indexes. */
async function openLedger(connection: Connection, receipts: readonly Receipt[]) {
  const reader = createReceiptReader(connection);
  await ensureCollections(connection);
  const rows = receipts.map((one) =>
    toReceiptRow({ receipt: one, dedupKey: null, takesKeyFrom: null, folded: null }),
  );
  await receiptModel(connection).collection.insertMany(rows as never);
  return reader;
}

test('each filter finds its own, and all can be combined', async () => {
  const connection = await openTestDatabase();
  const receipts = Array.from({ length: 200 }, (_, n) => receipt(n));
  const reader = await openLedger(connection, receipts);
  const found = async (where: ReceiptsWhere): Promise<number[]> => {
    const { items } = await reader.page(where, 'NEWEST_FIRST', { ...ALL, size: 200 });
    return items.map(({ deliveryId }) => Number(deliveryId?.slice(5)));
  };
  const numbers = Array.from({ length: 200 }, (_, n) => 199 - n);
  expect(await found({})).toEqual(numbers);
  expect(await found({ source: ['rare'] })).toEqual(numbers.filter((n) => n % 10 === 0));
  expect(await found({ provider: ['github', 'pagerduty'] })).toEqual(numbers.filter((n) => n % 10 !== 0));
  expect(await found({ outcome: ['IGNORED', 'FAILED'] })).toEqual(numbers.filter((n) => n % 4 === 0));
  expect(await found({ receivedAt: { from: at(10), until: at(13) } })).toEqual([12, 11, 10]);
  expect(await found({ receivedAt: { from: new Date(T0 + 197_001) } })).toEqual([199, 198]);
  expect(await found({ receivedAt: { until: new Date(-8e15) } })).toEqual([]);
  expect(await found({ incidentId: 'incident-7' })).toEqual(numbers.filter((n) => n % 20 === 7));
  expect(await found({ deliveryId: 'guid-77' })).toEqual([77]);
  expect(await found({ reason: 'nothing (NEW' })).toEqual(numbers.filter((n) => n % 4 === 0));
  expect(await found({ reason: '.' })).toEqual([]);
  expect(await found({ reason: 'nothing', outcome: ['APPLIED'] })).toEqual([]);
  expect(await found({ verifiedWith: '(previous' })).toEqual(numbers.filter((n) => n % 2 === 0));
  expect(await found({ replayOf: 'replayed' })).toEqual([150]);
  const all = { source: ['rare'], provider: ['generic'], outcome: ['IGNORED' as const], verifiedWith: 'S1' };
  expect(
    await found({ ...all, incidentId: 'incident-0', reason: '#1', receivedAt: { from: at(50) } }),
  ).toEqual([180, 160, 140, 120, 100]);
});

describe('in a large ledger', () => {
  const wheres: [string, ReceiptsWhere][] = [
    ['none', {}],
    ['source', { source: ['rare'] }],
    ['sources', { source: ['rare', 'github', 'x'] }],
    ['outcome', { outcome: ['IGNORED'] }],
    ['outcomes', { outcome: ['IGNORED', 'APPLIED', 'REJECTED'] }],
    ['time', { receivedAt: { from: at(4000), until: at(4500) } }],
    ['time and source', { receivedAt: { from: at(4000), until: at(4500) }, source: ['github'] }],
    ['incident', { incidentId: 'incident-7' }],
    ['incident and outcome', { incidentId: 'incident-8', outcome: ['IGNORED'] }],
    ['delivery', { deliveryId: 'guid-77' }],
    ['delivery that never came', { deliveryId: 'guid-none' }],
    ['replays', { replayOf: 'replayed' }],
    ['replays that there are not', { replayOf: 'not replayed' }],
    ['reason', { reason: 'nothing' }],
    ['provider', { provider: ['github'] }],
  ];

  test('no filter makes the database sort, or read much more than it shows', async () => {
    const connection = await openTestDatabase();
    const sourceOf = (n: number) => ({ source: n % 200 === 0 ? 'rare' : 'github' });
    const receipts = Array.from({ length: 5000 }, (_, n) => receipt(n, sourceOf(n)));
    const reader = await openLedger(connection, receipts);
    await connection.db?.command({ profile: 2 });
    for (const backward of [false, true])
      for (const [, where] of wheres)
        await reader.page(where, 'NEWEST_FIRST', { ...ALL, backward, size: 25 });
    await connection.db?.command({ profile: 0 });
    const profiled = await connection.db?.collection('system.profile').find({ op: 'query' }).toArray();
    const reads = (profiled ?? []).filter(({ ns }) => String(ns).endsWith('.receipts'));
    expect(reads).toHaveLength(2 * wheres.length);
    for (const [index, { hasSortStage = false, planSummary, docsExamined }] of reads.entries()) {
      const what = `${wheres[index % wheres.length]?.[0]}: ${planSummary}`;
      expect(hasSortStage, what).toBe(false);
      expect(planSummary, what).not.toContain('COLLSCAN');
      // The slack of a second at the ends of a time range, and what the filter of the page passes over.
      expect(docsExamined, what).toBeLessThan(60);
    }
  });

  test('a filter that finds too little in too long is told so', async () => {
    const appName = 'slow-ledger';
    const connection = await openTestDatabase(appName);
    const reader = await openLedger(connection, [receipt(1)]);
    const maxTimeExpired = { failCommands: ['find'], errorCode: 50, appName };
    await ownFailPoints(connection);
    await connection
      .getClient()
      .db('admin')
      .command({ configureFailPoint: 'failCommand', mode: { times: 1 }, data: maxTimeExpired });
    const page = reader.page({ verifiedWith: 'x' }, 'NEWEST_FIRST', { ...ALL, size: 25 });
    await expect(page).rejects.toThrow(/not read within/);
  });
});
