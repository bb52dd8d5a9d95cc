import { expect, test } from 'vitest';
import { startFillIncidentWords } from '../../../src/commands/fill-incident-words.ts';
import { ensureCollections } from '../../../src/store/ensure-collections.ts';
import { createIncidentReader } from '../../../src/store/incident-reader.ts';
import { incidentModel } from '../../../src/store/incident-row.ts';
import { createIncidentWordsStore } from '../../../src/store/incident-words-store.ts';
import { silent } from '../../support/event-log.ts';
import { eventually } from '../../support/eventually.ts';
import { insertIncidents } from '../../support/incident-rows.ts';
import { openTestDatabase } from '../../support/test-database.ts';

test('incidents that an earlier version wrote are found by words soon after the start, the others stay', async () => {
  const connection = await openTestDatabase();
  await ensureCollections(connection);
  const rows = incidentModel(connection);
  await insertIncidents(
    connection,
    Array.from({ length: 450 }, (_, n) => ({ id: `old-${n}`, title: 'Disk full', externalKey: `k-${n}` })),
  );
  await rows.updateMany({}, { $unset: { words: 1 } });
  await insertIncidents(connection, [{ id: 'new', title: 'Disk full' }]);
  await rows.updateOne({ _id: 'new' }, { words: ['as', 'written'] });
  const filling = startFillIncidentWords({ incidents: createIncidentWordsStore(connection), logger: silent });
  const reader = createIncidentReader(connection);
  const first = { size: 1, backward: false, after: null, before: null };
  await eventually(
    async () => (await reader.page({ words: ['disk', 'full'] }, 'OPENED_AT_ASC', first)).count?.(),
    (count) => count === 450,
    { withinMs: 10_000, what: 'all old incidents are found by their words' },
  );
  await filling[Symbol.asyncDispose]();
  expect((await reader.page({ externalKey: ['k-77'] }, 'OPENED_AT_ASC', first)).items).toMatchObject([
    { id: 'old-77' },
  ]);
  expect((await rows.findById('new'))?.words).toEqual(['as', 'written']);
});
