import type { Deployment } from '../../../domain/deployment.ts';
import { plausibleTime } from '../../../domain/plausible-time.ts';
import { toWellFormed } from '../../../domain/well-formed.ts';
import { limitText, limitUrl } from '../../limited-text.ts';
import type { InterpretContext, Interpretation } from '../../provider.ts';

export interface DeploymentDraft extends Pick<
  Deployment,
  'kind' | 'repository' | 'title' | 'sha' | 'url' | 'author' | 'environment' | 'outcome' | 'revision'
> {
  /** What tells it apart from all other deployments, behind `github:`. */
  key: string;
  /** When GitHub says it happened. */
  claimed: Date | null;
}

/** What a webhook of GitHub means that tells of one deployment. Texts are foreign still. */
export function createDeployment(
  said: DeploymentDraft,
  { source, receiptId, receivedAt, newId }: InterpretContext,
  warnings: string[],
): Extract<Interpretation, { kind: 'MEANT' }> {
  const repository = toWellFormed(said.repository);
  // Field by field: what a rest leaves over is slow to read ever after, a third of the whole webhook here.
  const deployment: Deployment = {
    id: newId(),
    naturalKey: `github:${toWellFormed(said.key)}`,
    kind: said.kind,
    source,
    repository,
    service: repository.split('/').at(-1) || null,
    title: limitText(said.title, 'title', warnings),
    sha: said.sha === null ? null : toWellFormed(said.sha),
    url: said.url === null ? null : limitUrl(said.url, warnings),
    author: said.author === null ? null : limitText(said.author, 'actor', warnings),
    environment: said.environment === null ? null : limitText(said.environment, 'environment', warnings),
    outcome: said.outcome,
    revision: said.revision,
    occurredAt: plausibleTime(said.claimed, receivedAt).occurredAt ?? receivedAt,
    recordedAt: receivedAt,
    receiptId,
  };
  return { kind: 'MEANT', signals: [], deployments: [deployment], warnings };
}
