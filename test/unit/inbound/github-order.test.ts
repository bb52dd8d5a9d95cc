import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Committer } from '../../../src/domain/submission.ts';
import type { IntakeReply } from '../../../src/inbound/intake.ts';
import { createReceive } from '../../../src/inbound/receive.ts';
import { createRegistry } from '../../../src/inbound/registry.ts';
import { createSources } from '../../../src/inbound/sources.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { createLogger } from '../../../src/kernel/logger.ts';
import { fetchNothing } from '../../support/intake-bench.ts';
import { deployed, deploymentStatus, pushed, release, workflowRun } from '../../support/github-payloads.ts';
import { createMemoryFold, minute, signal } from '../../support/memory-fold.ts';
import type { MemoryFold } from '../../support/memory-fold.ts';
import { UNHINDERED } from '../../support/unhindered.ts';

type Webhook = readonly [event: string, body: object];

interface Github {
  fold: MemoryFold;
  post(webhook: Webhook): Promise<IntakeReply>;
}

/** Intake before the real decisions, each webhook received a second after the one before. */
function openGithub(): Github {
  const fold = createMemoryFold();
  const registry = createRegistry();
  let now = Date.parse('2026-03-07T00:00:00Z');
  const receive = createReceive({
    ...UNHINDERED,
    registry,
    sources: createSources({ registry, secrets: {} }),
    committer: { submit: fold.submit as Committer['submit'] },
    clock: { now: () => new Date((now += 1000)), monotonic: () => performance.now() },
    newId,
    logger: createLogger('silent'),
    fetchText: fetchNothing,
    auth: { unsignedIntakeAllowed: () => true },
  });
  return {
    fold,
    post: ([event, body]: Webhook) =>
      receive({
        provider: 'github',
        sourceName: null,
        token: null,
        headers: { 'x-github-event': event },
        body: Buffer.from(JSON.stringify(body)),
        query: new URLSearchParams(),
      }),
  };
}

/** What readers see, without ids and times of arrival. */
async function recordedOf(webhooks: readonly Webhook[]) {
  const { fold, post } = openGithub();
  for (const webhook of webhooks) {
    const { status } = await post(webhook);
    expect([200, 202]).toContain(status);
  }
  const seen = fold.deployments().map(({ deployment }) => {
    const { id: _id, recordedAt: _recordedAt, receiptId: _receiptId, ...rest } = deployment;
    return rest;
  });
  return seen.toSorted((a, b) => (a.naturalKey < b.naturalKey ? -1 : 1));
}

const at = (minutes: number): string => minute(minutes).toISOString();

const STATES = ['queued', 'pending', 'in_progress', 'success', 'failure', 'error', 'inactive'];

