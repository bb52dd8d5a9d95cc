import { expect, test } from 'vitest';
import { strongestDeployments } from '../../../src/domain/strongest-deployments.ts';
import type { DeploymentClaim } from '../../../src/domain/strongest-deployments.ts';

function claim(kind: DeploymentClaim['kind'], sha: string | null, repository = 'org/repo'): DeploymentClaim {
  return { kind, sha, repository, service: null, occurredAt: new Date(0) };
}

test('a stronger claim about the same commit of the same repository hides a weaker one, and equals stand side by side', () => {
  const merged = claim('PR_MERGED', 'a');
  const deployed = [claim('DEPLOYED', 'a'), claim('DEPLOYED', 'a')];
  const others = [
    claim('PR_MERGED', 'b'),
    claim('PR_MERGED', 'a', 'org/other'),
    claim('PUSHED', null),
    claim('PR_MERGED', null),
  ];
  const all = [merged, ...deployed, ...others];
  expect(strongestDeployments(all, all)).toEqual([...deployed, ...others]);
  expect(strongestDeployments(all, [merged])).toEqual(all);
});
