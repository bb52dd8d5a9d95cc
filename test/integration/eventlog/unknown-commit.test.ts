import { describe, expect, it, onTestFinished } from 'vitest';
import { numberBatch } from '../../../src/eventlog/number-batch.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { openConnection } from '../../../src/store/connection.ts';
import { deliveriesTo, expectGapless, numbered } from '../../support/event-log-checks.ts';
import { anEndpoint, anEvent, openEventLog, prepareEventLog } from '../../support/event-log.ts';
import { ownFailPoints } from '../../support/own-fail-points.ts';
import { testDatabaseUri } from '../../support/test-database.ts';

const SHUTDOWN_IN_PROGRESS = { code: 91, errmsg: 'InterruptedAtShutdown' };

/** A database whose next commit of a transaction fails like that; other tests on the same mongod feel nothing. */
async function openWithFailingCommit(failure: Record<string, unknown>) {
  const appName = newId();
  const uri = new URL(testDatabaseUri());
  uri.searchParams.set('appName', appName);
  const connection = await openConnection(uri.toString());
  onTestFinished(async () => {
    await connection.dropDatabase();
    await connection.close();
  });
  await prepareEventLog(connection);
  const log = await openEventLog(connection);
  await log.heads.prepare();
  log.setEndpoints(anEndpoint('endpoint-1'));
  await log.commit(anEvent({ incidentSeq: 1 }), anEvent({ incidentSeq: 2 }));
  await ownFailPoints(connection);
  await connection
    .getClient()
    .db('admin')
    .command({
      configureFailPoint: 'failCommand',
      mode: { times: 1 },
      data: { failCommands: ['commitTransaction'], appName, ...failure },
    });
  return { connection, log };
}

describe('a commit of numbers', () => {
  it.each([
    ['was applied but its answer was lost', { writeConcernError: SHUTDOWN_IN_PROGRESS }],
    ['was lost with its connection', { closeConnection: true }],
    ['was refused by the database for now', { errorCode: 251, errorLabels: ['TransientTransactionError'] }],
  ])('that %s is made good without numbering anything twice', async (_what, failure) => {
    const { connection, log } = await openWithFailingCommit(failure);
    const batch = await numberBatch(log, new AbortController().signal);
    expect(batch).toMatchObject({ head: 2, events: 2, deliveries: 2 });
    await log.commit(anEvent({ incidentSeq: 3 }));
    await numberBatch(log, new AbortController().signal);
    expectGapless(await numbered(log, 3));
    const chain = (await deliveriesTo(connection, 'endpoint-1')).map((delivery) => delivery.previousSequence);
    expect(chain).toEqual([null, 1, 2]);
  });
});
