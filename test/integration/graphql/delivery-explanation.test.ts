import { expect, test } from 'vitest';
import { endpointHealthModel } from '../../../src/store/endpoint-health-row.ts';
import { newHealth } from '../../../src/domain/endpoint-health.ts';
import { eventModel, toEventRow } from '../../../src/store/event-row.ts';
import { anEvent } from '../../support/event-log.ts';
import { startSteeringApp } from './steering-app.ts';
import type { SteeringApp } from './steering-app.ts';

async function explain(app: SteeringApp, eventId: string, endpointId: string): Promise<any> {
  const { data, errors } = await app.ask(
    `query($eventId: ID!, $endpointId: ID!) { deliveryExplanation(eventId: $eventId, endpointId: $endpointId) {
      verdict sentence filteredBy nextAttemptAt delivery { id } supersededBy { id } waitsBehind { id sequence } } }`,
    { eventId, endpointId },
  );
  expect(errors).toBeUndefined();
  return data.deliveryExplanation;
}

test('every way of an event to an endpoint has an answer', async () => {
  const app = await startSteeringApp();
  const early = anEvent({ incidentId: 'before', incidentSeq: 1 });
  await app.commit(early);
  const endpointId = await app.register({
    events: ['INCIDENT_CREATED'],
    url: 'https://receiver.example/hook',
  });
  const events = [1, 2, 3].map((incidentSeq) => anEvent({ incidentSeq }));
  const unwanted = anEvent({ type: 'EVIDENCE_ADDED', incidentSeq: 4 });
  await app.commit(...events, unwanted);
  const ids = events.map(({ id }) => `${id}:${endpointId}`);
  const [first = '', second = '', third = ''] = ids;
  const verdictOf = (index: number): Promise<any> => explain(app, events[index]?.id ?? '', endpointId);

  expect(await verdictOf(0)).toMatchObject({ verdict: 'WILL_BE_SENT', delivery: { id: first } });
  expect(await verdictOf(1)).toMatchObject({ verdict: 'WAITS_FOR_LANE', waitsBehind: { id: first } });
  expect(await explain(app, early.id, endpointId)).toMatchObject({
    verdict: 'NOT_REGISTERED_THEN',
    delivery: null,
  });
  expect(await explain(app, unwanted.id, endpointId)).toMatchObject({
    verdict: 'FILTERED',
    filteredBy: 'TYPE',
  });
  expect((await explain(app, 'nothing', endpointId)).verdict).toBe('UNKNOWN_EVENT');
  expect((await explain(app, unwanted.id, 'nobody')).verdict).toBe('UNKNOWN_ENDPOINT');

  await app.end(third, { state: 'SUPERSEDED', supersededBy: second });
  expect(await verdictOf(2)).toMatchObject({ verdict: 'SUPERSEDED', supersededBy: { id: second } });
  await app.end(first, { state: 'DEAD', attemptCount: 10 });
  expect((await verdictOf(0)).verdict).toBe('DEAD');
  expect((await verdictOf(1)).verdict).toBe('WILL_BE_SENT');

  const retryAt = new Date(Date.now() + 60_000);
  const { endpointId: _id, ...health } = {
    ...newHealth(endpointId, 'https://receiver.example/hook', new Date()),
    circuit: { openedAt: new Date(), retryAt, probes: 0, asked: true },
    reason: 'answered 429',
  };
  await endpointHealthModel(app.connection).collection.insertOne({ _id, ...health } as never);
  expect(await verdictOf(1)).toMatchObject({
    verdict: 'WAITS_FOR_ENDPOINT',
    nextAttemptAt: retryAt.toISOString(),
    sentence: expect.stringContaining('answered 429'),
  });
  await app.mutate('pauseWebhookEndpoint', { id: endpointId }, 'webhookEndpoint { id }');
  expect((await verdictOf(1)).verdict).toBe('PAUSED');
  await app.mutate('deleteWebhookEndpoint', { id: endpointId }, 'webhookEndpoint { id }');
  expect((await verdictOf(1)).verdict).toBe('CANCELLED');
});

test('an event that is committed but has no number yet says so', async () => {
  const app = await startSteeringApp();
  const endpointId = await app.register();
  const event = anEvent();
  // As the sequencer would find it, but for the mark that it looks for.
  const { unnumbered: _unnumbered, ...row } = toEventRow(event);
  await eventModel(app.connection).collection.insertOne(row as never);
  expect((await explain(app, event.id, endpointId)).verdict).toBe('NOT_NUMBERED_YET');
});
