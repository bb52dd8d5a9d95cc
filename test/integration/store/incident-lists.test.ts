import type { Connection } from 'mongoose';
import { expect, test } from 'vitest';
import { ensureCollections } from '../../../src/store/ensure-collections.ts';
import { createIncidentReader } from '../../../src/store/incident-reader.ts';
import type { IncidentsOrder, IncidentsWhere } from '../../../src/store/incident-reader.ts';
import { insertIncidents } from '../../support/incident-rows.ts';
import { openTestDatabase } from '../../support/test-database.ts';

const COUNT = 3_000;
const SIZE = 25;
const at = (minute: number): Date => new Date(Date.UTC(2026, 0, 1, 0, minute));

const incidents = Array.from({ length: COUNT }, (_, n) => ({
  id: `i-${String(n).padStart(4, '0')}`,
  title: `everywhere ${n % 2 === 0 ? 'even' : 'odd'} ${n % 500 === 0 ? 'rare' : 'common'}`,
  externalKey: `key-${n % 1_000}`,
  severity: n % 100 === 0 ? ('CRITICAL' as const) : ('HIGH' as const),
  status: n % 50 === 0 ? ('OPEN' as const) : ('RESOLVED' as const),
  service: `service-${n % 30}`,
  source: `source-${n % 3}`,
  openedAt: at(n),
  updatedAt: at(COUNT + ((n * 7) % COUNT)),
  acknowledgedAt: n % 2 === 0 ? at(n + 5) : null,
  resolvedAt: n % 50 === 0 ? null : at(n + 30),
  lastSeenAt: at(n),
}));

interface Plan {
  command?: { aggregate?: string };
  planSummary: string;
  hasSortStage?: boolean;
  docsExamined: number;
  keysExamined: number;
}

/** What the database did for the newest read of a list, not counting the look at how common words are. */
async function newestPlan(connection: Connection): Promise<Plan> {
  const [plan] = await connection
    .collection('system.profile')
    .find<Plan>({ op: 'query', ns: /\.incidents$/ })
    .sort({ $natural: -1 })
    .limit(1)
    .toArray();
  if (plan === undefined) throw new Error('nothing was read');
  return plan;
}

const BOTH: IncidentsOrder[] = ['OPENED_AT_DESC', 'OPENED_AT_ASC'];
const CHANGES: IncidentsOrder[] = ['UPDATED_AT_DESC', 'UPDATED_AT_ASC'];
const middle = { from: at(1_000), until: at(2_000) };

/** Rows beyond the page that a list may look at: those it has to pass over on its way. */
const CASES: [what: string, where: IncidentsWhere, orders: IncidentsOrder[], passedOver: number][] = [
  ['everything', {}, [...BOTH, ...CHANGES], 0],
  ['a status', { status: ['OPEN'] }, BOTH, 0],
  ['two statuses', { status: ['OPEN', 'ACKNOWLEDGED'] }, BOTH, 0],
  ['a rare severity', { severity: ['CRITICAL'] }, BOTH, 0],
  ['two rare severities', { severity: ['CRITICAL', 'LOW'] }, BOTH, 0],
  ['a frequent severity', { severity: ['HIGH'] }, BOTH, 5],
  ['a source', { source: ['source-1'] }, BOTH, 0],
  ['services', { service: ['service-1', 'service-2'] }, BOTH, 0],
  ['a range of openings', { openedAt: middle }, BOTH, 0],
  ['a service in a range', { service: ['service-1'], openedAt: middle }, BOTH, 0],
  ['a range of changes', { updatedAt: { from: at(COUNT + 1_000), until: at(COUNT + 2_000) } }, CHANGES, 0],
  ['a range of resolutions', { resolvedAt: { from: at(100) }, openedAt: middle }, BOTH, 5],
  ['a range of acknowledgements', { acknowledgedAt: { from: at(100) }, openedAt: middle }, BOTH, 40],
  ['a word', { words: ['everywhere'] }, BOTH, 0],
  ['a rare and two frequent words', { words: ['everywhere', 'rare', 'even'] }, BOTH, 0],
  ['two frequent words', { words: ['common', 'odd'] }, BOTH, 40],
  ['a word in a range', { words: ['odd'], openedAt: middle }, BOTH, 0],
  ['an external key', { externalKey: ['key-7'] }, BOTH, 0],
  ['external keys and a word', { externalKey: ['key-7', 'key-8'], words: ['odd'] }, BOTH, 6],
];

