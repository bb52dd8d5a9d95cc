import { graphql } from 'graphql';
import { expect, test } from 'vitest';
import { createSchema } from '../../../src/graphql/create-schema.ts';
import { ensureCollections } from '../../../src/store/ensure-collections.ts';
import { createReaderContext } from '../../support/reader-context.ts';
import { openWatchedDatabase } from '../../support/watch-commands.ts';
import { deliveries } from '../store/list-cases/deliveries.ts';
import { deployments } from '../store/list-cases/deployments.ts';
import { events } from '../store/list-cases/events.ts';
import { few } from '../store/list-cases/few.ts';
import { incidentParts } from '../store/list-cases/incident-parts.ts';
import { incidents } from '../store/list-cases/incidents.ts';
import { receipts } from '../store/list-cases/receipts.ts';

const ALL = [incidents, incidentParts, events, deliveries, receipts, deployments, few];

/** Lists with all single objects that their items show, and how many reads a page of them takes. */
const PAGES: [list: string, selected: string, reads: number][] = [
  // The endpoints, judged, take two.
  [
    'deliveries',
    'event { id incident { title } } endpoint { url } incident { title } supersededBy { id }',
    5,
  ],
  ['receipts', 'incidents { title } deployments { title } duplicateOf { id } replayOf { id }', 3],
  ['events', 'incident { title } snapshot { title }', 2],
  ['deployments', 'receipt { id }', 3],
  ['recoveries', 'endpoint { url }', 3],
  // What is open is looked up for each endpoint, and counts so much.
  ['webhookEndpoints', 'health { status incident { title } lastHour { attempts } }', 6],
];

test('a page takes as many reads as it has kinds of objects, not as it has objects', async () => {
  const { connection, readsOf } = await openWatchedDatabase();
  const schema = createSchema();
  createReaderContext(connection);
  await ensureCollections(connection);
  await Promise.all(ALL.map(({ insert }) => insert(connection, 100)));
  const reads = async (list: string, selected: string, first: number): Promise<string[]> => {
    const source = `{ ${list}(first: ${first}) { nodes { id ${selected} } } }`;
    const found = await readsOf(async () => {
      const { data, errors } = await graphql({
        schema,
        source,
        contextValue: createReaderContext(connection),
      });
      expect(errors).toBeUndefined();
      expect(data?.[list]).toMatchObject({ nodes: { length: first } });
    });
    return found.map((command) => String(command['find'] ?? command['aggregate'])).sort();
  };
  for (const [list, selected, most] of PAGES) {
    const fewer = await reads(list, selected, 5);
    const many = await reads(list, selected, 50);
    expect(many, list).toEqual(fewer);
    expect(many.length, `${list}: ${many.join(' ')}`).toBeLessThanOrEqual(most);
  }
});
