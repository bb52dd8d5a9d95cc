import { DEPLOYMENT_KINDS } from './deployment.ts';
import type { Deployment, DeploymentOutcome } from './deployment.ts';

/** What must be known of a deployment to tell whether it hides another. */
export type DeploymentClaim = Pick<
  Deployment,
  'kind' | 'repository' | 'sha' | 'service' | 'environment' | 'outcome' | 'occurredAt'
>;

/**
 * What failed or is not finished does not claim that its commit reached production. So it hides nothing (a merge stays
 * while its deployment runs, and where that fails: it may have gone out by another way), and nothing hides it.
 */
export const CLAIMING_OUTCOMES: readonly (DeploymentOutcome | null)[] = [null, 'SUCCEEDED'];

/**
 * Those that no stronger claim about the same commit of the same repository hides. Equal kinds stand side by side:
 * environments and outcomes are never merged. `claims` are all that the reader may see.
 */
export function strongestDeployments<T extends DeploymentClaim>(
  deployments: readonly T[],
  claims: readonly DeploymentClaim[],
): T[] {
  const strongest = new Map<string, number>();
  for (const claim of claims) {
    const commit = claimedCommit(claim);
    if (commit !== null) strongest.set(commit, Math.max(strongest.get(commit) ?? 0, strength(claim)));
  }
  return deployments.filter((deployment) => {
    const commit = claimedCommit(deployment);
    return commit === null || strength(deployment) >= (strongest.get(commit) ?? 0);
  });
}

function strength({ kind }: DeploymentClaim): number {
  return DEPLOYMENT_KINDS.indexOf(kind);
}

/** The commit that is said to have reached production; null where none is. */
function claimedCommit({ repository, sha, outcome }: DeploymentClaim): string | null {
  return sha !== null && CLAIMING_OUTCOMES.includes(outcome) ? `${repository}@${sha}` : null;
}
