import { expect, test } from 'vitest';
import { startGraphqlApp } from './graphql-app.ts';
import type { GraphqlApp } from './graphql-app.ts';

const KEY = 'made up by the client';

/** Of each mutation that makes something: what it answers with, and an input of which the n-th differs from the others. */
const CREATES = {
  createWebhookEndpoint: {
    shown: 'webhookEndpoint { id description } secret',
    input: (n: number) => ({
      url: `https://receiver-${n}.example/`,
      events: ['INCIDENT_CREATED'],
      description: `try ${n}`,
    }),
  },
  createSource: {
    shown: 'source { id description } secret',
    // Another name each time: what stands in the way is the key, not the name.
    input: (n: number) => ({ provider: 'generic', name: `source-${n}`, description: `try ${n}` }),
  },
  addEvidence: {
    shown: 'evidence { id title } incident { id }',
    input: (n: number, incidentId?: string) => ({ incidentId, kind: 'LOG', title: `try ${n}`, text: 'x' }),
  },
  addTimelineEntry: {
    shown: 'timelineEntry { id text } incident { id }',
    input: (n: number, incidentId?: string) => ({ incidentId, text: `try ${n}` }),
  },
} as const;
type Create = keyof typeof CREATES;
const NAMES = Object.keys(CREATES) as Create[];

async function mutate(app: GraphqlApp, name: string, shown: string, input: object) {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const { data, errors } = await app.ask(
    `mutation($input: ${type}!) { ${name}(input: $input) { ${shown} errors { code path } } }`,
    { input },
  );
  expect(errors).toBeUndefined();
  return data[name];
}

async function make(app: GraphqlApp, name: Create, n: number, incidentId?: string, key = KEY) {
  const { shown, input } = CREATES[name];
  const given = { ...input(n, incidentId), clientMutationKey: key };
  const { errors, secret, incident, ...object } = await mutate(app, name, shown, given);
  expect(errors).toEqual([]);
  const [made] = Object.values(object) as {
    id: string;
    title?: string;
    text?: string;
    description?: string;
  }[];
  if (made === undefined) throw new Error('nothing was made');
  return { id: made.id, says: made.title ?? made.text ?? made.description, secret, incident };
}

async function anIncident(app: GraphqlApp): Promise<string> {
  return (await mutate(app, 'createIncident', 'incident { id }', { title: 'Down' })).incident.id;
}

/** Two servers on one database. */
async function startTwo(): Promise<[GraphqlApp, GraphqlApp]> {
  const one = await startGraphqlApp();
  return [one, await startGraphqlApp({ connection: one.connection })];
}

test('the same key at once, in two processes, makes one of each kind, and the secret is shown once', async () => {
  const apps = await startTwo();
  const incidentId = await anIncident(apps[0]);
  for (const name of NAMES) {
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => make(apps[n % 2 === 0 ? 0 : 1], name, n, incidentId)),
    );
    expect(new Set(answers.map(({ id }) => id)).size, name).toBe(1);
    expect(new Set(answers.map(({ says }) => says)).size, name).toBe(1);
    if (name.startsWith('create'))
      expect(
        answers.filter(({ secret }) => secret !== null),
        name,
      ).toHaveLength(1);
    // The answer may have been lost: asked again, it is the same, whatever else is said.
    expect(await make(apps[0], name, 99, incidentId)).toMatchObject({
      ...answers[0],
      secret: name.startsWith('create') ? null : undefined,
    });
  }
  const { data } = await apps[1].ask(`{
    incident(id: "${incidentId}") {
      timeline(kind: [NOTE]) { totalCount } evidence { totalCount }
    }
    webhookEndpoints { totalCount }
    sources(filter: { managedBy: [API] }) { totalCount }
  }`);
  expect(data).toMatchObject({
    incident: { timeline: { totalCount: 1 }, evidence: { totalCount: 1 } },
    webhookEndpoints: { totalCount: 1 },
    sources: { totalCount: 1 },
  });
});

test('a key belongs to one kind of object, and on an incident to that incident', async () => {
  const app = await startGraphqlApp();
  const incidents = [await anIncident(app), await anIncident(app)];
  const ids: string[] = [];
  for (const incidentId of incidents)
    for (const name of ['addEvidence', 'addTimelineEntry'] as const)
      ids.push((await make(app, name, 1, incidentId)).id);
  expect(new Set(ids).size).toBe(4);
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const others = [
    await make(app, 'addEvidence', 1, incidents[0], 'another key'),
    await make(app, 'createSource', 1),
  ];
  expect(new Set([...ids, ...others.map(({ id }) => id)]).size).toBe(6);
  for (const incidentId of incidents) {
    const { incident } = await make(app, 'addTimelineEntry', 2, incidentId);
    expect(incident.id).toBe(incidentId);
  }
});

test('a key stays with what was made through all its changes, and is forgotten with it', async () => {
  const app = await startGraphqlApp();
  const source = await make(app, 'createSource', 1);
  await mutate(app, 'updateSource', 'source { id }', {
    id: source.id,
    name: 'renamed',
    description: 'changed',
  });
  await mutate(app, 'rotateSourceSecret', 'source { id }', { id: source.id });
  expect(await make(app, 'createSource', 1)).toMatchObject({ id: source.id, says: 'changed', secret: null });

  const endpoint = await make(app, 'createWebhookEndpoint', 1);
  await mutate(app, 'updateWebhookEndpoint', 'webhookEndpoint { id }', {
    id: endpoint.id,
    description: 'changed',
  });
  await mutate(app, 'rotateWebhookEndpointSecret', 'webhookEndpoint { id }', { id: endpoint.id });
  expect(await make(app, 'createWebhookEndpoint', 2)).toMatchObject({ id: endpoint.id, says: 'changed' });

  await mutate(app, 'deleteSource', 'source { id }', { id: source.id });
  await mutate(app, 'deleteWebhookEndpoint', 'webhookEndpoint { id }', { id: endpoint.id });
  expect((await make(app, 'createSource', 3)).id).not.toBe(source.id);
  expect((await make(app, 'createWebhookEndpoint', 3)).id).not.toBe(endpoint.id);
});

test('what was refused has used no key, and a key that is none is refused', async () => {
  const app = await startGraphqlApp();
  const { shown, input } = CREATES.createWebhookEndpoint;
  const refused = await mutate(app, 'createWebhookEndpoint', shown, {
    ...input(1),
    url: 'ftp://x',
    clientMutationKey: KEY,
  });
  expect(refused).toMatchObject({
    webhookEndpoint: null,
    errors: [{ code: 'INVALID', path: ['input', 'url'] }],
  });
  expect((await make(app, 'createWebhookEndpoint', 1)).secret).not.toBeNull();

  const incidentId = await anIncident(app);
  for (const name of NAMES)
    for (const clientMutationKey of [' ', 'x'.repeat(201)]) {
      const given = { ...CREATES[name].input(7, incidentId), clientMutationKey };
      const { errors } = await mutate(app, name, CREATES[name].shown, given);
      expect(errors, name).toEqual([{ code: 'INVALID', path: ['input', 'clientMutationKey'] }]);
    }
  const { data } = await app.ask(
    '{ sources(filter: { managedBy: [API] }) { totalCount } webhookEndpoints { totalCount } }',
  );
  expect(data).toEqual({ sources: { totalCount: 0 }, webhookEndpoints: { totalCount: 1 } });
});
