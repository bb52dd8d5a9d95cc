import { buildSchema, parse } from 'graphql';
import { expect, test } from 'vitest';
import type { Principal } from '../../../../src/access/principal.ts';
import type { Event } from '../../../../src/domain/event.ts';
import type { GraphqlContext } from '../../../../src/graphql/graphql-context.ts';
import type { ChangeFeed } from '../../../../src/graphql/live/change-feed.ts';
import { createEventRouter } from '../../../../src/graphql/live/event-router.ts';
import { createLiveHub } from '../../../../src/graphql/live/live-hub.ts';
import { liveSource } from '../../../../src/graphql/live/live-source.ts';
import type { Subscriber } from '../../../../src/graphql/live/subscriber.ts';

const ANYBODY: Principal = { name: null, scopes: ['READ'], keyId: null };
const FEW_EVENTS = 50;

/** A hub over events that the test makes; the field `slow` of an event never has an end. */
function liveHub() {
  const listeners = new Set<(events: readonly Event[]) => void>();
  let head = 0;
  let executions = 0;
  const schema = buildSchema(`
    type Query { nothing: Int }
    type Subscription { events(after: Int): Event }
    type Event { sequence: Int slow: Int }
  `);
  const field = schema.getSubscriptionType()?.getFields()['events'];
  if (field === undefined) throw new Error('no field');
  field.subscribe = (_root, { after }: { after?: number }) =>
    liveSource({ kind: 'EVENTS', after: after ?? null, filter: {} });
  field.resolve = ({ sequence }: Event) => {
    executions += 1;
    return { sequence, slow: () => new Promise(() => undefined) };
  };
  const silent: ChangeFeed<never> = { listen: () => () => undefined, size: () => 0 };
  const all: Event[] = [];
  const hub = createLiveHub({
    schema,
    contextFor: () => ({}) as GraphqlContext,
    present: (error) => ({ message: String(error) }),
    timeoutMs: 60_000,
    router: createEventRouter({
      position: () => head,
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    }),
    history: {
      head: () => Promise.resolve({ sequence: head, floor: 0 }),
      after: (from, limit) => Promise.resolve(all.slice(from, from + limit)),
    },
    incidents: { byId: () => Promise.resolve(null) },
    deliveries: silent,
    receipts: silent,
    endpointHealth: silent,
  });
  return {
    hub,
    executions: () => executions,
    emit() {
      const event = { sequence: (head += 1), snapshot: {} } as Event;
      all.push(event);
      for (const listener of listeners) listener([event]);
    },
    open(query: string) {
      const got: number[] = [];
      let cut = false;
      const subscriber: Subscriber = {
        send(text) {
          got.push((JSON.parse(text) as { data: { events: { sequence: number } } }).data.events.sequence);
          return true;
        },
        hasRoom: () => true,
        ready: () => Promise.resolve(),
        cutOff: () => void (cut = true),
        fail: () => undefined,
      };
      const operation = { document: parse(query), operationName: null, variables: null, principal: ANYBODY };
      const close = hub.open(operation, subscriber);
      return { got, close, cut: () => cut };
    },
  };
}

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
};
const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

test('an execution that has no end delays nobody else, and what waits for it is bounded', async () => {
  const live = liveHub();
  const stuck = live.open('subscription { events { slow } }');
  const quick = live.open('subscription { events { sequence } }');
  await settle();
  for (let sent = 0; sent < FEW_EVENTS; sent++) live.emit();
  await settle();
  expect(quick.got).toEqual(upTo(FEW_EVENTS));
  expect(stuck.cut()).toBe(false);

  for (let sent = FEW_EVENTS; sent < 2_000; sent++) {
    live.emit();
    if (sent % 100 === 0) await settle();
  }
  await settle();
  expect(quick.got).toEqual(upTo(2_000));
  expect(quick.cut()).toBe(false);
  expect(stuck.cut()).toBe(true);
  expect(live.hub.groups()).toBe(1);
  quick.close();
  expect([live.hub.groups(), live.hub.listeners()]).toEqual([0, 0]);
});

test('a thousand who come back together and ask the same cost one execution of each event', async () => {
  const live = liveHub();
  for (let sent = 0; sent < FEW_EVENTS; sent++) live.emit();
  const all = Array.from({ length: 1_000 }, (_, index) =>
    live.open(`subscription { events(after: ${index % 2}) { sequence } }`),
  );
  await settle();
  expect(all[0]?.got).toEqual(upTo(FEW_EVENTS));
  expect(all[1]?.got).toEqual(upTo(FEW_EVENTS).slice(1));
  expect(live.executions()).toBeLessThanOrEqual(2 * FEW_EVENTS);
  live.emit();
  await settle();
  for (const { got } of all) expect(got.at(-1)).toBe(FEW_EVENTS + 1);
  expect(live.executions()).toBeLessThanOrEqual(2 * FEW_EVENTS + 1);
});
