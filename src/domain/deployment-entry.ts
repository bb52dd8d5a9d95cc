import { deploymentText } from './deployment-text.ts';
import type { Deployment } from './deployment.ts';
import type { TimelineEntry } from './timeline-entry.ts';

/** A deployment as it is shown on the timeline of an incident that it relates to. It keeps the deployment's id. */
export function deploymentEntry(deployment: Deployment, incidentId: string): TimelineEntry {
  const { id, kind, occurredAt, recordedAt, author, receiptId } = deployment;
  const { repository, service, environment, outcome, sha, url } = deployment;
  return {
    id,
    incidentId,
    kind: 'DEPLOYMENT',
    text: deploymentText(deployment),
    occurredAt,
    recordedAt,
    actor: author,
    receiptId,
    data: JSON.stringify({ deploymentId: id, kind, repository, service, environment, outcome, sha, url }),
  };
}
