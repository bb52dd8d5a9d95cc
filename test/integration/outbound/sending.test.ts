import { Webhook } from 'standardwebhooks';
import { createHmac } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { hang, ok, refuse, startReceiver } from './receiver.ts';
import type { Receiver } from './receiver.ts';
import { SECRET, anEndpoint, openWorld } from './world.ts';
import type { World } from './world.ts';

let world: World;
let receiver: Receiver;

beforeEach(async () => {
  world = await openWorld();
  receiver = await startReceiver();
});

/** Nothing new is sent once it closes, so cutting what hangs now lets it finish. */
async function closeWhileHanging(outbound: AsyncDisposable): Promise<void> {
  const closed = outbound[Symbol.asyncDispose]();
  receiver.hangUp();
  await closed;
}

describe('a pushed webhook', () => {
  it('carries the exact body and all headers of the contract, and both signatures verify', async () => {
    world.setEndpoints(anEndpoint('e1', receiver.url('/a')));
    const body = '{"data": {"description": "\\u00e9"}, "event": "incident.created"}';
    const [first, second] = await world.fanOut('e1', ['i1', 'i1'], body);
    await world.start();
    await world.settled('e1');
    const [one, two] = receiver.arrivals('/a');
    expect(one?.body).toBe(body);
    expect(one?.headers).toMatchObject({
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': 'OpsLens/1.2.3',
      'x-webhook-signature': `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`,
      'webhook-id': first?.eventId,
      'x-opslens-event': 'incident.created',
      'x-opslens-delivery': first?.id,
      'x-opslens-sequence': '1',
    });
    expect(one?.headers).not.toHaveProperty('x-opslens-previous-sequence');
    expect(two?.headers).toMatchObject({
      'webhook-id': second?.eventId,
      'x-opslens-sequence': '2',
      'x-opslens-previous-sequence': '1',
    });
    const headers = Object.fromEntries(Object.entries(one?.headers ?? {}).map(([k, v]) => [k, String(v)]));
    expect(new Webhook(SECRET).verify(body, headers)).toEqual(JSON.parse(body));
  });

  it('is signed anew for each attempt, under the same id', async () => {
    world.setEndpoints(anEndpoint('e1', receiver.url('/a')));
    let now = Date.parse('2026-01-02T03:04:05.600Z');
    const clock = { now: () => new Date(now), monotonic: () => performance.now() };
    receiver.answer('/a', (response) => {
      now += 60_000;
      response.writeHead(receiver.arrivals('/a').length === 1 ? 500 : 200).end();
    });
    await world.fanOut('e1', ['i1']);
    await world.start({ clock, schedule: [0, 0] });
    await world.settled('e1');
    const [one, two] = receiver.arrivals('/a');
    expect(one?.headers['webhook-timestamp']).toBe('1767323045');
    expect(two?.headers['webhook-timestamp']).toBe('1767323105');
    expect(two?.headers['webhook-id']).toBe(one?.headers['webhook-id']);
    expect(two?.headers['webhook-signature']).not.toBe(one?.headers['webhook-signature']);
  });

  it('is recorded with its attempt: status, answer and duration', async () => {
    world.setEndpoints(anEndpoint('e1', receiver.url('/a')));
    receiver.answer('/a', refuse(201, 'made it'));
    await world.fanOut('e1', ['i1']);
    await world.start();
    const [delivery] = await world.settled('e1');
    expect(delivery).toMatchObject({
      state: 'DELIVERED',
      attemptCount: 1,
      attempts: [{ outcome: 'DELIVERED', status: 201, error: null, responseBody: 'made it' }],
    });
    expect(delivery?.attempts[0]?.durationMs).toBeGreaterThanOrEqual(0);
  });
});

