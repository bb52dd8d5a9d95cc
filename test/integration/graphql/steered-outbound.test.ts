import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import type { UnnumberedEvent } from '../../../src/domain/event.ts';
import { anEvent } from '../../support/event-log.ts';
import { eventually } from '../../support/eventually.ts';
import { hang, refuse, startReceiver } from '../outbound/receiver.ts';
import type { Arrival } from '../outbound/receiver.ts';
import { startPushingApp } from './pushing-app.ts';
import type { PushingApp } from './pushing-app.ts';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const ALWAYS = '2000-01-01T00:00:00.000Z';
const WITHIN = { withinMs: 15_000 };

const facts = (incidentId: string, count: number): UnnumberedEvent[] =>
  Array.from({ length: count }, (_, index) => anEvent({ incidentId, incidentSeq: index + 1 }));

async function stateOf(app: PushingApp, id: string): Promise<any> {
  const { data } = await app.ask(
    `query($id: ID!) { delivery(id: $id) { state attemptCount redelivery { attemptsBefore } attempts { manual outcome } } }`,
    { id },
  );
  return data.delivery;
}

test('a test event arrives at once, signed, marked as a test and without a number', async () => {
  const [app, receiver] = [await startPushingApp(), await startReceiver()];
  const endpointId = await app.register({ url: receiver.url('/a'), secret: SECRET });
  const { delivery } = await app.mutate(
    'sendTestEvent',
    { endpointId, type: 'INCIDENT_UPDATED' },
    'delivery { id }',
  );
  const [arrival] = await eventually(
    () => receiver.arrivals('/a'),
    ({ length }) => length > 0,
    { ...WITHIN, what: 'the test event arrives' },
  );
  const { headers, body } = arrival as Arrival;
  expect(headers).toMatchObject({
    'x-opslens-test': 'true',
    'x-opslens-event': 'incident.updated',
    'x-opslens-delivery': delivery.id,
    'webhook-id': delivery.id.split(':')[0],
  });
  expect(headers).not.toHaveProperty('x-opslens-sequence');
  expect(headers).not.toHaveProperty('x-opslens-previous-sequence');
  expect(new Webhook(SECRET).verify(body, headers as Record<string, string>)).toMatchObject({
    event: 'incident.updated',
    data: { test: true },
  });
  await eventually(
    () => stateOf(app, delivery.id),
    ({ state }) => state === 'DELIVERED',
    {
      ...WITHIN,
      what: 'the test event is delivered',
    },
  );
});

