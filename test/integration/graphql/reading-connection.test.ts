import type { Connection } from 'mongoose';
import { expect, onTestFinished, test } from 'vitest';
import { createClosingStack } from '../../../src/kernel/closing-stack.ts';
import { openDatabase } from '../../../src/open-database.ts';
import { createReaders } from '../../../src/store/create-readers.ts';
import { holdFinds } from '../../support/hold-finds.ts';
import { silent } from '../../support/event-log.ts';
import { testDatabaseUri } from '../../support/test-database.ts';
import { startGraphqlApp } from './graphql-app.ts';

async function open() {
  const closing = createClosingStack(() => undefined);
  const { connection, reading } = await openDatabase({
    config: { mongodbUri: testDatabaseUri(), dataDir: '', mongod: null },
    logger: silent,
    progress: undefined as never,
    cacheHome: undefined,
    closing,
  });
  onTestFinished(async () => {
    await connection.dropDatabase();
    await closing[Symbol.asyncDispose]();
  });
  return { connection, reading };
}

function countClosed(connection: Connection): () => number {
  let closed = 0;
  connection.getClient().on('connectionClosed', () => (closed += 1));
  return () => closed;
}

test('clients that go away while they read cost the connections of intake nothing', async () => {
  const { connection, reading } = await open();
  await connection.collection<{ _id: string }>('events').insertOne({ _id: 'event-1' });
  const held = await holdFinds(connection, 'events');
  const closed = { connection: countClosed(connection), reading: countClosed(reading) };
  const clients = Array.from({ length: 20 }, () => new AbortController());
  const reads = clients.map(({ signal }) => createReaders(reading, signal).events.byIds(['event-1']));
  const outcomes = Promise.allSettled(reads);
  await held.until(16);
  await connection.collection<{ _id: string }>('events').insertOne({ _id: 'event-2' });
  for (const client of clients) client.abort(new Error('gone'));
  await outcomes;
  await held.until(0);
  expect(closed.reading()).toBeGreaterThan(0);
  expect(closed.connection()).toBe(0);
});

test('what a mutation was answered with is seen by the query behind it, two hundred times', async () => {
  const { connection, reading } = await open();
  const app = await startGraphqlApp({
    connection,
    over: { readersFor: (signal) => createReaders(reading, signal) },
  });
  const create = 'mutation { createIncident(input: { title: "T" }) { incident { id } } }';
  const read = 'query($id: ID!) { incident(id: $id) { id } incidents(first: 100) { nodes { id } } }';
  for (let round = 0; round < 20; round++) {
    const seen = Array.from({ length: 10 }, async () => {
      const { id } = (await app.ask(create)).data.createIncident.incident;
      const { data } = await app.ask(read, { id });
      return data.incident?.id === id && data.incidents.nodes.some((one: { id: string }) => one.id === id);
    });
    expect(await Promise.all(seen)).toEqual(seen.map(() => true));
  }
});
