import { expect, test } from 'vitest';
import { createSchema } from '../../../src/graphql/create-schema.ts';
import { ensureCollections } from '../../../src/store/ensure-collections.ts';
import { createReaderContext } from '../../support/reader-context.ts';
import { openWatchedDatabase } from '../../support/watch-commands.ts';
import { deliveries } from './list-cases/deliveries.ts';
import { deployments } from './list-cases/deployments.ts';
import { events } from './list-cases/events.ts';
import { explainList } from './list-cases/explain-list.ts';
import { few } from './list-cases/few.ts';
import { incidentParts } from './list-cases/incident-parts.ts';
import { incidents } from './list-cases/incidents.ts';
import { receipts } from './list-cases/receipts.ts';
import { listsOf } from './list-cases/schema-lists.ts';

const ALL = [incidents, incidentParts, events, deliveries, receipts, deployments, few];

const schema = createSchema();
const lists = listsOf(schema);
const cases = new Map(ALL.flatMap((one) => one.cases).map((one) => [one.field, one]));

test('every list of the schema is tried, by all that it can be filtered by', () => {
  expect(lists.length).toBeGreaterThan(15);
  const offered = lists.map(({ field, paths }) => [field, paths.toSorted()]);
  const tried = [...cases.values()].map(({ field, filters }) => [field, Object.keys(filters).toSorted()]);
  expect(Object.fromEntries(tried)).toEqual(Object.fromEntries(offered));
});

test('no list makes the database read or sort a whole collection, however it is filtered, ordered and paged', async () => {
  const database = await openWatchedDatabase();
  const { connection } = database;
  // Models come with those who use them.
  createReaderContext(connection);
  await ensureCollections(connection);
  await Promise.all(ALL.map(({ insert }) => insert(connection)));
  for (const list of lists) {
    const given = cases.get(list.field);
    if (given === undefined) throw new Error(`${list.field} is not tried`);
    const { asked, reads, faults } = await explainList(database, schema, list, given);
    expect.soft(faults).toEqual([]);
    expect(reads).toBeGreaterThanOrEqual(asked);
  }
}, 60_000);
