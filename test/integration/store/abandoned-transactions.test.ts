import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { endAbandonedTransactions } from '../../../src/store/abandoned-transactions.ts';
import { openConnection } from '../../../src/store/connection.ts';
import { createRunTransaction } from '../../../src/store/transaction.ts';
import { eventually } from '../../support/eventually.ts';
import { startTestMongod, temporaryFolder } from '../../support/mongod.ts';

const PROGRAM = `
  import mongoose from 'mongoose';
  const { connection } = await mongoose.connect(process.argv[1]);
  const session = connection.getClient().startSession();
  session.startTransaction();
  await connection.collection('rows').updateOne({ _id: 'row' }, { $inc: { n: 1 } }, { session });
  process.stdout.write('open');
  setInterval(() => undefined, 1000);
`;

/** A process that changes the row in a transaction, and is killed before it ends that. */
async function dieInTransaction(uri: string): Promise<void> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', PROGRAM, uri], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), exited]);
  child.kill('SIGKILL');
  await exited;
}

async function openRow(uri: string) {
  const connection = await openConnection(uri);
  const rows = connection.collection<{ _id: string; n: number }>('rows');
  await rows.insertOne({ _id: 'row', n: 0 });
  return { connection, rows };
}

it('frees the rows of a process that was killed in a transaction within seconds, and undoes what it did', async () => {
  const { uri } = await startTestMongod(await temporaryFolder());
  const { connection, rows } = await openRow(uri);
  await dieInTransaction(`${uri}&appName=OpsLens`);

  await eventually(
    () => endAbandonedTransactions(connection),
    (ended) => ended === 1,
    { withinMs: 5000, what: 'the abandoned transaction is ended' },
  );
  await rows.updateOne({ _id: 'row' }, { $inc: { n: 10 } }, { maxTimeMS: 1000 });
  expect(await rows.findOne({ _id: 'row' })).toEqual({ _id: 'row', n: 10 });
  await connection.dropDatabase();
  await connection.close();
});

it('leaves alone transactions of other programs, and those that are still in use', async () => {
  const { uri } = await startTestMongod(await temporaryFolder());
  const { connection, rows } = await openRow(uri);
  await dieInTransaction(`${uri}&appName=another`);
  const another = await openConnection(`${uri}&appName=another`);

  await createRunTransaction(connection)(async (tx) => {
    await rows.insertOne({ _id: 'mine', n: 1 }, { session: tx });
    expect(await endAbandonedTransactions(connection)).toBe(0);
  });
  expect(await rows.findOne({ _id: 'mine' })).toEqual({ _id: 'mine', n: 1 });
  // What the other program left is still there for its own to end.
  await eventually(
    () => endAbandonedTransactions(another),
    (ended) => ended === 1,
    { withinMs: 5000, what: 'the transaction of the other program is still there' },
  );
  await another.close();
  await connection.dropDatabase();
  await connection.close();
});
