import { buildSchema, parse } from 'graphql';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Principal } from '../../../../src/access/principal.ts';
import type { Event } from '../../../../src/domain/event.ts';
import type { Incident } from '../../../../src/domain/incident.ts';
import type { GraphqlContext } from '../../../../src/graphql/graphql-context.ts';
import type { ChangeFeed } from '../../../../src/graphql/live/change-feed.ts';
import { createEventRouter } from '../../../../src/graphql/live/event-router.ts';
import { createLiveHub } from '../../../../src/graphql/live/live-hub.ts';
import { liveSource } from '../../../../src/graphql/live/live-source.ts';
import type { Subscriber } from '../../../../src/graphql/live/subscriber.ts';
import { eventually } from '../../../support/eventually.ts';

const ANYBODY: Principal = { name: null, scopes: ['READ'], keyId: null };
const FEW_EVENTS = 50;

/** A hub over events that the test makes; the field `slow` has no end, unless it is ended. */
function liveHub() {
  const listeners = new Set<(events: readonly Event[]) => void>();
  let head = 0;
  let executions = 0;
  let underWay = 0;
  let mostUnderWay = 0;
  const slow = (_args: object, { signal }: GraphqlContext): Promise<never> => {
    mostUnderWay = Math.max(mostUnderWay, (underWay += 1));
    return new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        underWay -= 1;
        reject(new Error('ended'));
      });
    });
  };
  const schema = buildSchema(`
    type Query { nothing: Int }
    type Subscription { events(after: Int): Event incident(id: ID!): Event }
    type Event { sequence: Int slow: Int }
  `);
  const { events: field, incident } = schema.getSubscriptionType()?.getFields() ?? {};
  if (field === undefined || incident === undefined) throw new Error('no field');
  incident.subscribe = (_root, { id }: { id: string }) => liveSource({ kind: 'INCIDENT', incidentId: id });
  incident.resolve = () => ({ sequence: 0, slow });
  field.subscribe = (_root, { after }: { after?: number }) =>
    liveSource({ kind: 'EVENTS', after: after ?? null, filter: {} });
  field.resolve = ({ sequence }: Event) => {
    executions += 1;
    return { sequence, slow };
  };
  const silent: ChangeFeed<never> = { listen: () => () => undefined, size: () => 0 };
  const all: Event[] = [];
  const hub = createLiveHub({
    schema,
    contextFor: (_principal, signal) => ({ signal }) as GraphqlContext,
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
    incidents: { byId: (id) => Promise.resolve({ id } as Incident) },
    deliveries: silent,
    receipts: silent,
    endpointHealth: silent,
  });
  return {
    hub,
    executions: () => executions,
    underWay: () => underWay,
    mostUnderWay: () => mostUnderWay,
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
          const { data } = JSON.parse(text) as { data: Record<string, { sequence: number }> };
          got.push(...Object.values(data).map(({ sequence }) => sequence));
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

test.each([
  ['an incident', (n: number) => `subscription { incident(id: "${n}") { slow } }`],
  ['old events', (n: number) => `subscription { events(after: 0) { slow a${n}: sequence } }`],
])(
  'what subscribing to %s again and again begins is bounded, and ended once nobody waits',
  async (_what, query) => {
    const live = liveHub();
    live.emit();
    const others = live.open('subscription { incident(id: "other") { slow } }');
    await settle();
    for (let times = 0; times < 1_000; times++) {
      const { close } = live.open(query(times));
      if (times % 100 === 0) await settle();
      close();
    }
    const many = Array.from({ length: 100 }, (_, index) => live.open(query(index)));
    await settle();
    expect(live.mostUnderWay()).toBeGreaterThan(1);
    expect(live.mostUnderWay()).toBeLessThanOrEqual(32);
    for (const { close } of many) close();
    await eventually(live.underWay, (count) => count === 1, {
      withinMs: 2_000,
      what: 'only the others go on',
    });

    const quick = live.open('subscription { incident(id: "1") { sequence } }');
    await eventually(
      () => quick.got,
      (got) => got.length === 1,
      { withinMs: 2_000, what: 'there is room again' },
    );
    others.close();
    await eventually(live.underWay, (count) => count === 0, { withinMs: 2_000, what: 'nothing goes on' });
  },
);

test('an execution that others wait for too goes on when one of them leaves', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const live = liveHub();
  live.emit();
  const query = 'subscription { events(after: 0) { sequence slow } }';
  const [first, second] = [live.open(query), live.open(query)];
  await settle();
  first.close();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(live.underWay()).toBe(1);
  second.close();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(live.underWay()).toBe(0);
});
