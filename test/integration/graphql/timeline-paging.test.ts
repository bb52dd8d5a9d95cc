import { expect, test } from 'vitest';
import type { Deployment } from '../../../src/domain/deployment.ts';
import { deploymentModel } from '../../../src/store/deployment-row.ts';
import { incidentModel } from '../../../src/store/incident-row.ts';
import { timelineEntryModel } from '../../../src/store/timeline-entry-row.ts';
import { startGraphqlApp } from './graphql-app.ts';
import type { GraphqlApp } from './graphql-app.ts';
import { PARTS, at, walk } from './walk-pages.ts';
import type { Ask } from './walk-pages.ts';

const INCIDENT = 'incident-timeline';

async function insertTimeline(app: GraphqlApp): Promise<void> {
  const incident = {
    ...{
      _id: INCIDENT,
      version: 1,
      open: false,
      title: 'T',
      description: '',
      severity: 'HIGH',
      service: 'checkout',
      url: null,
    },
    ...{
      source: 's',
      keySource: 's',
      externalKey: null,
      status: 'RESOLVED',
      createdAt: at(0),
      openedAt: at(10),
      acknowledgedAt: null,
    },
    ...{ resolvedAt: at(40), updatedAt: at(40), triggerCount: 1, lastSeenAt: at(10), fold: { key: 'k' } },
  };
  await incidentModel(app.connection).collection.insertOne(incident as never);
  const entries = Array.from({ length: 23 }, (_, index) => ({
    ...{
      _id: `m-entry-${String(index).padStart(2, '0')}`,
      incidentId: INCIDENT,
      kind: 'NOTE',
      text: `n${index}`,
    },
    ...{
      occurredAt: at(10 + Math.floor(index / 2)),
      recordedAt: at(50),
      actor: null,
      receiptId: null,
      data: null,
    },
  }));
  await timelineEntryModel(app.connection).collection.insertMany(entries as never);
  const deployments: [string, Partial<Deployment>][] = [
    ...Array.from({ length: 17 }, (_, index): [string, Partial<Deployment>] => [
      `${index % 2 === 0 ? 'a' : 'z'}-deployment-${String(index).padStart(2, '0')}`,
      { occurredAt: at(10 + index), service: index % 3 === 0 ? null : 'checkout' },
    ]),
    ['too-early', { occurredAt: new Date(at(10).getTime() - 3_600_001) }],
    ['just-in-time', { occurredAt: new Date(at(10).getTime() - 3_600_000) }],
    ['too-late', { occurredAt: at(41) }],
    ['other-service', { occurredAt: at(20), service: 'search' }],
    ['merged', { occurredAt: at(21), kind: 'PR_MERGED', sha: 'abc' }],
    ['pushed', { occurredAt: at(22), kind: 'PUSHED', sha: 'abc' }],
    ['deployed-eu', { occurredAt: at(23), kind: 'DEPLOYED', sha: 'abc' }],
    ['deployed-us', { occurredAt: at(24), kind: 'DEPLOYED', sha: 'abc' }],
    ['merged-elsewhere', { occurredAt: at(21), kind: 'PR_MERGED', sha: 'abc', repository: 'org/other' }],
    ['merged-before', { occurredAt: at(25), kind: 'PR_MERGED', sha: 'def' }],
    ['deployed-after-the-end', { occurredAt: at(45), kind: 'DEPLOYED', sha: 'def' }],
  ];
  const rows = deployments.map(([_id, fields]) => ({
    ...{
      _id,
      naturalKey: _id,
      kind: 'DEPLOYED',
      source: 'github',
      repository: 'org/checkout',
      service: 'checkout',
      title: _id,
    },
    ...{
      sha: null,
      url: null,
      author: null,
      recordedAt: at(50),
      receiptId: 'r',
      version: 1,
      relatedTo: [],
      ...fields,
    },
  }));
  await deploymentModel(app.connection).collection.insertMany(rows as never);
}

function listOf(app: GraphqlApp, field: string): Ask {
  return async (args) => {
    const { data, errors } = await app.ask(
      `query($first: Int, $after: String, $last: Int, $before: String) { incident(id: "${INCIDENT}") {
        list: ${field}(first: $first, after: $after, last: $last, before: $before) { ${PARTS} } } }`,
      args,
    );
    expect(errors).toBeUndefined();
    return data.incident.list;
  };
}

test('a timeline is one list of entries and related deployments, the same in pages of any size and direction', async () => {
  const app = await startGraphqlApp();
  await insertTimeline(app);
  const whole = (await listOf(app, 'timeline')({ first: 100 })).nodes.map(({ id }) => id);
  expect(whole).toHaveLength(23 + 17 + 5);
  expect(whole[0]).toBe('just-in-time');
  expect(whole).toEqual(
    expect.arrayContaining(['deployed-eu', 'deployed-us', 'merged-elsewhere', 'merged-before']),
  );
  for (const absent of [
    'too-early',
    'too-late',
    'other-service',
    'merged',
    'pushed',
    'deployed-after-the-end',
  ]) {
    expect(whole).not.toContain(absent);
  }
  for (const size of [1, 4, 9, 45]) {
    expect(await walk(listOf(app, 'timeline'), size, false)).toEqual(whole);
    expect(await walk(listOf(app, 'timeline'), size, true)).toEqual(whole);
  }
  const { data } = await app.ask(
    `{ incident(id: "${INCIDENT}") { timeline(first: 1) { nodes { kind text data deployment { id title } } } } }`,
  );
  expect(data.incident.timeline.nodes[0]).toMatchObject({
    kind: 'DEPLOYMENT',
    text: 'Deployment of checkout: just-in-time',
    deployment: { id: 'just-in-time', title: 'just-in-time' },
  });
});

test('deployments show the strongest claim about a commit, on an incident and in the whole list', async () => {
  const app = await startGraphqlApp();
  await insertTimeline(app);
  const related = await walk(listOf(app, 'deployments'), 3, false);
  expect(related).toHaveLength(22);
  expect(await walk(listOf(app, 'deployments'), 3, true)).toEqual(related);
  const ask = async (filter: object): Promise<string[]> => {
    const { data, errors } = await app.ask(
      'query($filter: DeploymentFilter) { deployments(filter: $filter, first: 100) { nodes { id } } }',
      { filter },
    );
    expect(errors).toBeUndefined();
    return data.deployments.nodes.map(({ id }: { id: string }) => id);
  };
  const all = await ask({});
  expect(all).not.toContain('merged-before');
  expect(all[0]).toBe('deployed-after-the-end');
  expect(await ask({ repository: ['org/other'] })).toEqual(['merged-elsewhere']);
  expect(await ask({ service: ['search'] })).toEqual(['other-service']);
  expect(await ask({ occurredAt: { from: at(25), until: at(26) }, service: ['checkout'] })).toContain(
    'merged-before',
  );
});
