import { expect, test } from 'vitest';
import { strongestDeployments } from '../../../src/domain/strongest-deployments.ts';
import type { DeploymentClaim } from '../../../src/domain/strongest-deployments.ts';

function claim(kind: DeploymentClaim['kind'], over: Partial<DeploymentClaim> = {}): DeploymentClaim {
  const fields = { sha: 'a', repository: 'org/repo', service: null, environment: null, outcome: null };
  return { kind, ...fields, occurredAt: new Date(0), ...over };
}

const deployed = (outcome: DeploymentClaim['outcome'], environment = 'production'): DeploymentClaim =>
  claim('DEPLOYED', { outcome, environment });

test('a stronger claim about the same commit of the same repository hides a weaker one, and equals stand side by side', () => {
  const weaker = [claim('PUSHED'), claim('PR_MERGED'), claim('RELEASE')];
  const strongest = [deployed('SUCCEEDED'), deployed('SUCCEEDED')];
  const others = [
    claim('PR_MERGED', { sha: 'b' }),
    claim('PR_MERGED', { repository: 'org/other' }),
    claim('PUSHED', { sha: null }),
    claim('PR_MERGED', { sha: null }),
  ];
  const all = [...weaker, ...strongest, ...others];
  expect(strongestDeployments(all, all)).toEqual([...strongest, ...others]);
  expect(strongestDeployments(all, weaker.slice(0, 1))).toEqual(all);
});

test('of a merge and the push that it makes, the merge is shown', () => {
  const [pushed, merged] = [claim('PUSHED'), claim('PR_MERGED')];
  expect(strongestDeployments([pushed, merged], [pushed, merged])).toEqual([merged]);
});

test('environments of one commit stand side by side, whatever became of each', () => {
  const all = [
    deployed('SUCCEEDED', 'production'),
    deployed('FAILED', 'staging'),
    deployed('IN_PROGRESS', 'eu'),
    deployed('FAILED', 'production'),
  ];
  expect(strongestDeployments(all, all)).toEqual(all);
});

test.each(['FAILED', 'IN_PROGRESS'] as const)(
  'a deployment that is %s does not hide the merge of its commit, until another succeeds',
  (outcome) => {
    const merged = claim('PR_MERGED');
    const unfinished = deployed(outcome);
    expect(strongestDeployments([merged, unfinished], [merged, unfinished])).toEqual([merged, unfinished]);
    const all = [merged, unfinished, deployed('SUCCEEDED', 'staging')];
    expect(strongestDeployments(all, all)).toEqual(all.slice(1));
  },
);

test('a failed workflow run neither hides other kinds nor is hidden', () => {
  const failedRun = claim('WORKFLOW_RUN', { outcome: 'FAILED' });
  const weakest = claim('PUSHED');
  expect(strongestDeployments([failedRun, weakest], [failedRun, weakest])).toEqual([failedRun, weakest]);
  const all = [failedRun, deployed('SUCCEEDED')];
  expect(strongestDeployments(all, all)).toEqual(all);
});
