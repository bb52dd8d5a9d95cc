import type { Connection } from 'mongoose';
import { expect, test } from 'vitest';
import { startRelateDeployments } from '../../../src/commands/relate-deployments.ts';
import { systemClock } from '../../../src/kernel/clock.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { createLogger } from '../../../src/kernel/logger.ts';
import { createDeploymentStore } from '../../../src/store/deployment-store.ts';
import { eventModel } from '../../../src/store/event-row.ts';
import { eventually } from '../../support/eventually.ts';
import { signedDelivery } from '../../support/github-examples.ts';
import { deployed, deploymentStatus } from '../../support/github-payloads.ts';
import { openDatabaseIntake } from '../../support/intake-over-database.ts';
import type { DatabaseIntake } from '../../support/intake-over-database.ts';
import { openTestDatabase } from '../../support/test-database.ts';
import { startTestCommitter } from '../../support/write-path.ts';

const second = (n: number): string => new Date(Date.now() - 60_000 + n * 1000).toISOString();

function deliver(intake: DatabaseIntake, event: string, body: object) {
  return intake.deliver(signedDelivery({ event, body: JSON.stringify(body) }, false));
}

const begun = (): object => deployed({ created_at: second(1) });
const failed = (): object =>
  deploymentStatus({ state: 'failure', description: 'Timed out', created_at: second(9) });

async function toldOf(connection: Connection): Promise<(string | undefined)[]> {
  const events = await eventModel(connection).find({ type: 'TIMELINE_UPDATED' }).sort({ incidentSeq: 1 });
  return events.map(({ details }) => details.entries[0]?.text);
}

test('an open incident is told that a deployment began, and how it ended', async () => {
  const connection = await openTestDatabase();
  const intake = await openDatabaseIntake(connection);
  const deployments = createDeploymentStore(connection);
  await using worker = startRelateDeployments({
    deployments,
    committer: await startTestCommitter(connection),
    clock: systemClock,
    newId,
    logger: createLogger('silent'),
  });
  const isTold = async (): Promise<(string | undefined)[]> => {
    worker.wake();
    const what = 'all related incidents are told';
    await eventually(
      () => deployments.toRelate(10),
      (waiting) => waiting.length === 0,
      { withinMs: 10_000, what },
    );
    return toldOf(connection);
  };
  await intake.deliver('generic-minimal');
  await deliver(intake, 'deployment', begun());
  const begins = 'Deployment of shop to production is under way: main@4c9e1f7';
  expect(await isTold()).toEqual([begins]);
  await deliver(intake, 'deployment_status', failed());
  const ends = 'Deployment of shop to production failed: Timed out (main@4c9e1f7)';
  expect(await isTold()).toEqual([begins, ends]);
  await deliver(intake, 'deployment_status', deploymentStatus({ state: 'pending', created_at: second(5) }));
  expect(await isTold()).toEqual([begins, ends]);
});

test('what is said of a deployment while incidents are being told of it is still to be told', async () => {
  const connection = await openTestDatabase();
  const intake = await openDatabaseIntake(connection);
  const deployments = createDeploymentStore(connection);
  await deliver(intake, 'deployment', begun());
  const told = await deployments.toRelate(10);
  expect(told).toMatchObject([{ outcome: 'IN_PROGRESS' }]);
  await deliver(intake, 'deployment_status', failed());
  await deployments.markRelated(told);
  const toTell = await deployments.toRelate(10);
  expect(toTell).toMatchObject([{ outcome: 'FAILED' }]);
  await deployments.markRelated(toTell);
  expect(await deployments.toRelate(10)).toEqual([]);
});

test('a deployment that is told of once needs no more than that it was told', async () => {
  const connection = await openTestDatabase();
  const intake = await openDatabaseIntake(connection);
  const deployments = createDeploymentStore(connection);
  await intake.deliver('github-pull-request-closed-merged');
  await deployments.markRelated(await deployments.toRelate(10));
  expect(await deployments.toRelate(10)).toEqual([]);
});
