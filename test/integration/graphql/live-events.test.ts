import { expect, test } from 'vitest';
import { anEvent, commitMany } from '../../support/event-log.ts';
import { headModel } from '../../../src/store/head-row.ts';
import { eventModel } from '../../../src/store/event-row.ts';
import { startGraphqlApp } from './graphql-app.ts';
import type { GraphqlApp } from './graphql-app.ts';
import { connectLive } from './live-client.ts';

const EVENTS = `subscription($after: Sequence, $filter: EventFilter) {
  events(after: $after, filter: $filter) { sequence type snapshot { incidentId title } }
}`;

interface Received {
  events: { sequence: number; snapshot: { incidentId: string } };
}

const numbers = (received: Received[]): number[] => received.map(({ events }) => events.sequence);
const upTo = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, index) => from + 1 + index);

async function numbered(app: GraphqlApp, head: number): Promise<void> {
  while ((await app.log.events.head()).sequence < head)
    await new Promise((resolve) => setTimeout(resolve, 5));
}

test('who comes back with the last number receives exactly what was missed, then live events', async () => {
  const app = await startGraphqlApp();
  const first = connectLive(app.url).follow(EVENTS, { after: 0 });
  await app.log.commit(anEvent(), anEvent({ incidentSeq: 2 }), anEvent({ incidentSeq: 3 }));
  const seen = numbers(await first.count(3));
  first.stop();

  const missed = await commitMany(7, app.log, 150);
  await numbered(app, 3 + missed);
  const again = connectLive(app.url).follow(EVENTS, { after: seen.at(-1) });
  await again.count(missed);
  await app.log.commit(anEvent({ incidentId: 'live', incidentSeq: 1 }));
  const total = 3 + missed + 1;
  expect(numbers(await again.count(missed + 1))).toEqual(upTo(3, total));
});

test('nothing is missed or repeated by those who join while events are numbered all the time', async () => {
  const app = await startGraphqlApp();
  const writing = Promise.all([commitMany(1, app.log, 120), commitMany(2, app.log, 120)]);
  const followed = [];
  for (let after = 0; after < 40; after++) {
    followed.push({ after, live: connectLive(app.url).follow(EVENTS, { after: 0 }) });
    await new Promise((resolve) => setImmediate(resolve));
  }
  await followed[0]?.live.count(100);
  const late = connectLive(app.url).follow(EVENTS, { after: 100 });
  const total = (await writing).reduce((sum, count) => sum + count, 0);
  for (const { live } of followed) expect(numbers(await live.count(total))).toEqual(upTo(0, total));
  expect(total).toBeGreaterThan(500);
  expect((await late.count(1))[0].events.sequence).toBe(101);
  expect(numbers(await late.count(total - 100))).toEqual(upTo(100, total));
});