describe('order', () => {
  it('holds within each incident while incidents go side by side', async () => {
    world.setEndpoints(anEndpoint('e1', receiver.url('/a')));
    receiver.answer('/a', (response) => setTimeout(() => response.end(), Math.random() * 10));
    const incidents = Array.from({ length: 300 }, (_, index) => `i${(index * 7) % 30}`);
    await world.fanOut('e1', incidents);
    await world.start();
    const all = await world.settled('e1');
    expect(all.every(({ state }) => state === 'DELIVERED')).toBe(true);
    const arrivals = receiver.arrivals('/a');
    expect(arrivals).toHaveLength(300);
    const incidentOf = new Map(all.map((delivery) => [delivery.sequence, delivery.incidentId]));
    const last = new Map<string, number>();
    for (const { sequence } of arrivals) {
      const incident = incidentOf.get(sequence) ?? '';
      expect(sequence).toBeGreaterThan(last.get(incident) ?? 0);
      last.set(incident, sequence);
    }
    expect(receiver.mostAtOnce('/a')).toBeGreaterThan(1);
  });

  it('keeps to the number of requests in flight to one endpoint', async () => {
    world.setEndpoints(anEndpoint('e1', receiver.url('/a')));
    receiver.answer('/a', (response) => setTimeout(() => response.end(), 5));
    await world.fanOut(
      'e1',
      Array.from({ length: 100 }, (_, index) => `i${index}`),
    );
    await world.start({ perEndpointInFlight: 3 });
    await world.settled('e1');
    expect(receiver.mostAtOnce('/a')).toBe(3);
  });

  it('never sends two of one incident at once', async () => {
    world.setEndpoints(anEndpoint('e1', receiver.url('/a')));
    await world.fanOut(
      'e1',
      Array.from({ length: 60 }, () => 'i1'),
    );
    await world.start();
    await world.settled('e1');
    expect(receiver.mostAtOnce('/a')).toBe(1);
    expect(receiver.arrivals('/a').map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 60 }, (_, index) => index + 1),
    );
  });
});

describe('a delivery that fails', () => {
  it('is tried again by the schedule; its incident waits, others go on', async () => {
    world.setEndpoints(anEndpoint('e1', receiver.url('/a')));
    receiver.answer('/a', (response, { sequence }) => {
      const tries = receiver.arrivals('/a').filter((arrival) => arrival.sequence === 1).length;
      response.writeHead(sequence === 1 && tries < 3 ? 503 : 200).end('no');
    });
    await world.fanOut('e1', ['bad', 'good', 'bad', 'good', 'bad']);
    await world.start();
    const all = await world.settled('e1');
    expect(receiver.arrivals('/a').map(({ sequence }) => sequence)).toEqual([1, 2, 4, 1, 1, 3, 5]);
    expect(all[0]).toMatchObject({
      state: 'DELIVERED',
      attemptCount: 3,
      attempts: [
        { outcome: 'FAILED', status: 503, error: 'answered 503', responseBody: 'no' },
        { outcome: 'FAILED', status: 503 },
        { outcome: 'DELIVERED', status: 200, error: null },
      ],
    });
    const [first, second] = all[0]?.attempts ?? [];
    expect(Number(second?.at) - Number(first?.at)).toBeGreaterThanOrEqual(100);
  });

  it('makes what is behind it wait too, also what is fanned out meanwhile', async () => {
    world.setEndpoints(anEndpoint('e1', receiver.url('/a')));
    receiver.answer('/a', refuse(500));
    await world.fanOut('e1', ['i1', 'i1']);
    await world.start({ schedule: [0, 3600] });
    const waiting = (count: number) =>
      eventually(
        () => world.read({ endpointId: 'e1', state: 'WAITING' }),
        (all) => all.length === count,
        { withinMs: 5000, what: `${count} wait` },
      );
    await waiting(2);
    await world.fanOut('e1', ['i1']);
    const all = await waiting(3);
    expect(new Set(all.map(({ dueAt }) => dueAt.getTime())).size).toBe(1);
    expect(receiver.arrivals('/a')).toHaveLength(1);
  });

  it('is given up when the schedule is exhausted, and its incident goes on', async () => {
    world.setEndpoints(anEndpoint('e1', receiver.url('/a')));
    receiver.answer('/a', (response, { sequence }) => response.writeHead(sequence === 1 ? 500 : 200).end());
    await world.fanOut('e1', ['i1', 'i1']);
    await world.start({ schedule: [0, 0.05] });
    const [dead, next] = await world.settled('e1');
    expect(dead).toMatchObject({ state: 'DEAD', attemptCount: 2 });
    expect(next).toMatchObject({ state: 'DELIVERED', attemptCount: 1 });
    expect(receiver.arrivals('/a').map(({ sequence }) => sequence)).toEqual([1, 1, 2]);
  });

  it('keeps no more than its newest twenty attempts', async () => {
    world.setEndpoints(anEndpoint('e1', receiver.url('/a')));
    receiver.answer('/a', refuse(500));
    await world.fanOut('e1', ['i1']);
    await world.start({ schedule: Array.from({ length: 23 }, () => 0) });
    const [dead] = await world.settled('e1');
    expect(dead?.attemptCount).toBe(23);
    expect(dead?.attempts).toHaveLength(20);
  });

  it('lets a long lane go on in order once its head is delivered', async () => {
    world.setEndpoints(anEndpoint('e1', receiver.url('/a')));
    let isWell = false;
    receiver.answer('/a', (response) => response.writeHead(isWell ? 200 : 500).end());
    await world.fanOut(
      'e1',
      Array.from({ length: 400 }, (_, index) => (index % 10 === 9 ? 'other' : 'long')),
    );
    await world.start({ schedule: [0, ...Array.from({ length: 50 }, () => 0.2)] });
    await eventually(
      () => world.read({ state: 'WAITING' }),
      (all) => all.filter(({ attemptCount }) => attemptCount > 0).length === 2,
      { withinMs: 10_000, what: 'the heads of both lanes wait' },
    );
    isWell = true;
    const all = await world.settled('e1');
    const delivered = all.filter(({ state }) => state === 'DELIVERED');
    expect(delivered).toHaveLength(400);
    expect(delivered.filter(({ attemptCount }) => attemptCount > 1)).toHaveLength(2);
    const firsts = new Set<number>();
    for (const { sequence } of receiver.arrivals('/a')) firsts.add(sequence);
    const long = [...firsts].filter((sequence) => sequence % 10 !== 0);
    expect(long).toEqual([...long].sort((a, b) => a - b));
  });
});