test('a dead delivery is sent again, with a whole schedule ahead of it and its first attempt marked', async () => {
  const [app, receiver] = [await startPushingApp({ schedule: [0, 0.05] }), await startReceiver()];
  const endpointId = await app.register({ url: receiver.url('/a') });
  receiver.answer('/a', refuse(500));
  const [event] = facts('incident', 1);
  await app.commit(event as UnnumberedEvent);
  const id = `${event?.id}:${endpointId}`;
  const dies = (attemptCount: number): Promise<any> =>
    eventually(
      () => stateOf(app, id),
      (seen) => seen.state === 'DEAD' && seen.attemptCount === attemptCount,
      { ...WITHIN, what: `it is dead after ${attemptCount} attempts` },
    );
  await dies(2);
  await app.mutate('redeliver', { deliveryId: id }, 'delivery { state }');
  const dead = await dies(4);
  expect(dead.attempts.map(({ manual }: { manual: boolean }) => manual)).toEqual([false, false, true, false]);
  receiver.answer('/a', (response) => response.end('thanks'));
  await app.mutate('redeliver', { deliveryId: id }, 'delivery { state }');
  await eventually(
    () => stateOf(app, id),
    ({ state }) => state === 'DELIVERED',
    {
      ...WITHIN,
      what: 'it is delivered',
    },
  );
  const arrivals = receiver.arrivals('/a');
  expect(arrivals).toHaveLength(5);
  expect(new Set(arrivals.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([event?.id]));
  expect(new Set(arrivals.map(({ body }) => body)).size).toBe(1);
});

test('what a person has sent right after switching an endpoint on again is sent, not cancelled', async () => {
  const [app, receiver] = [await startPushingApp(), await startReceiver()];
  const endpointId = await app.register({ url: receiver.url('/a') });
  const [event] = facts('incident', 1);
  await app.commit(event as UnnumberedEvent);
  const id = `${event?.id}:${endpointId}`;
  const isIn = (state: string): Promise<unknown> =>
    eventually(
      () => app.delivery(id),
      (seen) => seen.state === state,
      { ...WITHIN, what: `it is ${state}` },
    );
  await isIn('DELIVERED');
  const turn = (isActive: boolean): Promise<unknown> =>
    app.mutate('updateWebhookEndpoint', { id: endpointId, isActive }, 'webhookEndpoint { id }');
  // Whoever sends learns within a second that it is off: from then on what is open is cancelled.
  await turn(false);
  await eventually(
    async () => {
      const reopen = { $set: { state: 'PENDING' as const, completedAt: null } };
      await app.deliveries.updateOne({ _id: id, state: 'DELIVERED' }, reopen);
      return (await app.delivery(id)).state;
    },
    (state) => state === 'CANCELLED',
    { ...WITHIN, what: 'it is cancelled' },
  );
  await turn(true);
  const { errors } = await app.mutate('redeliver', { deliveryId: id }, 'delivery { state }');
  expect(errors).toEqual([]);
  await isIn('DELIVERED');
});

test('what was dead is recovered in the order of each incident', async () => {
  const [app, receiver] = [await startPushingApp({ schedule: [0] }), await startReceiver()];
  const endpointId = await app.register({ url: receiver.url('/a') });
  receiver.answer('/a', refuse(400));
  const lanes = ['one', 'two', 'three'].map((incidentId) => facts(incidentId, 4));
  for (let turn = 0; turn < 4; turn++) await app.commit(...lanes.flatMap((lane) => lane[turn] ?? []));
  const count = (state: string): Promise<number> =>
    app.deliveries.countDocuments({ endpointId, state: state as 'DEAD' });
  await app.deliveries.updateMany({ endpointId }, { $set: { state: 'DEAD', completedAt: new Date() } });
  await eventually(
    () => count('DEAD'),
    (dead) => dead === 12,
    { ...WITHIN, what: 'all are dead' },
  );
  await app.deleteHealth(endpointId);
  const before = receiver.arrivals('/a').length;
  receiver.answer('/a', (response) => response.end('thanks'));
  await app.mutate('recoverDeliveries', { endpointId, since: ALWAYS }, 'recovery { id }');
  await eventually(
    () => count('DELIVERED'),
    (delivered) => delivered === 12,
    {
      ...WITHIN,
      what: 'all are delivered',
    },
  );
  const arrived = receiver
    .arrivals('/a')
    .slice(before)
    .map(({ headers }) => headers['webhook-id']);
  for (const lane of lanes) {
    const ids: unknown[] = lane.map(({ id }) => id);
    expect(arrived.filter((id) => ids.includes(id))).toEqual(ids);
  }
});

test('while an endpoint is paused nothing is sent to it; once resumed, all that waited is, in order', async () => {
  const [app, receiver] = [await startPushingApp(), await startReceiver()];
  const endpointId = await app.register({ url: receiver.url('/a') });
  const other = await app.register({ url: receiver.url('/b') });
  await app.mutate('pauseWebhookEndpoint', { id: endpointId }, 'webhookEndpoint { state }');
  // It takes effect within a second.
  await eventually(
    async () => {
      await app.commit(anEvent({ incidentId: 'probe', incidentSeq: Math.floor(Math.random() * 1e9) }));
      return app.deliveries.countDocuments({ endpointId, state: { $in: ['PENDING', 'WAITING'] } });
    },
    (open) => open >= 3,
    { ...WITHIN, what: 'what is for it waits' },
  );
  const before = receiver.arrivals('/a').length;
  const lane = facts('incident', 5);
  await app.commit(...lane);
  await eventually(
    () => receiver.arrivals('/b').map(({ headers }) => headers['webhook-id']),
    (ids) => lane.every(({ id }) => ids.includes(id)),
    { ...WITHIN, what: 'the other endpoint has got all' },
  );
  expect(receiver.arrivals('/a').length).toBe(before);
  expect((await app.delivery(`${lane[0]?.id}:${other}`)).endpointId).toBe(other);
  const { data } = await app.ask(
    `query { deliveryExplanation(eventId: "${lane[0]?.id}", endpointId: "${endpointId}") { verdict } }`,
  );
  expect(data.deliveryExplanation.verdict).toBe('PAUSED');
  await app.mutate('resumeWebhookEndpoint', { id: endpointId }, 'webhookEndpoint { state }');
  const arrived = await eventually(
    () => receiver.arrivals('/a').map(({ headers }) => headers['webhook-id']),
    (ids) => lane.every(({ id }) => ids.includes(id)),
    { ...WITHIN, what: 'all that waited has come' },
  );
  const ids: unknown[] = lane.map(({ id }) => id);
  expect(arrived.filter((id) => ids.includes(id))).toEqual(ids);
});

test('removing an endpoint cancels its 2,000 open deliveries, and those in flight keep their result', async () => {
  const [app, receiver] = [await startPushingApp(), await startReceiver()];
  receiver.answer('/a', hang);
  const endpointId = await app.register({ url: receiver.url('/a') });
  const events = Array.from({ length: 2_000 }, (_, index) =>
    anEvent({ incidentId: `incident-${index}`, incidentSeq: 1 }),
  );
  await app.commit(...events);
  await eventually(
    () => receiver.arrivals('/a').length,
    (count) => count > 0,
    {
      ...WITHIN,
      what: 'the first is under way',
    },
  );
  await app.mutate('deleteWebhookEndpoint', { id: endpointId }, 'webhookEndpoint { id }');
  await eventually(
    () => app.deliveries.countDocuments({ endpointId, state: 'CANCELLED' }),
    (cancelled) => cancelled >= 2_000 - receiver.arrivals('/a').length,
    { ...WITHIN, what: 'all that were not under way are cancelled' },
  );
  receiver.hangUp();
  await eventually(
    () => app.deliveries.countDocuments({ endpointId, state: { $in: ['PENDING', 'WAITING'] } }),
    (open) => open === 0,
    { ...WITHIN, what: 'none is open' },
  );
  const { data } = await app.ask(
    `query { deliveries(filter: { endpointId: "${endpointId}", state: [CANCELLED] }, first: 1) { nodes { state endpoint { id } completedAt } } }`,
  );
  expect(data.deliveries.nodes).toEqual([
    { state: 'CANCELLED', endpoint: null, completedAt: expect.any(String) },
  ]);
});
