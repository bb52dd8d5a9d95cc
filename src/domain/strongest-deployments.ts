import { DEPLOYMENT_KINDS } from './deployment.ts';
import type { Deployment } from './deployment.ts';

/** What must be known of a deployment to tell whether it hides another. */
export type DeploymentClaim = Pick<Deployment, 'kind' | 'repository' | 'sha' | 'service' | 'occurredAt'>;

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
    if (claim.sha === null) continue;
    const key = commitKey(claim);
    strongest.set(key, Math.max(strongest.get(key) ?? 0, strength(claim)));
  }
  return deployments.filter(
    (deployment) =>
      deployment.sha === null || strength(deployment) >= (strongest.get(commitKey(deployment)) ?? 0),
  );
}

function strength({ kind }: DeploymentClaim): number {
  return DEPLOYMENT_KINDS.indexOf(kind);
}

function commitKey({ repository, sha }: DeploymentClaim): string {
  return `${repository}@${sha}`;
}
