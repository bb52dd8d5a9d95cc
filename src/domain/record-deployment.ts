import type { Deployment } from './deployment.ts';
import type { Draft } from './draft.ts';

/** A deployment is one document by its natural key: told again, it adds nothing. */
export function recordDeployment(draft: Draft, deployment: Deployment): { id: string; isNew: boolean } {
  const known = draft.deploymentByNaturalKey(deployment.naturalKey);
  if (known !== null) return { id: known.deployment.id, isNew: false };
  draft.deployments.set(deployment.id, { deployment, version: 0, toRelate: true, relatedTo: [] });
  return { id: deployment.id, isNew: true };
}