/** Of few minutes and deployments, so that many statuses compete, some of them of one second. */
const aboutDeployments = fc
  .array(
    fc.record({ deployment: fc.constantFrom(1, 2), time: fc.nat(3), state: fc.constantFrom(...STATES) }),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .map((statuses) => [
    ...[1, 2].map((id): Webhook => ['deployment', deployed({ id, created_at: at(0) })]),
    ...statuses.map(({ deployment: id, time, state }, index): Webhook => {
      const status = { id: index + 1, state, environment: `env-${index}`, created_at: at(time) };
      return ['deployment_status', deploymentStatus(status, { id, created_at: at(0) })];
    }),
  ]);

const aboutOthers = fc.subarray<Webhook>([
  ['push', pushed()],
  [
    'push',
    pushed({ repository: { full_name: 'org/shop', default_branch: 'main', pushed_at: 1_772_700_000 } }),
  ],
  ['release', release()],
  ['release', release({ updated_at: '2026-03-06T00:00:00Z' }, 'released')],
  ['workflow_run', workflowRun()],
  ['workflow_run', workflowRun({ run_attempt: 2, updated_at: '2026-03-05T00:00:00Z' })],
]);

/** Each at least once, in any order. */
const inDisorder = fc
  .tuple(aboutDeployments, aboutOthers)
  .map((parts) => parts.flat())
  .chain((webhooks) =>
    fc
      .array(fc.constantFrom(...webhooks), { maxLength: 5 })
      .chain((repeats) => {
        const all = [...webhooks, ...repeats];
        return fc.shuffledSubarray(all, { minLength: all.length });
      })
      .map((shuffled) => ({ webhooks, shuffled })),
  );

test('any order and repetition of its webhooks leads to the same deployments', async () => {
  await fc.assert(
    fc.asyncProperty(inDisorder, async ({ webhooks, shuffled }) => {
      expect(await recordedOf(shuffled)).toEqual(await recordedOf(webhooks));
    }),
    { numRuns: 200 },
  );
});

test('a deployment stands as its last status says, and one that was replaced keeps its outcome', async () => {
  const statuses: [string, number][] = [
    ['queued', 1],
    ['in_progress', 2],
    ['success', 3],
    ['inactive', 9],
  ];
  const webhooks = statuses.map(([state, time], index): Webhook => {
    return ['deployment_status', deploymentStatus({ id: index + 1, state, created_at: at(time) })];
  });
  const asLast = [{ outcome: 'SUCCEEDED', occurredAt: minute(3) }];
  expect(await recordedOf(webhooks)).toMatchObject(asLast);
  expect(await recordedOf(webhooks.toReversed())).toMatchObject(asLast);
});

test('of one second the later status counts, not the longer or the smaller number', async () => {
  const webhooks = [
    [9, 'in_progress'],
    [10, 'success'],
  ].map(([id, state]): Webhook => ['deployment_status', deploymentStatus({ id, state })]);
  for (const order of [webhooks, webhooks.toReversed()]) {
    expect(await recordedOf(order)).toMatchObject([{ outcome: 'SUCCEEDED' }]);
  }
});

test('what changes a deployment is applied, and what says nothing new changes nothing', async () => {
  const { post, fold } = openGithub();
  const failed: Webhook = ['deployment_status', deploymentStatus({ state: 'failure' })];
  const first = await post(['deployment', deployed()]);
  const second = await post(failed);
  expect([first.status, second.status]).toEqual([200, 200]);
  expect(second.body['deployment_id']).toBe(first.body['deployment_id']);
  const before = fold.deployments();
  for (const webhook of [failed, ['deployment', deployed()] as const]) {
    expect(await post(webhook)).toMatchObject({
      body: { status: 'success', deployment_id: first.body['deployment_id'] },
    });
  }
  expect(fold.deployments()).toEqual(before);
  expect(before).toMatchObject([{ deployment: { receiptId: second.body['receipt_id'] } }]);
});

test('the same merge, told again without any time, adds nothing', async () => {
  const { post, fold } = openGithub();
  const pull = { number: 7, title: 'Fix', merged: true, base: { repo: { full_name: 'org/shop' } } };
  const merge: Webhook = ['pull_request', { action: 'closed', pull_request: pull }];
  await post(merge);
  const before = fold.deployments();
  await post(merge);
  expect(fold.deployments()).toEqual(before);
});

test('an open incident is told once of each outcome of a deployment', async () => {
  const { post, fold } = openGithub();
  const { incidentIds } = await fold.receive(signal('TRIGGER', new Date('2026-03-04T09:30:00Z')));
  const incidentId = incidentIds[0] ?? '';
  const told = async (): Promise<(string | undefined)[]> => {
    const deploymentId = fold.deployments()[0]?.deployment.id ?? '';
    for (const _again of [1, 2]) await fold.command({ kind: 'RELATE_DEPLOYMENT', incidentId, deploymentId });
    return fold.events
      .filter(({ type }) => type === 'TIMELINE_UPDATED')
      .map(({ details }) => details.entries[0]?.text);
  };
  await post(['deployment', deployed()]);
  const begun = 'Deployment of shop to production is under way: main@4c9e1f7';
  expect(await told()).toEqual([begun]);
  await post(['deployment_status', deploymentStatus({ id: 1, state: 'in_progress' })]);
  expect(await told()).toEqual([begun]);
  await post(['deployment_status', deploymentStatus({ id: 2, state: 'failure', description: 'Timed out' })]);
  expect(await told()).toEqual([begun, 'Deployment of shop to production failed: Timed out (main@4c9e1f7)']);
});
