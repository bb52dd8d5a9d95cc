import { describe, expect, test } from 'vitest';
import { createDeliveryStore } from '../../../src/store/delivery-store.ts';
import { anEvent } from '../../support/event-log.ts';
import { connectLive } from './live-client.ts';
import { startSteeringApp } from './steering-app.ts';
import type { SteeringApp } from './steering-app.ts';

const DELIVERY =
  'delivery { id state isTest sequence eventType event { id } incident { id } attemptCount completedAt redelivery { at by attemptsBefore } supersededBy { id } }';

async function sentOnce(app: SteeringApp): Promise<{ endpointId: string; id: string; eventId: string }> {
  const endpointId = await app.register();
  const event = anEvent();
  await app.commit(event);
  return { endpointId, id: `${event.id}:${endpointId}`, eventId: event.id };
}

const attempt = {
  at: new Date(),
  durationMs: 1,
  outcome: 'FAILED',
  status: 500,
  error: 'answered 500',
  responseBody: '',
} as const;

describe('redeliver', () => {
  test('sends a delivery that has ended again, as often as asked for, and says who asked', async () => {
    const steered: string[] = [];
    const app = await startSteeringApp({
      apiKeys: ['ops:admin-key-0123456789'],
      steered: (id) => steered.push(id),
    });
    const { id, endpointId } = await sentOnce(app);
    for (const [index, state] of (['DEAD', 'DELIVERED', 'CANCELLED', 'SUPERSEDED'] as const).entries()) {
      await app.end(id, { state, attemptCount: index + 3, attempts: [attempt], supersededBy: 'newer' });
      const { delivery, errors } = await app.mutate('redeliver', { deliveryId: id }, DELIVERY);
      expect(errors).toEqual([]);
      expect(delivery).toMatchObject({
        state: 'WAITING',
        completedAt: null,
        attemptCount: index + 3,
        redelivery: { by: expect.stringMatching(/^key:/), attemptsBefore: index + 3 },
        supersededBy: null,
      });
      const row = await app.delivery(id);
      expect(row.attempts).toHaveLength(1);
      expect(row.dueAt.getTime()).toBeLessThanOrEqual(Date.now());
    }
    expect(steered).toEqual([endpointId, endpointId, endpointId, endpointId]);
  });

  test('sends what waits at once, with what it waits for in its lane; of what is pending it is known who wants it', async () => {
    const app = await startSteeringApp();
    const endpointId = await app.register();
    const events = [1, 2, 3].map((incidentSeq) => anEvent({ incidentSeq }));
    await app.commit(...events);
    const [first = '', second = '', third = ''] = events.map((event) => `${event.id}:${endpointId}`);
    const dueAt = new Date(Date.now() + 3_600_000);
    await app.deliveries.updateMany({ endpointId }, { $set: { state: 'WAITING', dueAt } });
    await app.mutate('redeliver', { deliveryId: second }, DELIVERY);
    const due = async (id: string): Promise<boolean> => (await app.delivery(id)).dueAt <= new Date();
    expect([await due(first), await due(second), await due(third)]).toEqual([true, true, false]);

    await app.deliveries.updateOne({ _id: third }, { $set: { state: 'PENDING' } });
    const { errors } = await app.mutate('redeliver', { deliveryId: third }, DELIVERY);
    expect(errors).toEqual([]);
    // So that no newer update makes it needless.
    expect((await app.delivery(third)).redelivery).toMatchObject({ attemptsBefore: 0 });
  });

  test('is refused where there is nothing to send, or nobody to send it to', async () => {
    const app = await startSteeringApp();
    const refused = async (deliveryId: string): Promise<object> =>
      (await app.mutate('redeliver', { deliveryId }, DELIVERY)).errors;
    expect(await refused('nonsense')).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'deliveryId'] }]);

    const gone = await sentOnce(app);
    await app.end(gone.id, { state: 'DEAD' });
    await app.events.deleteOne({ _id: gone.eventId });
    expect(await refused(gone.id)).toMatchObject([
      { code: 'CONFLICT', message: 'its event is no longer kept, so there is nothing to send' },
    ]);

    const off = await sentOnce(app);
    await app.end(off.id, { state: 'DEAD' });
    await app.mutate(
      'updateWebhookEndpoint',
      { id: off.endpointId, isActive: false },
      'webhookEndpoint { id }',
    );
    expect(await refused(off.id)).toMatchObject([
      { code: 'CONFLICT', message: expect.stringContaining('switched off') },
    ]);
    await app.mutate('deleteWebhookEndpoint', { id: off.endpointId }, 'webhookEndpoint { id }');
    expect(await refused(off.id)).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await app.delivery(off.id)).state).toBe('DEAD');
  });

  test('many at once do what one does, and what is being sent meanwhile keeps its result', async () => {
    const app = await startSteeringApp();
    const { id } = await sentOnce(app);
    const store = createDeliveryStore(app.connection);
    const sending = { ...(await app.delivery(id)), attempts: undefined, completedAt: undefined };
    const { attempts: _, completedAt: __, ...open } = sending;
    const record = app.log.runTransaction((tx) =>
      store.record(
        {
          attempts: [{ delivery: open, attempt, next: { state: 'DEAD', completedAt: new Date() } }],
          parked: [],
          superseded: [],
          cancelled: [],
          dueNow: [],
        } as never,
        tx,
      ),
    );
    const asked = Array.from({ length: 8 }, () => app.mutate('redeliver', { deliveryId: id }, DELIVERY));
    await record;
    for (const { errors } of await Promise.all(asked)) expect(errors).toEqual([]);
    const last = await app.mutate('redeliver', { deliveryId: id }, DELIVERY);
    expect(last.delivery).toMatchObject({ state: 'WAITING', attemptCount: 1 });
    expect((await app.delivery(id)).attempts).toMatchObject([{ status: 500 }]);
  });
});