describe('endpoints do not cost each other anything', () => {
  it('one that hangs', async () => {
    world.setEndpoints(anEndpoint('slow', receiver.url('/slow')), anEndpoint('well', receiver.url('/well')));
    receiver.answer('/slow', hang);
    receiver.answer('/well', ok);
    const incidents = Array.from({ length: 200 }, (_, index) => `i${index}`);
    await world.fanOut('slow', incidents);
    await world.fanOut('well', incidents);
    const outbound = await world.start({ totalTimeoutMs: 60_000 });
    await world.settled('well', 5000);
    expect(receiver.mostAtOnce('/slow')).toBe(8);
    await closeWhileHanging(outbound);
  });

  it('many that hang, even where they outnumber what may be in flight', async () => {
    const hanging = Array.from({ length: 20 }, (_, index) => `h${index}`);
    world.setEndpoints(
      anEndpoint('well', receiver.url('/well')),
      ...hanging.map((id) => anEndpoint(id, receiver.url(`/${id}`))),
    );
    const incidents = Array.from({ length: 20 }, (_, index) => `i${index}`);
    for (const id of hanging) {
      receiver.answer(`/${id}`, hang);
      await world.fanOut(id, incidents);
    }
    const outbound = await world.start({ maxInFlight: 40, totalTimeoutMs: 60_000 });
    await eventually(
      () => hanging.filter((id) => receiver.arrivals(`/${id}`).length > 0).length,
      (reached) => reached === 20,
      { withinMs: 5000, what: 'all of them hang' },
    );
    await world.fanOut('well', incidents);
    await world.settled('well', 5000);
    await closeWhileHanging(outbound);
  });

  it('one with 50,000 open deliveries', async () => {
    world.setEndpoints(anEndpoint('full', receiver.url('/full')), anEndpoint('well', receiver.url('/well')));
    receiver.answer('/full', (response) => setTimeout(() => response.end(), 20));
    await world.fanOut(
      'full',
      Array.from({ length: 50_000 }, (_, index) => `i${index % 50}`),
    );
    await world.start();
    await eventually(
      () => receiver.arrivals('/full').length,
      (count) => count > 0,
      { withinMs: 5000, what: 'the full one is sent to' },
    );
    const before = performance.now();
    await world.fanOut(
      'well',
      Array.from({ length: 200 }, (_, index) => `i${index}`),
    );
    await world.settled('well', 5000);
    expect(performance.now() - before).toBeLessThan(3000);
  }, 60_000);
});
