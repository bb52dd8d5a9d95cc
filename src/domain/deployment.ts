/**
 * Kinds of change that reach production, weakest claim first; and workflow runs, which stand beside them. A merge says
 * more than the push that it makes: it has a title and a pull request.
 */
export const DEPLOYMENT_KINDS = ['WORKFLOW_RUN', 'PUSHED', 'PR_MERGED', 'RELEASE', 'DEPLOYED'] as const;
export type DeploymentKind = (typeof DEPLOYMENT_KINDS)[number];

export const DEPLOYMENT_OUTCOMES = ['IN_PROGRESS', 'SUCCEEDED', 'FAILED'] as const;
export type DeploymentOutcome = (typeof DEPLOYMENT_OUTCOMES)[number];

/** A change that reached production. Belongs to a service; relates to incidents by time and service. */
export interface Deployment {
  id: string;
  /** Unique: repository and pull request number, deployment id, release id, workflow run or pushed sha. */
  naturalKey: string;
  kind: DeploymentKind;
  source: string;
  /** owner/name */
  repository: string;
  /** The repository's short name until it is mapped; null when it cannot be told. */
  service: string | null;
  title: string;
  sha: string | null;
  url: string | null;
  author: string | null;
  /** Where it went; null where the source names none, as for all kinds but `DEPLOYED`. */
  environment: string | null;
  /** Null for kinds that can only have happened. */
  outcome: DeploymentOutcome | null;
  /**
   * Sorts what the source says of it over time: of several webhooks the greatest revision tells how it stands,
   * whatever came first. Null where the source speaks of it once.
   */
  revision: string | null;
  occurredAt: Date;
  recordedAt: Date;
  receiptId: string;
}

/** How long before an incident opened a deployment may have happened to be shown on its timeline. */
export const DEPLOYMENT_LEAD_MS = 60 * 60 * 1000;

/** Same service, or either without one; from an hour before the incident opened to its resolve. */
export function isRelated(
  deployment: Pick<Deployment, 'service' | 'occurredAt'>,
  incident: { service: string | null; openedAt: Date; resolvedAt: Date | null },
): boolean {
  const sameService =
    deployment.service === null || incident.service === null || deployment.service === incident.service;
  const at = deployment.occurredAt.getTime();
  return (
    sameService &&
    at >= incident.openedAt.getTime() - DEPLOYMENT_LEAD_MS &&
    (incident.resolvedAt === null || at <= incident.resolvedAt.getTime())
  );
}
