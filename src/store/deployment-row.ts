import { Schema } from 'mongoose';
import type { Connection, Model } from 'mongoose';
import type { Deployment } from '../domain/deployment.ts';
import type { DeploymentState } from '../domain/draft.ts';

/** What rows written before there was more than one kind do not have. */
type LaterField = 'environment' | 'outcome' | 'revision';

/** A row of `deployments`. `toRelate: true` stands until every related open incident was told how it stands. */
export interface DeploymentRow
  extends Omit<Deployment, 'id' | LaterField>, Partial<Pick<Deployment, LaterField>> {
  _id: string;
  version: number;
  toRelate?: true;
  /** Incidents that were told of it and its outcome. */
  relatedTo: string[];
}

const schema = new Schema<DeploymentRow>(
  {
    _id: { type: String, required: true },
    naturalKey: { type: String, required: true, unique: true },
    kind: { type: String, required: true },
    source: { type: String, required: true },
    repository: { type: String, required: true },
    service: String,
    title: String,
    sha: String,
    url: String,
    author: String,
    environment: String,
    outcome: String,
    revision: String,
    occurredAt: { type: Date, required: true },
    recordedAt: { type: Date, required: true },
    receiptId: { type: String, required: true },
    version: { type: Number, required: true },
    toRelate: Boolean,
    relatedTo: [String],
  },
  { lean: true, versionKey: false, strict: 'throw', collection: 'deployments' },
);
schema.index({ occurredAt: -1, _id: -1 });
schema.index({ service: 1, occurredAt: -1, _id: -1 });
schema.index({ repository: 1, occurredAt: -1, _id: -1 });
schema.index({ sha: 1 });
schema.index({ recordedAt: 1 }, { partialFilterExpression: { toRelate: true } });

export function deploymentModel(connection: Connection): Model<DeploymentRow> {
  return connection.model<DeploymentRow>('Deployment', schema);
}

export function toDeployment(row: DeploymentRow): Deployment {
  const { _id, version: _version, toRelate: _toRelate, relatedTo: _relatedTo, ...deployment } = row;
  const { environment = null, outcome = null, revision = null } = row;
  return { id: _id, ...deployment, environment, outcome, revision };
}

export function toDeploymentState(row: DeploymentRow): DeploymentState {
  const { version, toRelate = false, relatedTo } = row;
  return { deployment: toDeployment(row), version, toRelate, relatedTo };
}

export function toDeploymentRow({
  deployment,
  version,
  toRelate,
  relatedTo,
}: DeploymentState): DeploymentRow {
  const { id, ...fields } = deployment;
  const row: DeploymentRow = { _id: id, ...fields, version, relatedTo };
  return toRelate ? { ...row, toRelate } : row;
}
