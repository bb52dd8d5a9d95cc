import { expect, test } from 'vitest';
import type { Event, EventType } from '../../../../src/domain/event.ts';
import { createEventRouter } from '../../../../src/graphql/live/event-router.ts';
import type { EventFollower } from '../../../../src/graphql/live/event-router.ts';

interface Facts {
  incidentId?: string;
  type?: EventType;
  service?: string | null;
  severity?: string;
}

/** An event that counts how often somebody looked at what it is about. */
function watched({
  incidentId = 'i',
  type = 'INCIDENT_CREATED',
  service = 's',
  severity = 'LOW',
}: Facts = {}) {
  let looks = 0;
  const snapshot = { service, severity };
  const event = new Proxy({ incidentId, type, snapshot } as Event, {
    get(target, name) {
      looks += 1;
      return Reflect.get(target, name) as unknown;
    },
  });
  return { event, looks: () => looks };
}

function follower() {
  const listeners = new Set<(events: readonly Event[]) => void>();
  const self: EventFollower = {
    position: () => 0,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return {
    ...self,
    listeners,
    emit: (...events: Event[]) => listeners.forEach((listener) => listener(events)),
  };
}

test('an event costs nothing for a thousand who follow other incidents, services, types or severities', () => {
  const events = follower();
  const router = createEventRouter(events);
  let called = 0;
  const alone = watched();
  router.follow({ incidentId: ['i'] }, () => undefined);
  events.emit(alone.event);

  for (let index = 0; index < 1000; index++) {
    const others = [
      { incidentId: [`other-${index}`, `another-${index}`] },
      { service: [`other-${index}`] },
      { type: ['EVIDENCE_ADDED' as const] },
      { severity: ['CRITICAL' as const] },
    ];
    router.follow(others[index % 4] ?? {}, () => (called += 1));
  }
  const crowded = watched();
  events.emit(crowded.event);
  expect(called).toBe(0);
  expect(crowded.looks()).toBe(alone.looks());
});

test('an event reaches those who filter on what it is, however they say it', () => {
  const events = follower();
  const router = createEventRouter(events);
  const got: string[] = [];
  router.follow({}, () => got.push('all'));
  router.follow({ type: ['INCIDENT_CREATED', 'EVIDENCE_ADDED'] }, () => got.push('type'));
  router.follow({ service: ['s'], type: ['INCIDENT_CREATED'] }, () => got.push('service and type'));
  router.follow({ service: ['s'], type: ['EVIDENCE_ADDED'] }, () => got.push('service, another type'));
  router.follow({ incidentId: ['i', 'j'], severity: ['LOW'] }, () => got.push('incident'));
  router.follow({ severity: ['LOW'] }, () => got.push('severity'));
  router.follow({ type: [] }, () => got.push('none'));
  events.emit(watched().event);
  expect(got.sort()).toEqual(['all', 'incident', 'service and type', 'severity', 'type']);
  got.length = 0;
  events.emit(watched({ service: null, incidentId: 'x', type: 'INCIDENT_UPDATED', severity: 'HIGH' }).event);
  expect(got).toEqual(['all']);
});

test('events are followed only while somebody wants them, however often he says that he does not', () => {
  const events = follower();
  const router = createEventRouter(events);
  const stops = [{}, { type: ['EVIDENCE_ADDED' as const] }, { incidentId: ['a', 'b'] }].map((filter) =>
    router.follow(filter, () => undefined),
  );
  expect([router.size(), events.listeners.size]).toEqual([3, 1]);
  for (const stop of stops) {
    stop();
    stop();
  }
  expect([router.size(), events.listeners.size]).toEqual([0, 0]);
});
