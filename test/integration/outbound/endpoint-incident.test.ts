import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { startReportEndpointHealth } from '../../../src/commands/report-endpoint-health.ts';
import type { WorkerLoop } from '../../../src/kernel/worker-loop.ts';
import { createBroadcast } from '../../../src/kernel/broadcast.ts';
import { systemClock } from '../../../src/kernel/clock.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { EVENT_TYPES } from '../../../src/domain/event.ts';
import type { Committer } from '../../../src/domain/submission.ts';
import { createEndpointHealthStore } from '../../../src/store/endpoint-health-store.ts';
import { createWebhookEndpointStore } from '../../../src/store/webhook-endpoint-store.ts';
import type { WebhookEndpointStore } from '../../../src/store/webhook-endpoint-store.ts';
import { eventually } from '../../support/eventually.ts';
import { openEventLog, sequence, silent } from '../../support/event-log.ts';
import { startTestCommitter } from '../../support/write-path.ts';
import { ok, refuse, startReceiver } from './receiver.ts';
import type { Receiver } from './receiver.ts';
import { SECRET, openWorld } from './world.ts';
import type { World } from './world.ts';

let world: World;
let receiver: Receiver;
let endpoints: WebhookEndpointStore;
let committer: Committer;

/** The whole way: commands are committed, numbered, fanned out and pushed, and health is reported as a command. */
beforeEach(async () => {
  world = await openWorld();
  receiver = await startReceiver();
  const { connection } = world;
  endpoints = createWebhookEndpointStore(connection);
  const log = await openEventLog(connection);
  committer = await startTestCommitter(connection, { onCommitted: () => log.committed.emit() });
  const sequencer = sequence(log, { endpoints });
  onTestFinished(() => sequencer[Symbol.asyncDispose]());
  const wake = createBroadcast<{ endpointIds: readonly string[] }>();
  log.numbered.subscribe(({ endpointIds }) => wake.emit({ endpointIds }));
  const healthChanged = createBroadcast<void>();
  const outbound = await world.start({
    endpoints,
    wake,
    onHealthChanged: () => healthChanged.emit(),
    schedule: [0, ...Array.from({ length: 200 }, () => 0.1)],
  });
  const reporting: WorkerLoop = startReportEndpointHealth({
    healths: createEndpointHealthStore(connection),
    endpoints,
    committer,
    isOurs: outbound.isOurs,
    clock: systemClock,
    newId,
    logger: silent,
  });
  onTestFinished(() => reporting[Symbol.asyncDispose]());
  healthChanged.subscribe(() => reporting.wake());
  for (const id of ['bad', 'good']) await register(id);
});

async function register(id: string): Promise<void> {
  await endpoints.insert({
    id,
    url: receiver.url(`/${id}?token=s3cret`),
    events: EVENT_TYPES,
    description: null,
    isActive: true,
    secret: { form: 'PLAIN', value: SECRET },
    createdAt: new Date(),
  });
}

async function openIncidents(...titles: string[]): Promise<void> {
  for (const title of titles) {
    await committer.submit({
      kind: 'COMMAND',
      id: newId(),
      receivedAt: new Date(),
      actor: null,
      command: {
        kind: 'CREATE_INCIDENT',
        fields: { title, description: '', severity: 'HIGH', service: null, url: null, source: 'person' },
        clientMutationKey: null,
      },
    });
  }
}

interface Payload {
  event: string;
  data: { title: string; status: string; severity: string };
}

const aboutEndpoints = (id: string): Payload[] =>
  receiver
    .arrivals(`/${id}?token=s3cret`)
    .map(({ body }) => JSON.parse(body) as Payload)
    .filter(({ data }) => data.title.startsWith('Webhook endpoint'));

function hears(id: string, status: string): Promise<Payload[]> {
  return eventually(
    () => aboutEndpoints(id),
    (heard) => heard.at(-1)?.data.status === status,
    { withinMs: 15_000, what: `${id} hears that the incident is ${status}` },
  );
}

it('a failing endpoint is an incident that others hear of and it does not, over when it works again', async () => {
  receiver.answer('/bad?token=s3cret', refuse(500));
  await openIncidents('one', 'two', 'three', 'four', 'five', 'six');
  const [opened] = await hears('good', 'open');
  expect(opened).toMatchObject({ event: 'incident.created', data: { severity: 'medium' } });
  expect(opened?.data.title).toMatch(/^Webhook endpoint 127\.0\.0\.1:\d+ is failing$/);

  receiver.answer('/bad?token=s3cret', ok);
  const heard = await hears('good', 'resolved');
  expect(heard.map(({ event }) => event)).toEqual(['incident.created', 'incident.updated']);
  await openIncidents('seven');
  const all = await eventually(
    () => world.read({ endpointId: 'bad' }),
    (found) => found.length === 7 && found.every(({ state }) => state === 'DELIVERED'),
    { withinMs: 15_000, what: 'all seven are delivered' },
  );
  expect(all).toHaveLength(7);
  expect(aboutEndpoints('bad')).toEqual([]);
  expect(receiver.arrivals('/good?token=s3cret').some(({ body }) => body.includes('s3cret'))).toBe(false);
});

it('an endpoint that is gone is disabled and an urgent incident, over when it is removed', async () => {
  receiver.answer('/bad?token=s3cret', refuse(410));
  await openIncidents('one');
  const [opened] = await hears('good', 'open');
  expect(opened?.data.severity).toBe('high');
  expect(await endpoints.byId('bad')).toMatchObject({ state: 'DISABLED', disabledReason: 'GONE' });
  await endpoints.remove('bad');
  await hears('good', 'resolved');
  await eventually(
    () => world.health('bad'),
    (health) => health === null,
    { withinMs: 5000, what: 'its health is forgotten' },
  );
});