test('without a number only what happens from now on comes', async () => {
  const app = await startGraphqlApp();
  await app.log.commit(anEvent());
  await numbered(app, 1);
  const live = connectLive(app.url).follow(EVENTS);
  while (app.service.live.groups() === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await app.log.commit(anEvent({ incidentSeq: 2 }));
  expect(numbers(await live.count(1))).toEqual([2]);
});

test('a filter looks at the incident as it stood at the event, in replay and live alike', async () => {
  const app = await startGraphqlApp();
  await app.log.commit(
    anEvent({ incidentId: 'a' }),
    anEvent({ incidentId: 'b' }),
    anEvent({ incidentId: 'a', incidentSeq: 2, type: 'INCIDENT_UPDATED' }),
  );
  await numbered(app, 3);
  const client = connectLive(app.url);
  const ofA = client.follow(EVENTS, { after: 0, filter: { incidentId: ['a'] } });
  const updated = client.follow(EVENTS, {
    after: 0,
    filter: { type: ['INCIDENT_UPDATED'], severity: ['HIGH'], service: ['checkout'] },
  });
  const none = client.follow(EVENTS, { after: 0, filter: { service: ['other'] } });
  await ofA.count(2);
  await updated.count(1);
  await app.log.commit(
    anEvent({ incidentId: 'b', incidentSeq: 2, type: 'INCIDENT_UPDATED' }),
    anEvent({ incidentId: 'a', incidentSeq: 3 }),
  );
  expect(new Set((await ofA.count(3)).map(({ events }) => events.snapshot.incidentId))).toEqual(
    new Set(['a']),
  );
  expect((await updated.count(2)).map(({ events }) => events.type)).toEqual([
    'INCIDENT_UPDATED',
    'INCIDENT_UPDATED',
  ]);
  expect(none.received).toEqual([]);
});

test('a number whose successors are no longer kept, and one not given yet, are told apart', async () => {
  const app = await startGraphqlApp();
  await commitMany(1, app.log, 10);
  const { sequence: head } = await until(app);
  await headModel(app.connection).collection.updateOne({ _id: 'events' } as object, { $set: { floor: 5 } });
  await eventModel(app.connection).collection.deleteMany({ sequence: { $lte: 5 } });
  const client = connectLive(app.url);

  expect(await client.follow(EVENTS, { after: 4 }).ended).toMatchObject([
    { extensions: { code: 'SEQUENCE_EXPIRED', floor: 5 } },
  ]);
  expect(await client.follow(EVENTS, { after: head + 1 }).ended).toMatchObject([
    { extensions: { code: 'SEQUENCE_AHEAD', head } },
  ]);
  expect(numbers(await client.follow(EVENTS, { after: 5 }).count(head - 5))).toEqual(upTo(5, head));
  expect(numbers(await client.follow(EVENTS, { after: 0 }).count(head - 5))).toEqual(upTo(5, head));
  const { data } = await app.ask('{ eventLog { head floor } }');
  expect(data.eventLog).toEqual({ head, floor: 5 });
});

async function until(app: GraphqlApp): Promise<{ sequence: number }> {
  for (;;) {
    if (!(await app.log.events.hasUnnumbered())) return app.log.events.head();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

test('those who ask the same share one execution, also when they began at different numbers', async () => {
  const app = await startGraphqlApp();
  await app.log.commit(anEvent(), anEvent({ incidentSeq: 2 }));
  await numbered(app, 2);
  const client = connectLive(app.url);
  const all = [
    client.follow(EVENTS, { after: 0 }),
    client.follow(EVENTS, { after: 1 }),
    client.follow(EVENTS),
    client.follow(EVENTS, { after: 2 }),
    client.follow(EVENTS, { filter: { type: ['EVIDENCE_ADDED'] } }),
  ];
  await all[0]?.count(2);
  await all[1]?.count(1);
  while (app.service.live.groups() < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  await app.log.commit(anEvent({ incidentSeq: 3 }));
  await Promise.all([all[0]?.count(3), all[1]?.count(2), all[2]?.count(1), all[3]?.count(1)]);
  expect(app.service.live.groups()).toBe(2);
  for (const followed of all) followed.stop();
  while (app.service.live.groups() > 0) await new Promise((resolve) => setTimeout(resolve, 5));
});

test('each type of event brings what it adds', async () => {
  const app = await startGraphqlApp();
  const live = connectLive(app.url).follow(
    `subscription { events(after: 0) {
      id type occurredAt recordedAt incident { title }
      snapshot { status severity service triggerCount }
      ... on IncidentUpdated { changes { field from to } }
      ... on TimelineUpdated { entries { entryId kind text } }
      ... on EvidenceAdded { evidence { evidenceId kind title } }
    } }`,
  );
  const { data } = await app.ask('mutation { createIncident(input: { title: "T" }) { incident { id } } }');
  const { id } = data.createIncident.incident;
  await app.ask('mutation($id: ID!) { updateIncident(input: { id: $id, title: "U" }) { errors { code } } }', {
    id,
  });
  await app.ask(
    'mutation($id: ID!) { addTimelineEntry(input: { incidentId: $id, text: "n" }) { errors { code } } }',
    { id },
  );
  await app.ask(
    'mutation($id: ID!) { addEvidence(input: { incidentId: $id, kind: NOTE, title: "e", text: "x" }) { errors { code } } }',
    { id },
  );
  const events = (await live.count(4)).map((received) => received.events);
  expect(events.map(({ type }) => type)).toEqual([
    'INCIDENT_CREATED',
    'INCIDENT_UPDATED',
    'TIMELINE_UPDATED',
    'EVIDENCE_ADDED',
  ]);
  expect(events[1].changes).toEqual([{ field: 'title', from: 'T', to: 'U' }]);
  expect(events[2].entries).toMatchObject([{ kind: 'NOTE', text: 'n' }]);
  expect(events[3].evidence).toMatchObject([{ kind: 'NOTE', title: 'e' }]);
  const listed = await app.ask(
    'query($id: ID!, $event: ID!) { incident(id: $id) { events { nodes { id sequence type } } } event(id: $event) { sequence incident { id } } }',
    { id, event: events[1].id },
  );
  expect(listed.data.incident.events.nodes.map((event: { id: string }) => event.id)).toEqual(
    events.map((event) => event.id),
  );
  expect(listed.data.event).toEqual({ sequence: 2, incident: { id } });
});

test('an incident comes as it is now, then again after each change; an unknown one is NOT_FOUND', async () => {
  const app = await startGraphqlApp();
  const { data } = await app.ask('mutation { createIncident(input: { title: "T" }) { incident { id } } }');
  const { id } = data.createIncident.incident;
  const client = connectLive(app.url);
  const live = client.follow('subscription($id: ID!) { incident(id: $id) { id title status } }', { id });
  expect((await live.count(1))[0].incident).toEqual({ id, title: 'T', status: 'OPEN' });
  await app.ask('mutation($id: ID!) { resolveIncident(input: { id: $id }) { errors { code } } }', { id });
  for (let count = 2; ; count++) {
    const last = (await live.count(count)).at(-1).incident;
    if (last.status === 'RESOLVED') break;
  }
  expect(await client.follow('subscription { incident(id: "nope") { id } }').ended).toMatchObject([
    { extensions: { code: 'NOT_FOUND' } },
  ]);
});