describe('sendTestEvent', () => {
  test('makes a delivery of its own, beside all lanes, that nobody takes for an event', async () => {
    const steered: string[] = [];
    const app = await startSteeringApp({ steered: (id) => steered.push(id) });
    const endpointId = await app.register();
    const { delivery, errors } = await app.mutate('sendTestEvent', { endpointId }, DELIVERY);
    expect(errors).toEqual([]);
    expect(delivery).toMatchObject({
      id: expect.stringMatching(new RegExp(`^test_[-0-9a-f]{36}:${endpointId}$`)),
      state: 'WAITING',
      isTest: true,
      sequence: 0,
      eventType: 'INCIDENT_CREATED',
      event: null,
      incident: null,
    });
    expect(steered).toEqual([endpointId]);
    const other = await app.mutate('sendTestEvent', { endpointId, type: 'EVIDENCE_ADDED' }, DELIVERY);
    expect(other.delivery.eventType).toBe('EVIDENCE_ADDED');
    const { data } = await app.ask(
      'query($id: ID!) { webhookEndpoint(id: $id) { deliveries { nodes { isTest } } } }',
      { id: endpointId },
    );
    expect(data.webhookEndpoint.deliveries.nodes).toEqual([{ isTest: true }, { isTest: true }]);

    await app.end(delivery.id, { state: 'DEAD' });
    expect((await app.mutate('redeliver', { deliveryId: delivery.id }, DELIVERY)).delivery).toMatchObject({
      state: 'WAITING',
      isTest: true,
    });
  });

  test('waits for a paused endpoint; is refused, with the reason, for one that receives nothing', async () => {
    const app = await startSteeringApp();
    const test = (endpointId: string): Promise<any> => app.mutate('sendTestEvent', { endpointId }, DELIVERY);
    const paused = await app.register();
    await app.mutate('pauseWebhookEndpoint', { id: paused }, 'webhookEndpoint { state }');
    expect((await test(paused)).delivery).toMatchObject({ state: 'WAITING' });
    const off = await app.register({ isActive: false });
    expect(await test(off)).toMatchObject({
      delivery: null,
      errors: [
        {
          code: 'CONFLICT',
          path: ['input', 'endpointId'],
          message: 'nothing can be sent: the endpoint is switched off; set isActive to true first',
        },
      ],
    });
    expect((await test('nobody')).errors).toMatchObject([
      { code: 'NOT_FOUND', path: ['input', 'endpointId'] },
    ]);
  });

  test('at most ten are under way to an endpoint, also where all are asked for at once', async () => {
    const app = await startSteeringApp();
    const endpointId = await app.register();
    const test = (): Promise<any> => app.mutate('sendTestEvent', { endpointId }, DELIVERY);
    const made = await Promise.all(Array.from({ length: 14 }, test));
    expect(made.filter(({ delivery }) => delivery !== null)).toHaveLength(10);
    expect(made.flatMap(({ errors }) => errors)).toHaveLength(4);
    await app.deliveries.updateOne({ endpointId }, { $set: { state: 'DELIVERED', completedAt: new Date() } });
    expect((await test()).errors).toEqual([]);
  });
});

test('test events and redeliveries come live', async () => {
  const app = await startSteeringApp();
  const endpointId = await app.register();
  const client = connectLive(app.url);
  const followed = client.follow(
    `subscription { deliveries(endpointId: "${endpointId}") { id state isTest event { id } redelivery { attemptsBefore } } }`,
  );
  // The stream opens some time after the subscription.
  for (let index = 0; followed.received.length === 0; index++) {
    await app.commit(anEvent({ incidentId: `warm-up-${index}` }));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const test = (await app.mutate('sendTestEvent', { endpointId }, DELIVERY)).delivery;
  await app.end(test.id, { state: 'DEAD', attemptCount: 3 });
  await app.mutate('redeliver', { deliveryId: test.id }, DELIVERY);
  for (let count = 1; ; count++) {
    const { deliveries } = (await followed.count(count)).at(-1);
    if (deliveries.id !== test.id || deliveries.redelivery === null) continue;
    expect(deliveries).toEqual({
      id: test.id,
      state: 'WAITING',
      isTest: true,
      event: null,
      redelivery: { attemptsBefore: 3 },
    });
    break;
  }
});

test('an endpoint is paused and resumed; doing so again changes nothing', async () => {
  const app = await startSteeringApp();
  const id = await app.register();
  const set = async (name: string): Promise<any> =>
    (await app.mutate(name, { id }, 'webhookEndpoint { state isActive pausedAt updatedAt }')).webhookEndpoint;
  const paused = await set('pauseWebhookEndpoint');
  expect(paused).toMatchObject({ state: 'PAUSED', isActive: true, pausedAt: expect.any(String) });
  expect(await set('pauseWebhookEndpoint')).toEqual(paused);
  const resumed = await set('resumeWebhookEndpoint');
  expect(resumed).toMatchObject({ state: 'ACTIVE', pausedAt: null });
  expect(await set('resumeWebhookEndpoint')).toEqual(resumed);
  const unknown = await app.mutate('pauseWebhookEndpoint', { id: 'nobody' }, 'webhookEndpoint { id }');
  expect(unknown).toMatchObject({
    webhookEndpoint: null,
    errors: [{ code: 'NOT_FOUND', path: ['input', 'id'] }],
  });
});