test('no list of incidents reads them all or sorts them in memory, on its first page or a later one', async () => {
  const connection = await openTestDatabase();
  const reader = createIncidentReader(connection);
  await ensureCollections(connection);
  await insertIncidents(connection, incidents);
  await connection.db?.command({ profile: 2 });
  for (const [what, where, orders, passedOver] of CASES) {
    for (const order of orders) {
      const first = { size: SIZE, backward: false, after: null, before: null };
      const { items, more } = await reader.page(where, order, first, ['title']);
      const last = items.at(-1);
      expect.soft(items.length, what).toBeGreaterThan(0);
      const plans = [await newestPlan(connection)];
      if (more && last !== undefined) {
        const value = (order.startsWith('OPENED') ? last.openedAt : last.updatedAt).getTime();
        await reader.page(where, order, { ...first, after: { value, id: last.id } }, ['title']);
        plans.push(await newestPlan(connection));
        await reader.page(where, order, { ...first, backward: true }, ['title']);
        plans.push(await newestPlan(connection));
      }
      for (const { planSummary, hasSortStage, docsExamined } of plans) {
        const seen = {
          planSummary,
          sorted: hasSortStage === true,
          few: docsExamined <= SIZE + 2 + passedOver,
        };
        expect
          .soft(seen, `${what}, ${order}: ${docsExamined} rows`)
          .toEqual({ planSummary: expect.stringContaining('IXSCAN'), sorted: false, few: true });
      }
    }
  }
});

test('where no index has both filter and order, the shorter of the two ways is gone', async () => {
  const connection = await openTestDatabase();
  const reader = createIncidentReader(connection);
  await ensureCollections(connection);
  await insertIncidents(connection, incidents);
  await connection.db?.command({ profile: 2 });
  const first = { size: SIZE, backward: false, after: null, before: null };
  const cases: [IncidentsWhere, IncidentsOrder, atMost: number][] = [
    [{ status: ['OPEN'] }, 'UPDATED_AT_DESC', 60],
    [{ status: ['RESOLVED'] }, 'UPDATED_AT_DESC', 30],
    [{ service: ['service-1'] }, 'UPDATED_AT_ASC', 100],
    [{ source: ['source-1'] }, 'UPDATED_AT_ASC', 100],
    [{ updatedAt: { from: at(2 * COUNT - 10) } }, 'OPENED_AT_DESC', 10],
    [{ updatedAt: { from: at(COUNT + 100) } }, 'OPENED_AT_DESC', 30],
  ];
  for (const [where, order, atMost] of cases) {
    await reader.page(where, order, first);
    const { planSummary, docsExamined } = await newestPlan(connection);
    expect.soft(planSummary).toMatch(/^IXSCAN/);
    expect.soft(docsExamined, JSON.stringify(where)).toBeLessThanOrEqual(atMost);
  }
});

test('statistics and counts go through an index', async () => {
  const connection = await openTestDatabase();
  const reader = createIncidentReader(connection);
  await ensureCollections(connection);
  await insertIncidents(connection, incidents);
  await connection.db?.command({ profile: 2 });
  const read = async (run: () => Promise<unknown>): Promise<Plan> => {
    await run();
    const profiles = connection.collection('system.profile');
    const found = profiles.find<Plan>({ ns: /\.incidents$/ }).sort({ $natural: -1 });
    const [plan] = await found.limit(1).toArray();
    if (plan?.command?.aggregate === undefined) throw new Error('nothing was aggregated');
    return plan;
  };
  const range = await read(() => reader.openedByDay(middle, 'UTC'));
  expect(range).toMatchObject({ planSummary: 'IXSCAN { openedAt: -1, _id: -1 }', docsExamined: 1_000 });
  const rare = { ...middle, severity: ['CRITICAL' as const] };
  expect((await read(() => reader.openedByDay(rare, 'UTC'))).docsExamined).toBe(10);
  const first = { size: 1, backward: false, after: null, before: null };
  for (const where of [{}, { status: ['OPEN' as const] }, { words: ['everywhere'] }, { openedAt: middle }]) {
    const { count } = await reader.page(where, 'OPENED_AT_DESC', first);
    expect((await read(() => count?.() ?? Promise.resolve())).docsExamined).toBe(0);
  }
});
