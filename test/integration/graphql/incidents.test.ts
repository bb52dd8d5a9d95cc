import { expect, test } from 'vitest';
import { startGraphqlApp } from './graphql-app.ts';
import type { GraphqlApp } from './graphql-app.ts';

const CREATE = `mutation Create($input: CreateIncidentInput!) {
  createIncident(input: $input) { incident { id title status severity source externalKey service createdAt } errors { code message path } }
}`;

async function create(app: GraphqlApp, title: string, more: object = {}): Promise<string> {
  const { data, errors } = await app.ask(CREATE, { input: { title, ...more } });
  expect(errors).toBeUndefined();
  expect(data.createIncident.errors).toEqual([]);
  return data.createIncident.incident.id;
}

test('a created incident is there for the next query, with its timeline and event', async () => {
  const app = await startGraphqlApp();
  const id = await create(app, 'Checkout is down', {
    severity: 'HIGH',
    service: 'checkout',
    description: 'All carts fail',
  });
  await app.ask(
    `mutation($id: ID!) { acknowledgeIncident(input: { id: $id, note: "On it" }) { incident { status acknowledgedAt } errors { code } } }`,
    { id },
  );
  const { data, errors } = await app.ask(
    `query($id: ID!) { incident(id: $id) {
      id title description severity status source externalKey service url createdAt openedAt updatedAt acknowledgedAt resolvedAt triggerCount lastSeenAt
      timeline { nodes { id kind text actor occurredAt recordedAt receipt { id } deployment { id } data } pageInfo { hasNextPage hasPreviousPage } }
    } }`,
    { id },
  );
  expect(errors).toBeUndefined();
  expect(data.incident).toMatchObject({
    id,
    title: 'Checkout is down',
    description: 'All carts fail',
    severity: 'HIGH',
    status: 'ACKNOWLEDGED',
    source: 'mutation',
    externalKey: null,
    service: 'checkout',
    url: null,
    resolvedAt: null,
    triggerCount: 1,
  });
  expect(data.incident.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(data.incident.timeline.nodes.map(({ kind }: { kind: string }) => kind)).toEqual([
    'OPENED',
    'ACKNOWLEDGED',
  ]);
  expect(data.incident.timeline.pageInfo).toEqual({ hasNextPage: false, hasPreviousPage: false });
});

test('every action of a person answers with the incident as it then is', async () => {
  const app = await startGraphqlApp();
  const id = await create(app, 'Disk full');
  const run = async (
    field: string,
    input: string,
  ): Promise<{ incident: { status: string }; errors: unknown[] }> => {
    const { data, errors } = await app.ask(
      `mutation($id: ID!) { result: ${field}(input: { id: $id ${input} }) { incident { id title status severity service url description } errors { code message path } } }`,
      { id },
    );
    expect(errors).toBeUndefined();
    return data.result;
  };
  expect((await run('acknowledgeIncident', '')).incident.status).toBe('ACKNOWLEDGED');
  expect((await run('resolveIncident', 'note: "Cleaned up"')).incident.status).toBe('RESOLVED');
  expect(await run('acknowledgeIncident', '')).toMatchObject({
    incident: null,
    errors: [{ code: 'CONFLICT' }],
  });
  expect((await run('reopenIncident', '')).incident.status).toBe('OPEN');
  expect(
    await run(
      'updateIncident',
      'title: "Disk is full", severity: LOW, service: "db", url: "https://status.example/1"',
    ),
  ).toEqual({
    incident: {
      id,
      title: 'Disk is full',
      status: 'OPEN',
      severity: 'LOW',
      service: 'db',
      url: 'https://status.example/1',
      description: '',
    },
    errors: [],
  });
  expect(await run('updateIncident', 'service: null')).toMatchObject({
    incident: { service: null, title: 'Disk is full' },
  });
});

test('what a person writes and adds stands on the timeline and among the evidence', async () => {
  const app = await startGraphqlApp();
  const incidentId = await create(app, 'Latency');
  const note = await app.ask(
    `mutation($input: AddTimelineEntryInput!) { addTimelineEntry(input: $input) { timelineEntry { id kind text } incident { id } errors { code } } }`,
    { input: { incidentId, text: 'Restarted the pool' } },
  );
  expect(note.data.addTimelineEntry).toMatchObject({
    timelineEntry: { kind: 'NOTE', text: 'Restarted the pool' },
    errors: [],
  });
  const added = await app.ask(
    `mutation($input: AddEvidenceInput!) { addEvidence(input: $input) { evidence { id kind title text url hash source incident { id } } errors { code } } }`,
    { input: { incidentId, kind: 'LOG', title: 'Pool log', text: 'timeout after 5 s' } },
  );
  const { evidence } = added.data.addEvidence;
  expect(evidence).toMatchObject({
    kind: 'LOG',
    title: 'Pool log',
    text: 'timeout after 5 s',
    url: null,
    incident: { id: incidentId },
  });
  const { data } = await app.ask(
    `query($id: ID!, $evidence: ID!) { incident(id: $id) { evidence { nodes { id } } } evidence(id: $evidence) { title } }`,
    { id: incidentId, evidence: evidence.id },
  );
  expect(data).toEqual({
    incident: { evidence: { nodes: [{ id: evidence.id }] } },
    evidence: { title: 'Pool log' },
  });
});

test('a refusal is data and says where in the input', async () => {
  const app = await startGraphqlApp();
  const refused = await app.ask(CREATE, { input: { title: '  ', url: 'ftp://x', service: 'x'.repeat(201) } });
  expect(refused.status).toBe(200);
  expect(refused.data.createIncident).toEqual({
    incident: null,
    errors: [
      { code: 'INVALID', message: 'title must have 1 to 1,000 characters', path: ['input', 'title'] },
      { code: 'INVALID', message: 'service must have 1 to 200 characters', path: ['input', 'service'] },
      { code: 'INVALID', message: 'url must be an http or https address', path: ['input', 'url'] },
    ],
  });
  const unknown = await app.ask(
    `mutation { resolveIncident(input: { id: "nope" }) { incident { id } errors { code path } } }`,
  );
  expect(unknown.data.resolveIncident).toEqual({
    incident: null,
    errors: [{ code: 'NOT_FOUND', path: ['input', 'id'] }],
  });
  const entry = await app.ask(
    `mutation { addTimelineEntry(input: { incidentId: "nope", text: "x" }) { timelineEntry { id } errors { code path } } }`,
  );
  expect(entry.data.addTimelineEntry.errors).toEqual([{ code: 'NOT_FOUND', path: ['input', 'incidentId'] }]);
  const nothing = await app.ask(
    `mutation { addEvidence(input: { incidentId: "nope", kind: LINK, title: "x" }) { evidence { id } errors { message path } } }`,
  );
  expect(nothing.data.addEvidence.errors).toEqual([
    { message: 'text or url must be given', path: ['input', 'text'] },
  ]);
  const nulls = await app.ask(
    `mutation { updateIncident(input: { id: "x", title: null, severity: null }) { errors { path } } }`,
  );
  expect(nulls.data.updateIncident.errors.map(({ path }: { path: string[] }) => path[1])).toEqual([
    'title',
    'severity',
  ]);
});

test('creating again with the same key of the client creates nothing', async () => {
  const app = await startGraphqlApp();
  const first = await create(app, 'Once', { clientMutationKey: 'k1' });
  expect(await create(app, 'Once', { clientMutationKey: 'k1' })).toBe(first);
  const { data } = await app.ask('{ incidents { nodes { id } } }');
  expect(data.incidents.nodes).toEqual([{ id: first }]);
});

test('half a character in a text is replaced instead of being refused by the database', async () => {
  const app = await startGraphqlApp();
  const id = await create(app, 'Broken \ud800 title');
  const { data } = await app.ask('query($id: ID!) { incident(id: $id) { title } }', { id });
  expect(data.incident.title).toBe('Broken \ufffd title');
});
