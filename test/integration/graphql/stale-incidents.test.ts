import type { Connection } from 'mongoose';
import { expect, test } from 'vitest';
import { systemClock } from '../../../src/kernel/clock.ts';
import { incidentModel } from '../../../src/store/incident-row.ts';
import { webhook } from '../../support/write-path.ts';
import { signal } from '../../support/memory-fold.ts';
import { startGraphqlApp } from './graphql-app.ts';
import type { GraphqlApp } from './graphql-app.ts';
import { PARTS, walk } from './walk-pages.ts';

const HOUR = 60 * 60 * 1000;
const NOW = Date.parse('2026-03-10T00:00:00Z');
const hoursAgo = (hours: number): Date => new Date(NOW - hours * HOUR);

async function startApp(): Promise<GraphqlApp> {
  const clock = { ...systemClock, now: () => new Date(NOW) };
  return startGraphqlApp({ over: { clock } });
}

interface Row {
  id: string;
  silentFor: number;
  status?: 'OPEN' | 'ACKNOWLEDGED' | 'RESOLVED';
  source?: string;
  keySource?: string;
  severity?: string;
}

async function insert(connection: Connection, rows: readonly Row[]): Promise<void> {
  const documents = rows.map(
    ({ id, silentFor, status = 'OPEN', source = 'datadog', keySource = 'generic', severity = 'HIGH' }) => ({
      _id: id,
      version: 1,
      open: status !== 'RESOLVED',
      title: id,
      description: '',
      severity,
      service: null,
      url: null,
      source,
      keySource,
      externalKey: id,
      status,
      createdAt: hoursAgo(100),
      openedAt: hoursAgo(100),
      acknowledgedAt: null,
      resolvedAt: null,
      updatedAt: hoursAgo(100),
      triggerCount: 1,
      lastSeenAt: hoursAgo(silentFor),
      fold: { key: `generic:${id}` },
    }),
  );
  await incidentModel(connection).collection.insertMany(documents as object[] as never);
}

const ids = ({ data }: { data: { staleIncidents: { nodes: { id: string }[] } } }): string[] =>
  data.staleIncidents.nodes.map(({ id }) => id);

test('incidents whose source is silent are listed, the longest silent first', async () => {
  const app = await startApp();
  await insert(app.connection, [
    { id: 'silent', silentFor: 30 },
    { id: 'more-silent', silentFor: 50, status: 'ACKNOWLEDGED' },
    { id: 'heard-of', silentFor: 23 },
    { id: 'over', silentFor: 90, status: 'RESOLVED' },
    { id: 'of-a-person', silentFor: 90, keySource: 'mutation', source: 'mutation' },
    { id: 'of-opslens', silentFor: 90, keySource: 'opslens', source: 'opslens' },
    { id: 'elsewhere', silentFor: 40, source: 'grafana' },
  ]);
  const ask = async (args: string) => ids(await app.ask(`{ staleIncidents${args} { nodes { id } } }`));
  expect(await ask('')).toEqual(['more-silent', 'elsewhere', 'silent']);
  expect(await ask('(hours: 22.5)')).toEqual(['more-silent', 'elsewhere', 'silent', 'heard-of']);
  expect(await ask('(hours: 35, source: ["grafana", "nagios"])')).toEqual(['elsewhere']);
  expect(await ask('(hours: 51)')).toEqual([]);
});

test('a sign of its source takes an incident off the list, a word of a person does not', async () => {
  const app = await startApp();
  await app.committer.submit(webhook([signal('TRIGGER', hoursAgo(100))]));
  const [row] = await incidentModel(app.connection).find();
  if (row === undefined) throw new Error('no incident');
  await incidentModel(app.connection).updateOne({ _id: row._id }, { lastSeenAt: hoursAgo(100) });
  const ask = async () => ids(await app.ask('{ staleIncidents { nodes { id } } }'));
  expect(await ask()).toEqual([row._id]);
  await app.ask(`mutation { acknowledgeIncident(input: { id: "${row._id}" }) { errors { code } } }`);
  expect(await ask()).toEqual([row._id]);
  await app.committer.submit(webhook([signal('TRIGGER', hoursAgo(1))]));
  expect(await ask()).toEqual([]);
});

