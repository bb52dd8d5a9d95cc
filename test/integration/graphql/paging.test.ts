import { expect, test } from 'vitest';
import { incidentModel } from '../../../src/store/incident-row.ts';
import { startGraphqlApp } from './graphql-app.ts';
import type { GraphqlApp } from './graphql-app.ts';
import { PARTS, at, walk } from './walk-pages.ts';
import type { Ask } from './walk-pages.ts';

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
