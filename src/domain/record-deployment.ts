import { supersedes } from './deployment-revision.ts';
import type { Deployment } from './deployment.ts';
import type { Draft } from './draft.ts';

/**
 * A deployment is one document by its natural key. What the source said last about it replaces all that was known, so
 * that neither order nor repetition of its webhooks can matter; told again, it adds nothing.
 */
export function recordDeployment(draft: Draft, said: Deployment): { id: string; isNew: boolean } {
  const known = draft.deploymentByNaturalKey(said.naturalKey);
  if (known === null) {
    draft.deployments.set(said.id, { deployment: said, version: 0, toRelate: true, relatedTo: [] });
    return { id: said.id, isNew: true };
  }
  const { id, outcome } = known.deployment;
  if (!supersedes(said, known.deployment)) return { id, isNew: false };
  // Another time may relate it to other incidents; another outcome is told to all of them once more.
  const relatedTo = said.outcome === outcome ? known.relatedTo : [];
  draft.deployments.set(id, { ...known, deployment: { ...said, id }, toRelate: true, relatedTo });
  return { id, isNew: true };
}
