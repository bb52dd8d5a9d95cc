import { describe, expect, it } from 'vitest';
import type { Deployment } from '../../../src/domain/deployment.ts';
import { createIntakeBench } from '../../support/intake-bench.ts';
import {
  deployed,
  deploymentStatus,
  pushed,
  release,
  SHA,
  workflowRun,
} from '../../support/github-payloads.ts';

async function post(event: string, body: object) {
  const bench = createIntakeBench();
  const headers = { 'x-github-event': event };
  const reply = await bench.receive({ provider: 'github', headers, body: Buffer.from(JSON.stringify(body)) });
  const { verdict, receipt } = bench.last();
  return { reply, verdict, receipt };
}

async function recorded(event: string, body: object): Promise<Deployment | undefined> {
  const { reply, verdict } = await post(event, body);
  expect({ reply, verdict }).toMatchObject({ reply: { status: 200 }, verdict: { outcome: 'APPLIED' } });
  return verdict.outcome === 'APPLIED' ? verdict.deployments[0] : undefined;
}

async function reasonFor(event: string, body: object): Promise<string> {
  const { reply, verdict } = await post(event, body);
  expect({ reply, verdict }).toMatchObject({ reply: { status: 202 }, verdict: { outcome: 'IGNORED' } });
  return verdict.outcome === 'IGNORED' ? verdict.reason : '';
}

describe('a push', () => {
  it('to the default branch is a change of kind PUSHED, at the time of the push and not of its commit', async () => {
    expect(await recorded('push', pushed())).toMatchObject({
      naturalKey: `github:push:org/shop@${SHA}`,
      kind: 'PUSHED',
      repository: 'org/shop',
      service: 'shop',
      title: 'Cut retries (#7)',
      sha: SHA,
      url: 'https://github.com/org/shop/compare/0d1e2f3...4c9e1f7',
      author: 'mira',
      environment: null,
      outcome: null,
      occurredAt: new Date('2026-03-04T09:00:00Z'),
    });
  });

  it('of several commits says how many', async () => {
    const commits = [{ id: '1' }, { id: '2' }, { id: SHA }];
    expect(await recorded('push', pushed({ commits }))).toMatchObject({
      title: 'Cut retries (#7) (and 2 more commits)',
    });
    expect(await recorded('push', pushed({ commits: commits.slice(1) }))).toMatchObject({
      title: 'Cut retries (#7) (and 1 more commit)',
    });
  });

  it.each([[undefined], ['2026'], [1e300], [null]])(
    'has the time of its commit where GitHub says %j of the push',
    async (pushedAt) => {
      const repository = { full_name: 'org/shop', default_branch: 'main', pushed_at: pushedAt };
      expect(await recorded('push', pushed({ repository }))).toMatchObject({
        occurredAt: new Date('2026-03-01T09:00:00Z'),
      });
    },
  );

  it('is taken without anything that only decorates it', async () => {
    const body = pushed({ head_commit: null, commits: null, compare: null, pusher: 5, sender: null });
    expect(await recorded('push', body)).toMatchObject({ title: '4c9e1f7', url: null, author: null });
  });

  it.each([
    ['a tag', { ref: 'refs/tags/v1' }, 'refs/tags/v1'],
    [
      'another branch',
      { ref: 'refs/heads/try/main' },
      'push to "try/main": only the default branch, "main", counts',
    ],
    ['a deleted branch', { deleted: true, after: '0'.repeat(40), head_commit: null }, 'deletes'],
    [
      'a repository that names no default branch',
      { repository: { full_name: 'org/shop' } },
      'does not say which',
    ],
  ])('of %s is ignored, with the reason', async (_what, over, reason) => {
    expect(await reasonFor('push', pushed(over))).toContain(reason);
  });

  it('of 2,048 commits is taken', async () => {
    const person = { name: 'a', email: 'b', username: 'c' };
    const fields = { id: 1, tree_id: 1, distinct: 1, message: 1, timestamp: 1, url: 1 };
    const commit = { ...fields, author: person, committer: person, added: [], removed: [], modified: [] };
    const commits = Array.from({ length: 2048 }, () => commit);
    expect(await recorded('push', pushed({ commits }))).toMatchObject({ kind: 'PUSHED' });
  });
});