test('page by page it is the same list, also of those that fell silent at one moment', async () => {
  const app = await startApp();
  const rows = Array.from({ length: 40 }, (_, n) => ({
    id: `i-${String((n * 7) % 40).padStart(2, '0')}`,
    silentFor: 30 + Math.floor(n / 5),
  }));
  await insert(app.connection, rows);
  const query = `query($first: Int, $after: String, $last: Int, $before: String) {
    staleIncidents(first: $first, after: $after, last: $last, before: $before) { ${PARTS} totalCount } }`;
  const list = async (args: object) => (await app.ask(query, { ...args })).data.staleIncidents;
  const wanted = rows
    .toSorted((a, b) => b.silentFor - a.silentFor || (a.id < b.id ? -1 : 1))
    .map(({ id }) => id);
  expect(await walk(list, 7, false)).toEqual(wanted);
  expect(await walk(list, 7, true)).toEqual(wanted);
  expect((await list({ last: 1 })).totalCount).toBe(40);
  const { errors } = await app
    .ask('{ incidents(first: 1) { pageInfo { endCursor } } }')
    .then(({ data }) => app.ask(query, { after: data.incidents.pageInfo.endCursor }));
  expect(errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
});

test('a time, a size or too many sources that cannot be are refused', async () => {
  const app = await startApp();
  const sources = `source: [${'"x",'.repeat(51)}]`;
  for (const args of ['hours: 0', 'hours: -1', 'hours: 1e9', 'first: 101', 'first: 1, last: 1', sources]) {
    const { errors } = await app.ask(`{ staleIncidents(${args}) { nodes { id } } }`);
    expect.soft(errors?.[0]?.extensions['code'], args.slice(0, 20)).toBe('BAD_USER_INPUT');
  }
});

test('neither it nor any list of incidents reads them all or sorts them in memory', async () => {
  const app = await startApp();
  const { connection } = app;
  const severities = ['HIGH', 'MEDIUM', 'CRITICAL', 'LOW', 'INFO'];
  await insert(
    connection,
    Array.from({ length: 500 }, (_, n) => ({
      id: `i-${n}`,
      silentFor: n,
      status: n % 10 === 0 ? ('OPEN' as const) : ('RESOLVED' as const),
      severity: n % 50 === 0 ? (severities[(n / 50) % 5] ?? '') : 'HIGH',
    })),
  );
  await connection.db?.command({ profile: 2 });
  const profiles = connection.collection('system.profile');
  const plan = async (field: string) => {
    const { errors } = await app.ask(`{ ${field} { nodes { id } } }`);
    expect(errors).toBeUndefined();
    const [newest] = await profiles
      .find({ op: 'query', ns: /\.incidents$/ })
      .sort({ $natural: -1 })
      .toArray();
    return {
      plan: String(newest?.['planSummary']),
      sorted: newest?.['hasSortStage'] === true,
      docs: Number(newest?.['docsExamined']),
    };
  };
  expect(await plan('staleIncidents(hours: 450, first: 10)')).toEqual({
    plan: 'IXSCAN { lastSeenAt: 1, _id: 1 }',
    sorted: false,
    docs: 4,
  });
  const { pageInfo } = (await app.ask('{ staleIncidents(first: 3) { pageInfo { endCursor } } }')).data
    .staleIncidents;
  expect(await plan(`staleIncidents(first: 3, after: "${pageInfo.endCursor}")`)).toMatchObject({
    plan: 'IXSCAN { lastSeenAt: 1, _id: 1 }',
    sorted: false,
  });
  const indexed = (fields: string) =>
    expect.objectContaining({ plan: expect.stringContaining(fields), sorted: false });
  expect(await plan('incidents')).toEqual(indexed('{ openedAt: -1, _id: -1 }'));
  expect(await plan('incidents(filter: { severity: [CRITICAL] })')).toEqual(
    indexed('{ severity: 1, openedAt: -1, _id: -1 }'),
  );
  expect(await plan('incidents(filter: { severity: [LOW, INFO] })')).toEqual(
    indexed('{ severity: 1, openedAt: -1, _id: -1 }'),
  );
  expect(await plan('incidents(filter: { severity: [HIGH] })')).toEqual(indexed('{ openedAt: -1, _id: -1 }'));
  expect(await plan('incidents(filter: { status: [OPEN] })')).toEqual(
    indexed('{ status: 1, openedAt: -1, _id: -1 }'),
  );
});
