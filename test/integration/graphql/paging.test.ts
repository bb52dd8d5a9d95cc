import { expect, test } from 'vitest';
import type { Deployment } from '../../../src/domain/deployment.ts';
import { deploymentModel } from '../../../src/store/deployment-row.ts';
import { incidentModel } from '../../../src/store/incident-row.ts';
import { timelineEntryModel } from '../../../src/store/timeline-entry-row.ts';
import { startGraphqlApp } from './graphql-app.ts';
import type { GraphqlApp } from './graphql-app.ts';

interface Page {
  nodes: { id: string }[];
  edges: { cursor: string; node: { id: string } }[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
}

type Ask = (args: Record<string, unknown>) => Promise<Page>;

/** Walks a list to its end in either direction, page by page, and gives back the ids in the list's order. */
async function walk(ask: Ask, size: number, backward: boolean): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  for (;;) {
    const page: Page = await ask(backward ? { last: size, before: cursor } : { first: size, after: cursor });
    expect(page.edges.map(({ node }) => node.id)).toEqual(page.nodes.map(({ id }) => id));
    expect(page.nodes.length).toBeLessThanOrEqual(size);
    const found = page.nodes.map(({ id }) => id);
    ids.splice(backward ? 0 : ids.length, 0, ...found);
    expect(backward ? page.pageInfo.hasNextPage : page.pageInfo.hasPreviousPage).toBe(cursor !== null);
    if (!(backward ? page.pageInfo.hasPreviousPage : page.pageInfo.hasNextPage)) return ids;
    cursor = backward ? page.pageInfo.startCursor : page.pageInfo.endCursor;
    expect(page.nodes.length).toBe(size);
  }
}

const PARTS =
  'nodes { id } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

function incidentsOf(app: GraphqlApp, orderBy: string, filter: object = {}): Ask {
  return async (args) => {
    const { data, errors } = await app.ask(
      `query($orderBy: IncidentOrder, $filter: IncidentFilter, $first: Int, $after: String, $last: Int, $before: String) {
        incidents(orderBy: $orderBy, filter: $filter, first: $first, after: $after, last: $last, before: $before) { ${PARTS} } }`,
      { orderBy, filter, ...args },
    );
    expect(errors).toBeUndefined();
    return data.incidents;
  };
}

const at = (minute: number): Date => new Date(Date.UTC(2025, 11, 18, 12, minute));

/** Several open at the same moment, so that only the id tells them apart. */
async function insertIncidents(app: GraphqlApp, count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, index) => ({
    _id: `incident-${String((index * 7) % count).padStart(3, '0')}`,
    version: 1,
    open: false,
    title: `Incident ${index}`,
    description: '',
    severity: index % 3 === 0 ? 'HIGH' : 'LOW',
    service: index % 2 === 0 ? 'checkout' : null,
    url: null,
    source: 'monitor',
    keySource: 'generic',
    externalKey: null,
    status: 'RESOLVED',
    createdAt: at(0),
    openedAt: at(Math.floor(index / 4)),
    acknowledgedAt: null,
    resolvedAt: at(59),
    updatedAt: at(59 - Math.floor(index / 3)),
    triggerCount: 1,
    lastSeenAt: at(0),
    fold: { key: `k${index}` },
  }));
  await incidentModel(app.connection).collection.insertMany(rows as object[] as never);
}

test('a list of incidents is the same page by page, forward and backward, in every order', async () => {
  const app = await startGraphqlApp();
  await insertIncidents(app, 50);
  const all = await incidentsOf(app, 'OPENED_AT_DESC')({ first: 100 });
  expect(all.nodes).toHaveLength(50);
  for (const [order, reversed] of [
    ['OPENED_AT_DESC', 'OPENED_AT_ASC'],
    ['UPDATED_AT_DESC', 'UPDATED_AT_ASC'],
  ] as const) {
    const down = await walk(incidentsOf(app, order), 7, false);
    expect(new Set(down).size).toBe(50);
    expect(await walk(incidentsOf(app, order), 7, true)).toEqual(down);
    expect(await walk(incidentsOf(app, order), 50, false)).toEqual(down);
    expect(await walk(incidentsOf(app, reversed), 9, false)).toEqual([...down].reverse());
  }
  expect(all.nodes.map(({ id }) => id)).toEqual(await walk(incidentsOf(app, 'OPENED_AT_DESC'), 7, false));
});

test('filters combine, and a range of openings holds its first moment but not its last', async () => {
  const app = await startGraphqlApp();
  await insertIncidents(app, 48);
  const count = async (filter: object): Promise<number> =>
    (await walk(incidentsOf(app, 'OPENED_AT_DESC', filter), 10, false)).length;
  expect(await count({ severity: ['HIGH'] })).toBe(16);
  expect(await count({ severity: ['HIGH', 'LOW'] })).toBe(48);
  expect(await count({ severity: 'HIGH', service: ['checkout'] })).toBe(8);
  expect(await count({ status: ['OPEN'] })).toBe(0);
  expect(await count({ source: ['monitor'], openedAt: { from: at(2), until: at(4) } })).toBe(8);
  expect(await count({ openedAt: { from: at(2), until: null }, severity: null })).toBe(40);
});

test('an incident that opens meanwhile neither repeats nor hides another', async () => {
  const app = await startGraphqlApp();
  await insertIncidents(app, 20);
  const ask = incidentsOf(app, 'OPENED_AT_DESC');
  const first = await ask({ first: 10 });
  await app.ask('mutation { createIncident(input: { title: "New" }) { errors { code } } }');
  const second = await ask({ first: 10, after: first.pageInfo.endCursor });
  expect(new Set([...first.nodes, ...second.nodes].map(({ id }) => id)).size).toBe(20);
});

test('wrong arguments of a list are told, and a cursor of another order is one of them', async () => {
  const app = await startGraphqlApp();
  await insertIncidents(app, 3);
  const { edges } = await incidentsOf(app, 'OPENED_AT_DESC')({ first: 1 });
  const cursor = edges[0]?.cursor;
  const code = async (args: string): Promise<unknown> => {
    const { errors } = await app.ask(`{ incidents(${args}) { nodes { id } } }`);
    return errors?.[0]?.extensions['code'];
  };
  expect(await code('first: 1, last: 1')).toBe('BAD_USER_INPUT');
  expect(await code('first: 0')).toBe('BAD_USER_INPUT');
  expect(await code('last: 101')).toBe('BAD_USER_INPUT');
  expect(await code('first: -1')).toBe('BAD_USER_INPUT');
  expect(await code('after: "x"')).toBe('BAD_USER_INPUT');
  expect(await code(`after: "${Buffer.from('["opened-",1e300,"x"]').toString('base64url')}"`)).toBe(
    'BAD_USER_INPUT',
  );
  expect(await code(`after: "${cursor}"`)).toBeUndefined();
  expect(await code(`orderBy: OPENED_AT_ASC, after: "${cursor}"`)).toBe('BAD_USER_INPUT');
  expect(await code('first: 100')).toBeUndefined();
});

test('a list has 25 items when nobody says how many', async () => {
  const app = await startGraphqlApp();
  await insertIncidents(app, 30);
  expect((await incidentsOf(app, 'OPENED_AT_DESC')({})).nodes).toHaveLength(25);
});

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
    text: 'just-in-time',
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
