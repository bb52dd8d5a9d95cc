import { DEPLOYMENT_KINDS } from '../../../../src/domain/deployment.ts';
import type { Deployment } from '../../../../src/domain/deployment.ts';
import { deploymentModel, toDeploymentRow } from '../../../../src/store/deployment-row.ts';
import { anyOf, at, between, times } from './list-case.ts';
import type { ListCases } from './list-case.ts';

const COUNT = 2_000;

function deployment(n: number): Deployment {
  const kind = DEPLOYMENT_KINDS[n % DEPLOYMENT_KINDS.length] ?? 'DEPLOYED';
  const isDeployed = kind === 'DEPLOYED';
  return {
    id: `deployment-${String((n * 7) % COUNT).padStart(4, '0')}`,
    naturalKey: `key-${n}`,
    kind,
    source: 'github',
    repository: `org/repo-${n % 30}`,
    service: n % 15 === 0 ? null : `service-${n % 15}`,
    title: 'A change',
    sha: `sha-${n % 1_500}`,
    url: null,
    author: null,
    environment: isDeployed ? (n % 2 === 0 ? 'eu' : 'us') : null,
    outcome: isDeployed ? (n % 3 === 0 ? 'FAILED' : 'SUCCEEDED') : null,
    revision: null,
    occurredAt: at(n),
    recordedAt: at(n),
    receiptId: 'r',
  };
}

export const deployments: ListCases = {
  insert: (connection, count = COUNT) =>
    deploymentModel(connection).collection.insertMany(
      times(count, (n) =>
        toDeploymentRow({ deployment: deployment(n), version: 1, toRelate: false, relatedTo: [] }),
      ) as never,
    ),
  cases: [
    {
      field: 'Query.deployments',
      filters: {
        'filter.service': [['service-3'], ['service-3', 'service-4']],
        'filter.repository': [['org/repo-3'], ['org/repo-3', 'org/repo-4']],
        'filter.kind': [['RELEASE'], ['RELEASE', 'DEPLOYED']],
        'filter.environment': [['eu'], ['eu', 'us']],
        'filter.outcome': [['FAILED'], ['FAILED', 'SUCCEEDED']],
        'filter.occurredAt': [between(500, 900), between(40, 80), { from: at(1_900).toISOString() }],
      },
      passesOver: anyOf('filter.kind', 'filter.environment', 'filter.outcome'),
      together: [
        { 'filter.service': ['service-3', 'service-4'], 'filter.occurredAt': between(500, 900) },
        { 'filter.repository': ['org/repo-3'], 'filter.kind': ['DEPLOYED'], 'filter.outcome': ['FAILED'] },
        { 'filter.service': ['service-3'], 'filter.environment': ['eu'], 'filter.outcome': ['FAILED'] },
      ],
    },
    {
      field: 'Incident.deployments',
      around: (list) => `{ incident(id: "incident-0") { ${list} } }`,
      filters: {},
    },
  ],
};
