import type { Connection } from 'mongoose';
import { expect, test } from 'vitest';
import { evidenceModel } from '../../../src/store/evidence-row.ts';
import { readableRows } from '../../../src/store/readable-rows.ts';
import { ownFailPoints } from '../../support/own-fail-points.ts';
import { openTestDatabase } from '../../support/test-database.ts';

const PAGE = { sort: { _id: 1 }, limit: 30, maxTimeMS: 5_000 } as const;

async function insert(connection: Connection, count: number, text: string): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, index) => `evidence-${String(index).padStart(2, '0')}`);
  await connection.collection<{ _id: string }>('evidence').insertMany(ids.map((_id) => ({ _id, text })));
  return ids;
}

test('a page that is larger than one reply of the database is whole, and leaves no cursor behind', async () => {
  const connection = await openTestDatabase('opslens-large-page');
  const ids = await insert(connection, 30, 'x'.repeat(700_000));
  const rows = readableRows(evidenceModel(connection), undefined);
  const read = await rows.page<{ _id: string }>({}, PAGE);
  expect(read.map(({ _id }) => _id)).toEqual(ids);
  const open = connection
    .getClient()
    .db('admin')
    .aggregate(
      [
        { $currentOp: { idleCursors: true } },
        { $match: { type: 'idleCursor', ns: `${connection.name}.evidence` } },
      ],
      { readConcern: { level: 'local' } },
    );
  expect(await open.toArray()).toEqual([]);
});

test('a page whose connection breaks is read by another one', async () => {
  const appName = 'opslens-broken-page';
  const connection = await openTestDatabase(appName);
  const ids = await insert(connection, 3, 'short');
  const rows = readableRows(evidenceModel(connection), undefined);
  await ownFailPoints(connection);
  const admin = connection.getClient().db('admin');
  const data = { failCommands: ['find'], closeConnection: true, appName };
  await admin.command({ configureFailPoint: 'failCommand', mode: { times: 1 }, data });
  const read = await rows.page<{ _id: string }>({}, PAGE);
  expect(read.map(({ _id }) => _id)).toEqual(ids);
});