describe('a deployment', () => {
  it('has begun when GitHub tells of it', async () => {
    expect(await recorded('deployment', deployed())).toMatchObject({
      naturalKey: 'github:deployment:org/shop#33',
      kind: 'DEPLOYED',
      title: 'main@4c9e1f7',
      sha: SHA,
      author: 'deploy-bot',
      environment: 'production',
      outcome: 'IN_PROGRESS',
      occurredAt: new Date('2026-03-04T09:10:00Z'),
    });
  });

  it.each([
    ['queued', 'IN_PROGRESS'],
    ['pending', 'IN_PROGRESS'],
    ['waiting', 'IN_PROGRESS'],
    ['in_progress', 'IN_PROGRESS'],
    ['success', 'SUCCEEDED'],
    ['failure', 'FAILED'],
    ['error', 'FAILED'],
  ])('with the status %s is %s, at the time of that status', async (state, outcome) => {
    const urls = { target_url: 'https://ci.example/1', log_url: 'https://ci.example/1/log' };
    const body = deploymentStatus({ state, description: 'Rolled out', ...urls });
    expect(await recorded('deployment_status', body)).toMatchObject({
      naturalKey: 'github:deployment:org/shop#33',
      title: 'Rolled out (main@4c9e1f7)',
      url: 'https://ci.example/1/log',
      environment: 'production',
      outcome,
      occurredAt: new Date('2026-03-04T09:20:00Z'),
    });
  });

  it('is where its last status says, and names what is out of the ordinary', async () => {
    const body = deploymentStatus({ environment: ' eu ' }, { ref: SHA, task: 'rollback' });
    expect(await recorded('deployment_status', body)).toMatchObject({
      environment: 'eu',
      title: 'rollback 4c9e1f7',
    });
  });

  it('is taken without anything that only decorates it', async () => {
    const bare = { sha: null, ref: null, task: null, environment: null, creator: null, created_at: null };
    const { verdict, receipt } = await post('deployment', deployed(bare));
    const told = { title: 'a deployment', sha: null, environment: null, occurredAt: receipt.receivedAt };
    expect(verdict).toMatchObject({ deployments: [told] });
  });

  it('names an environment of any length, cut with a warning', async () => {
    const { verdict, receipt } = await post('deployment', deployed({ environment: 'e'.repeat(300) }));
    expect(verdict).toMatchObject({ deployments: [{ environment: 'e'.repeat(200) }] });
    expect(receipt.warnings).toEqual([expect.stringContaining('environment is cut to 200')]);
  });

  it.each([
    ['inactive', deploymentStatus({ state: 'inactive' }), 'its outcome stays'],
    [
      'a state that we do not know',
      deploymentStatus({ state: 'exploded' }),
      '"exploded": no state that is known',
    ],
    ['no state', deploymentStatus({ state: null }), '"none"'],
    ['another action', { ...deploymentStatus(), action: 'edited' }, '"edited"'],
    ['a preview that will be gone', deploymentStatus({}, { transient_environment: true }), 'transient'],
  ])('with %s is ignored, with the reason', async (_what, body, reason) => {
    expect(await reasonFor('deployment_status', body)).toContain(reason);
  });

  it('to an environment that is production, transient or not, counts', async () => {
    const body = deployed({ transient_environment: true, production_environment: true });
    expect(await recorded('deployment', body)).toMatchObject({ environment: 'production' });
  });

  it('without what identifies it is refused, with each fault', async () => {
    const { reply } = await post('deployment_status', {
      ...deploymentStatus({ id: 'x' }, { id: 1.5 }),
      repository: {},
    });
    expect(reply.status).toBe(422);
    expect((reply.body['errors'] as { path: string }[]).map(({ path }) => path).sort()).toEqual([
      'deployment.id',
      'deployment_status.id',
      'repository.full_name',
    ]);
  });
});

