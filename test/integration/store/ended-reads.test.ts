import { setMaxListeners } from 'node:events';
import { expect, test } from 'vitest';
import { createReaders } from '../../../src/store/create-readers.ts';
import { holdFinds } from '../../support/hold-finds.ts';
import { openTestDatabase } from '../../support/test-database.ts';

test('a read that is ended ends in the database too, and its error is the reason', async () => {
  const connection = await openTestDatabase();
  await connection.collection<{ _id: string }>('events').insertOne({ _id: 'event-1' });
  const held = await holdFinds(connection, 'events');
  const controller = new AbortController();
  const { events } = createReaders(connection, controller.signal);
  const reads = [events.byIds(['event-1']), events.byIds(['event-1', 'event-2'])];
  const outcomes = Promise.allSettled(reads);
  await held.until(2);

  const reason = new Error('enough');
  controller.abort(reason);
  expect(await outcomes).toEqual(reads.map(() => ({ status: 'rejected', reason })));
  await held.until(0);
  await expect(events.byIds(['event-1'])).rejects.toBe(reason);
});

test('reads that are ended at any moment end with the reason or are done, and others go on', async () => {
  const connection = await openTestDatabase();
  const rows = connection.collection<{ _id: string }>('incidents');
  await rows.insertMany(Array.from({ length: 300 }, (_, index) => ({ _id: `incident-${index}` })));
  const reason = new Error('enough');
  const ids = Array.from({ length: 300 }, (_, index) => `incident-${index}`);
  const unhindered = createReaders(connection);
  const readAll = ({ incidents, openAges, events }: ReturnType<typeof createReaders>) => [
    incidents.byIds(ids).then((found) => found.length),
    incidents.byIds(['incident-1', 'incident-2']).then((found) => found.length),
    openAges.count('endpoint-1').then(({ count }) => count),
    events.byIds(['event-1']).then((found) => found.length),
  ];
  const whole = await Promise.all(readAll(unhindered));
  expect(whole).toEqual([300, 2, 0, 0]);

  let ended = 0;
  for (let round = 0; round < 40; round++) {
    const controller = new AbortController();
    const reads = Promise.allSettled(readAll(createReaders(connection, controller.signal)));
    const beside = readAll(unhindered);
    for (let turn = 0; turn < round % 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    controller.abort(reason);
    (await reads).forEach((outcome, index) => {
      if (outcome.status === 'rejected') ended += 1;
      expect(outcome).toEqual(
        outcome.status === 'fulfilled'
          ? { status: 'fulfilled', value: whole[index] }
          : { status: 'rejected', reason },
      );
    });
    expect(await Promise.all(beside)).toEqual(whole);
  }
  expect(ended).toBeGreaterThan(20);
});

test('an operation reads a few things at a time, beside others, and what waits ends with it', async () => {
  const connection = await openTestDatabase();
  await connection.collection<{ _id: string }>('events').insertOne({ _id: 'event-1' });
  const held = await holdFinds(connection, 'events');
  const operation = new AbortController();
  const other = new AbortController();
  setMaxListeners(0, operation.signal);
  const readers = createReaders(connection, operation.signal);
  const outcomes = Promise.allSettled(Array.from({ length: 20 }, () => readers.events.byIds(['event-1'])));
  await held.until(8);
  const beside = createReaders(connection, other.signal).events.byIds(['event-1']);
  await held.until(9);

  const reason = new Error('enough');
  operation.abort(reason);
  expect(await outcomes).toEqual(Array.from({ length: 20 }, () => ({ status: 'rejected', reason })));
  await held.until(1);
  await held.release();
  await beside;
});

test('of reads that pass over what no index knows a few run at a time in the whole process', async () => {
  const connection = await openTestDatabase();
  await connection.collection<{ _id: string }>('incidents').insertOne({ _id: 'incident-1' });
  const held = await holdFinds(connection, 'incidents');
  const where = { resolvedAt: { from: new Date('2100-01-01') } };
  const query = { size: 10, backward: false, after: null, before: null };
  const operations = Array.from({ length: 6 }, () => {
    const controller = new AbortController();
    const { incidents } = createReaders(connection, controller.signal);
    return { controller, incidents, walk: incidents.page(where, 'OPENED_AT_DESC', query) };
  });
  const outcomes = Promise.allSettled(operations.map(({ walk }) => walk));
  await held.until(4);
  const quick = operations.map(({ incidents }) => incidents.byIds(['incident-1']));
  void Promise.allSettled(quick);
  await held.until(10);

  const last = operations.at(-1);
  last?.controller.abort(new Error('enough'));
  await expect(last?.walk).rejects.toThrow('enough');
  await held.until(9);
  await held.release();
  const statuses = (await outcomes).map(({ status }) => status);
  expect(statuses).toEqual([...Array.from({ length: 5 }, () => 'fulfilled'), 'rejected']);
});
