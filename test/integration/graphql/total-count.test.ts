import { expect, test } from 'vitest';
import { insertIncidents } from '../../support/incident-rows.ts';
import { startGraphqlApp } from './graphql-app.ts';

const some = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    id: `i-${String(n).padStart(5, '0')}`,
    severity: n % 5 === 0 ? ('LOW' as const) : ('HIGH' as const),
    service: n % 2 === 0 ? 'checkout' : 'cart',
  }));

test('totalCount is the whole list, whatever the page, and null beyond 10,000', async () => {
  const app = await startGraphqlApp();
  const count = async (args: string): Promise<unknown> => {
    const { data, errors } = await app.ask(`{ incidents${args} { totalCount nodes { id } } }`);
    expect(errors).toBeUndefined();
    return data.incidents.totalCount;
  };
  expect(await count('')).toBe(0);
  const rows = some(10_001);
  await insertIncidents(app.connection, rows.slice(0, 100));
  expect(await count('(first: 7)')).toBe(100);
  expect(await count('(filter: { severity: [LOW], service: ["cart"] }, last: 3)')).toBe(10);
  const { data } = await app.ask('{ incidents(first: 90) { pageInfo { endCursor } } }');
  expect(await count(`(after: "${data.incidents.pageInfo.endCursor}")`)).toBe(100);
  await insertIncidents(app.connection, rows.slice(100, 10_000));
  expect(await count('(first: 1)')).toBe(10_000);
  await insertIncidents(app.connection, rows.slice(10_000));
  expect(await count('(first: 1)')).toBeNull();
  expect(await count('(filter: { service: ["checkout"] }, first: 1)')).toBe(5001);
});

test('a list is counted only where totalCount is selected', async () => {
  const app = await startGraphqlApp();
  await insertIncidents(app.connection, some(10));
  await app.connection.db?.command({ profile: 2 });
  const profiles = app.connection.collection('system.profile');
  const counted = () => profiles.countDocuments({ ns: /\.incidents$/, 'command.aggregate': 'incidents' });
  await app.ask('{ incidents { nodes { id } edges { cursor } pageInfo { hasNextPage } } }');
  expect(await counted()).toBe(0);
  await app.ask('{ incidents { totalCount } }');
  expect(await counted()).toBe(1);
});