describe('a release', () => {
  it('that was published is a change of kind RELEASE', async () => {
    expect(await recorded('release', release())).toMatchObject({
      naturalKey: 'github:release:org/shop#21',
      kind: 'RELEASE',
      title: 'v4.18.0',
      sha: null,
      url: 'https://github.com/org/shop/releases/tag/v4.18.0',
      author: 'mira',
      outcome: null,
      occurredAt: new Date('2026-03-04T09:30:00Z'),
    });
  });

  it.each([
    [null, 'v4.18.0'],
    ['', 'v4.18.0'],
    ['v4.18.0 (LTS)', 'v4.18.0 (LTS)'],
    ['Faster checkout', 'v4.18.0: Faster checkout'],
  ])('of the name %j has a title with its tag', async (name, title) => {
    expect(await recorded('release', release({ name }))).toMatchObject({ title });
  });

  it('names its commit where GitHub does', async () => {
    expect(await recorded('release', release({ target_commitish: SHA }))).toMatchObject({ sha: SHA });
  });

  it('that was a prerelease until now happened now', async () => {
    const body = release({ updated_at: '2026-03-06T09:30:00Z' }, 'released');
    expect(await recorded('release', body)).toMatchObject({
      naturalKey: 'github:release:org/shop#21',
      occurredAt: new Date('2026-03-06T09:30:00Z'),
    });
  });

  it.each([
    ['a draft', release({ draft: true }), 'draft'],
    ['a prerelease', release({ prerelease: true }), 'prerelease'],
    ...['created', 'edited', 'deleted', 'unpublished', 'prereleased'].map(
      (action): [string, object, string] => [action, release({}, action), `"${action}"`],
    ),
  ])('that is %s is ignored, with the reason', async (_what, body, reason) => {
    expect(await reasonFor('release', body)).toContain(reason);
  });
});

describe('a workflow run', () => {
  it.each([
    ['failure', 'deploy-production #318: Cut retries'],
    ['timed_out', 'deploy-production #318 timed out: Cut retries'],
    ['startup_failure', 'deploy-production #318 could not start: Cut retries'],
  ])('that ended on the default branch with %s stands beside the deployments', async (conclusion, title) => {
    expect(await recorded('workflow_run', workflowRun({ conclusion }))).toMatchObject({
      naturalKey: 'github:workflow-run:org/shop#145',
      kind: 'WORKFLOW_RUN',
      title,
      sha: SHA,
      url: 'https://github.com/org/shop/actions/runs/145',
      environment: null,
      outcome: 'FAILED',
      occurredAt: new Date('2026-03-04T09:40:00Z'),
    });
  });

  it.each([
    ...['success', 'cancelled', 'skipped', 'neutral', 'action_required', 'stale'].map(
      (conclusion): [string, object, string] => [conclusion, workflowRun({ conclusion }), `"${conclusion}"`],
    ),
    ['no conclusion', workflowRun({ conclusion: null }), 'without a conclusion'],
    ['another action', workflowRun({}, 'requested'), '"requested"'],
    ['another branch', workflowRun({ head_branch: 'try/main' }), '"try/main"'],
    ['no branch', workflowRun({ head_branch: null }), 'no branch'],
    ['a pull request', workflowRun({ event: 'pull_request' }), 'pull request'],
    ['a fork', workflowRun({ head_repository: { full_name: 'you/shop' } }), 'fork'],
    ['no default branch', { ...workflowRun(), repository: { full_name: 'org/shop' } }, 'does not say which'],
  ])('with %s is ignored, with the reason', async (_what, body, reason) => {
    expect(await reasonFor('workflow_run', body)).toContain(reason);
  });
});
