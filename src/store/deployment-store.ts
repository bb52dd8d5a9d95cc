import type { Connection, mongo } from 'mongoose';
import { DEPLOYMENT_LEAD_MS, isRelated } from '../domain/deployment.ts';
import type { Deployment } from '../domain/deployment.ts';
import { deploymentModel, toDeployment } from './deployment-row.ts';
import { incidentModel } from './incident-row.ts';
import type { IncidentRow } from './incident-row.ts';
import { nativeCollection } from './native-collection.ts';

/** At most so many incidents are told of a deployment. */
const MAX_RELATED = 50;

type RelatedRow = Pick<IncidentRow, '_id' | 'service' | 'openedAt' | 'resolvedAt'>;

export type DeploymentStore = ReturnType<typeof createDeploymentStore>;

export function createDeploymentStore(connection: Connection) {
  const deployments = nativeCollection(deploymentModel(connection));
  const incidents = nativeCollection(incidentModel(connection));

  /** The newest open incidents of the service, or of none, that opened at `until` at the latest. */
  const newestOpen = (service: string | null, until: number): Promise<RelatedRow[]> => {
    const filter: mongo.Filter<IncidentRow> = {
      status: { $in: ['OPEN', 'ACKNOWLEDGED'] },
      openedAt: { $lte: new Date(until) },
      ...(service !== null && { service: { $in: [null, service] } }),
    };
    return incidents
      .find<RelatedRow>(filter, {
        sort: { openedAt: -1, _id: -1 },
        limit: MAX_RELATED,
        projection: { service: 1, openedAt: 1, resolvedAt: 1 },
      })
      .toArray();
  };

  return {
    /** Deployments whose incidents are still to be told, oldest first. */
    async toRelate(limit: number): Promise<Deployment[]> {
      const rows = await deployments.find({ toRelate: true }, { sort: { recordedAt: 1 }, limit }).toArray();
      return rows.map(toDeployment);
    },

    /** Ids of the newest open incidents that each deployment relates to, by the deployment's id. */
    async relatedOpenIncidents(among: readonly Deployment[]): Promise<Map<string, string[]>> {
      const related = new Map<string, string[]>();
      for (const service of new Set(among.map((deployment) => deployment.service))) {
        const group = among.filter((deployment) => deployment.service === service);
        const latest = Math.max(...group.map(latestOpening));
        const shared = await newestOpen(service, latest);
        for (const deployment of group) {
          // What a later deployment sees may have crowded out what this one is to see.
          const crowded = shared.length === MAX_RELATED && latestOpening(deployment) < latest;
          const rows = crowded ? await newestOpen(service, latestOpening(deployment)) : shared;
          const ids = rows.filter((row) => isRelated(deployment, row)).map(({ _id }) => _id);
          related.set(deployment.id, ids);
        }
      }
      return related;
    },

    /** Takes the marks away, but where something else was said of the deployment since: that is still to be told. */
    async markRelated(told: readonly Pick<Deployment, 'id' | 'revision'>[]): Promise<void> {
      // Most have none, and those go together: a branch for each would have a plan of its own.
      const idsByRevision = new Map<string | null, string[]>();
      for (const { id, revision } of told) {
        idsByRevision.set(revision, [...(idsByRevision.get(revision) ?? []), id]);
      }
      const operations = [...idsByRevision].map(([revision, ids]) => ({
        updateMany: {
          filter: { _id: { $in: ids }, toRelate: true as const, revision: revision as string },
          update: { $unset: { toRelate: 1 as const }, $inc: { version: 1 } },
        },
      }));
      await deployments.bulkWrite(operations, { ordered: false });
    },
  };
}

function latestOpening({ occurredAt }: Deployment): number {
  return occurredAt.getTime() + DEPLOYMENT_LEAD_MS;
}
