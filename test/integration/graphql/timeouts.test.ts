import { expect, test } from 'vitest';
import { createIncidentReader } from '../../../src/store/incident-reader.ts';
import { eventually } from '../../support/eventually.ts';
import { anEvent, silent } from '../../support/event-log.ts';
import { holdFinds } from '../../support/hold-finds.ts';
import { openTestDatabase } from '../../support/test-database.ts';
import { startGraphqlApp } from './graphql-app.ts';
import type { GraphqlApp } from './graphql-app.ts';
import { connectLive } from './live-client.ts';

const LIST = '{ incidents { nodes { id } } }';
const SOON = { timeoutMs: 300 };
const LATE = { timeoutMs: 60_000 };

async function createIncident(app: GraphqlApp): Promise<string> {
  const { data } = await app.ask('mutation { createIncident(input: { title: "T" }) { incident { id } } }');
  return data.createIncident.incident.id;
}

/** A logger that remembers what is told as a fault. */
function watchFaults() {
  const faults: unknown[] = [];
  return { faults, logger: { ...silent, error: (fields: unknown) => void faults.push(fields) } as never };
}

test('a query that takes too long is answered TIMEOUT in time, and what it reads ends in the database', async () => {
  const { faults, logger } = watchFaults();
  const app = await startGraphqlApp({ settings: SOON, over: { logger } });
  await createIncident(app);
  const held = await holdFinds(app.connection, 'incidents');
  const begunAt = performance.now();
  const answer = app.ask(LIST);
  await held.until(1);
  expect(await answer).toMatchObject({
    status: 504,
    errors: [{ message: expect.stringContaining('within 0.3 s'), extensions: { code: 'TIMEOUT' } }],
  });
  expect(performance.now() - begunAt).toBeLessThan(1500);
  await held.until(0);
  await held.release();
  expect((await app.ask(LIST)).data.incidents.nodes).toHaveLength(1);
  expect(faults).toEqual([]);
});

test('what was found by then is told beside what was not', async () => {
  const app = await startGraphqlApp({ settings: SOON });
  const id = await createIncident(app);
  await holdFinds(app.connection, 'timeline_entries');
  const answer = await app.ask(
    'query($id: ID!) { found: incident(id: $id) { title } missed: incident(id: $id) { timeline { nodes { id } } } }',
    { id },
  );
  expect(answer).toMatchObject({
    status: 200,
    data: { found: { title: 'T' }, missed: null },
    errors: [{ path: ['missed', 'timeline'], extensions: { code: 'TIMEOUT' } }],
  });
});

test('a read that never ends is not waited for', async () => {
  const connection = await openTestDatabase();
  const incidents = { ...createIncidentReader(connection), byIds: () => new Promise<never>(() => undefined) };
  const app = await startGraphqlApp({ connection, settings: SOON, over: { incidents } });
  expect(await app.ask('{ incident(id: "x") { id } }')).toMatchObject({
    status: 504,
    errors: [{ extensions: { code: 'TIMEOUT' } }],
  });
});

test('a mutation that was begun goes on, its client is told how to repeat it, and the next one is not begun', async () => {
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  const submitted: Promise<unknown>[] = [];
  const app: GraphqlApp = await startGraphqlApp({
    settings: SOON,
    over: {
      committer: {
        submit(submission) {
          const result = held.then(() => app.committer.submit(submission));
          submitted.push(result);
          return result;
        },
      },
    },
  });
  const create = (name: string) => `${name}: createIncident(input: { title: "${name}" }) { incident { id } }`;
  const answer = await app.ask(`mutation { ${create('first')} ${create('second')} }`);
  expect(answer).toMatchObject({
    status: 504,
    errors: [
      {
        message: expect.stringMatching(/outcome is unknown.*clientMutationKey/s),
        extensions: { code: 'TIMEOUT' },
      },
    ],
  });
  letGo();
  await Promise.all(submitted);
  const { data } = await eventually(
    () => app.ask('{ incidents { nodes { title } } }'),
    (found) => found.data.incidents.nodes.length > 0,
    { withinMs: 2000, what: 'what was begun is done' },
  );
  expect(data.incidents.nodes).toEqual([{ title: 'first' }]);
  expect(submitted).toHaveLength(1);
});

test('what is read for a client that went away ends', async () => {
  const { faults, logger } = watchFaults();
  const app = await startGraphqlApp({ settings: LATE, over: { logger } });
  await createIncident(app);
  const held = await holdFinds(app.connection, 'incidents');
  const client = new AbortController();
  const answer = fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: LIST }),
    signal: client.signal,
  });
  await held.until(1);
  client.abort();
  await expect(answer).rejects.toThrow();
  await held.until(0);
  expect(faults).toEqual([]);
});

const WITH_INCIDENT = 'subscription($after: Sequence) { events(after: $after) { sequence incident { id } } }';

test('an execution for an event has the same time, and the next event gets its own', async () => {
  const { faults, logger } = watchFaults();
  const app = await startGraphqlApp({ settings: SOON, over: { logger } });
  const incidentId = await createIncident(app);
  const live = connectLive(app.url).follow(WITH_INCIDENT, { after: 0 });
  await live.count(1);
  const held = await holdFinds(app.connection, 'incidents');
  await app.log.commit(anEvent({ incidentId, incidentSeq: 3 }));
  expect((await live.count(2))[1]).toMatchObject({
    data: { events: { sequence: 2, incident: null } },
    errors: [{ path: ['events', 'incident'], extensions: { code: 'TIMEOUT' } }],
  });
  await held.release();
  await app.log.commit(anEvent({ incidentId, incidentSeq: 4 }));
  expect((await live.count(3))[2]).toEqual({ events: { sequence: 3, incident: { id: incidentId } } });
  expect(faults).toEqual([]);
});
