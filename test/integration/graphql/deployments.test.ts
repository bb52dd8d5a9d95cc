import { expect, test } from 'vitest';
import type { Deployment } from '../../../src/domain/deployment.ts';
import { deploymentModel } from '../../../src/store/deployment-row.ts';
import { startGraphqlApp } from './graphql-app.ts';
import type { GraphqlApp } from './graphql-app.ts';

const at = (minute: number): Date => new Date(Date.UTC(2026, 3, 1, 12, minute));

async function insert(app: GraphqlApp, deployments: Record<string, Partial<Deployment>>): Promise<void> {
  const rows = Object.entries(deployments).map(([_id, fields], index) => ({
    ...{ _id, naturalKey: _id, source: 'github', repository: 'org/shop', service: 'shop', title: _id },
    ...{ kind: 'DEPLOYED', sha: null, url: null, author: null, occurredAt: at(index), recordedAt: at(50) },
    ...{ receiptId: 'r', version: 1, relatedTo: [], ...fields },
  }));
  await deploymentModel(app.connection).collection.insertMany(rows as never);
}

async function listed(app: GraphqlApp, filter: object): Promise<string[]> {
  const { data, errors } = await app.ask(
    'query($filter: DeploymentFilter) { deployments(filter: $filter) { nodes { id } } }',
    { filter },
  );
  expect(errors).toBeUndefined();
  return data.deployments.nodes.map(({ id }: { id: string }) => id).toReversed();
}

test('deployments are found by kind, environment and outcome, and a filter hides nothing by what it leaves out', async () => {
  const app = await startGraphqlApp();
  const sha = 'abc';
  await insert(app, {
    merged: { kind: 'PR_MERGED', sha },
    run: { kind: 'WORKFLOW_RUN', sha, outcome: 'FAILED' },
    staging: { sha, environment: 'staging', outcome: 'FAILED' },
    eu: { sha, environment: 'eu', outcome: 'SUCCEEDED' },
    us: { sha, environment: 'us', outcome: 'IN_PROGRESS' },
    pushed: { kind: 'PUSHED', sha: 'def' },
  });
  expect(await listed(app, {})).toEqual(['run', 'staging', 'eu', 'us', 'pushed']);
  expect(await listed(app, { kind: ['PR_MERGED', 'PUSHED'] })).toEqual(['merged', 'pushed']);
  expect(await listed(app, { environment: ['eu', 'us'] })).toEqual(['eu', 'us']);
  expect(await listed(app, { environment: ['nowhere'] })).toEqual([]);
  expect(await listed(app, { outcome: ['FAILED'] })).toEqual(['run', 'staging']);
  expect(await listed(app, { outcome: ['FAILED'], kind: ['DEPLOYED'], service: ['shop'] })).toEqual([
    'staging',
  ]);
  expect(await listed(app, { kind: null, outcome: null, environment: ['us'] })).toEqual(['us']);
});

test('a deployment says where it went and how it stands; one kept since before that could be told says neither', async () => {
  const app = await startGraphqlApp();
  await insert(app, { old: { kind: 'PR_MERGED' }, failed: { environment: 'eu', outcome: 'FAILED' } });
  const { data, errors } = await app.ask('{ deployments { nodes { id kind environment outcome } } }');
  expect(errors).toBeUndefined();
  expect(data.deployments.nodes).toEqual([
    { id: 'failed', kind: 'DEPLOYED', environment: 'eu', outcome: 'FAILED' },
    { id: 'old', kind: 'PR_MERGED', environment: null, outcome: null },
  ]);
});

test("an incident's timeline says in words which deployment failed, and where", async () => {
  const app = await startGraphqlApp();
  const created = await app.ask(
    'mutation { createIncident(input: { title: "Checkout is down", service: "shop" }) { incident { id } } }',
  );
  const title = 'Readiness check timed out (main@4c9e1f7)';
  await insert(app, {
    failed: { title, environment: 'production', outcome: 'FAILED', occurredAt: new Date() },
  });
  const { data } = await app.ask(
    `query ($id: ID!) { incident(id: $id) {
      timeline { nodes { kind text data deployment { environment outcome } } } deployments { nodes { id } } } }`,
    { id: created.data.createIncident.incident.id },
  );
  const entry = data.incident.timeline.nodes.find(({ kind }: { kind: string }) => kind === 'DEPLOYMENT');
  expect(entry).toMatchObject({
    text: `Deployment of shop to production failed: ${title}`,
    deployment: { environment: 'production', outcome: 'FAILED' },
  });
  expect(JSON.parse(entry.data)).toMatchObject({ environment: 'production', outcome: 'FAILED' });
  expect(data.incident.deployments.nodes).toEqual([{ id: 'failed' }]);
});
