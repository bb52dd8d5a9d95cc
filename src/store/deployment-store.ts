import type { Connection } from 'mongoose';
import { DEPLOYMENT_LEAD_MS, isRelated } from '../domain/deployment.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { Incident } from '../domain/incident.ts';
import { deploymentModel, toDeployment } from './deployment-row.ts';
import { INCIDENT_PROJECTION, incidentModel, toIncident } from './incident-row.ts';

/** At most so many incidents are told of a deployment. */
const MAX_RELATED = 50;

export type DeploymentStore = ReturnType<typeof createDeploymentStore>;

export function createDeploymentStore(connection: Connection) {
  const deployments = deploymentModel(connection);
  const incidents = incidentModel(connection);

  return {
    /** Deployments whose incidents are still to be told, oldest first. */
    async toRelate(limit: number): Promise<Deployment[]> {
      const rows = await deployments.find({ toRelate: true }).sort({ recordedAt: 1 }).limit(limit);
      return rows.map(toDeployment);
    },

    /** The newest open incidents that the deployment relates to. */
    async relatedOpenIncidents(deployment: Deployment): Promise<Incident[]> {
      const latestOpening = new Date(deployment.occurredAt.getTime() + DEPLOYMENT_LEAD_MS);
      const service = deployment.service === null ? {} : { service: { $in: [null, deployment.service] } };
      const rows = await incidents
        .find({ open: true, openedAt: { $lte: latestOpening }, ...service }, INCIDENT_PROJECTION)
        .sort({ openedAt: -1 })
        .limit(MAX_RELATED);
      return rows.map(toIncident).filter((incident) => isRelated(deployment, incident));
    },

    /** Takes the mark away, unless the deployment was changed meanwhile. */
    async markRelated(id: string): Promise<void> {
      await deployments.updateOne(
        { _id: id, toRelate: true },
        { $unset: { toRelate: 1 }, $inc: { version: 1 } },
      );
    },
  };
}
