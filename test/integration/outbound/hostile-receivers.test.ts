import { describe, expect, it, onTestFinished } from 'vitest';
import type { Delivery } from '../../../src/domain/delivery.ts';
import { startTcp } from './tcp-receiver.ts';
import * as hostile from './hostile-answers.ts';
import type { HostileAnswer } from './hostile-answers.ts';
import { refuse, startReceiver } from './receiver.ts';
import { anEndpoint, openWorld } from './world.ts';
import type { World } from './world.ts';

const ATTEMPTS = 3;
const LIMITS = { schedule: [0, 0.05, 0.05], connectTimeoutMs: 1000, totalTimeoutMs: 400 };
const KEPT = 16 * 1024;

interface Case {
  name: string;
  answer: HostileAnswer;
  /** Of each attempt. */
  error: RegExp | null;
}

const FAILING: Case[] = [
  { name: 'hangs', answer: hostile.HANG, error: /^no answer$/ },
  { name: 'drips its header', answer: hostile.DRIPPING_HEADER, error: /^no answer$/ },
  { name: 'drips its body', answer: hostile.DRIPPING_BODY, error: /^no answer$/ },
  { name: 'resets the connection', answer: hostile.RESET, error: /^the connection was cut off/ },
  { name: 'hangs up', answer: hostile.HANG_UP, error: /^the connection was cut off/ },
  { name: 'resets within the body', answer: hostile.RESET_IN_BODY, error: /^the connection was cut off/ },
  { name: 'sends too little', answer: hostile.LESS_THAN_ANNOUNCED, error: /^the connection was cut off/ },
  { name: 'has a header of 60 kB', answer: hostile.LONG_HEADER, error: /^not a valid HTTP answer/ },
  { name: 'has headers without end', answer: hostile.ENDLESS_HEADERS, error: /^not a valid HTTP answer/ },
  { name: 'announces for ever', answer: hostile.ENDLESS_INTERIM, error: /^not a valid HTTP answer/ },
  { name: 'says to go on', answer: hostile.UNASKED_CONTINUE, error: /^the connection was cut off/ },
  { name: 'fails without end', answer: hostile.ENDLESS_ERROR, error: /^answered 500$/ },
  { name: 'has an endless chunk', answer: hostile.ENDLESS_CHUNK_EXTENSION, error: /^no answer$/ },
  { name: 'has endless trailers', answer: hostile.ENDLESS_TRAILERS, error: /^not a valid HTTP answer/ },
];

async function startHostile(answer: HostileAnswer): Promise<{ url: string; requests: () => number }> {
  let requests = 0;
  const address = await startTcp((socket) => {
    socket.once('data', () => {
      requests++;
      answer(socket);
    });
  });
  return { url: `http://${address}/`, requests: () => requests };
}

/** Sends one webhook to each, and comes back with what became of them. */
async function sendAll(
  world: World,
  cases: readonly Case[],
): Promise<{ delivery: Delivery; requests: number }[]> {
  const receivers = await Promise.all(cases.map(({ answer }) => startHostile(answer)));
  const ids = cases.map((_, index) => `e${index}`);
  world.setEndpoints(...receivers.map(({ url }, index) => anEndpoint(ids[index] ?? '', url)));
  for (const [index, id] of ids.entries()) await world.fanOut(id, [`incident-${index}`]);
  await world.start(LIMITS);
  const settled = await Promise.all(ids.map((id) => world.settled(id)));
  return receivers.flatMap(({ requests }, index) =>
    (settled[index] ?? []).map((delivery) => ({ delivery, requests: requests() })),
  );
}

describe('a receiver that', () => {
  it.each(FAILING)('$name fails each attempt, and has as many as the schedule says', async (test) => {
    const [sent] = await sendAll(await openWorld(), [test]);
    expect(sent?.requests).toBe(ATTEMPTS);
    expect(sent?.delivery).toMatchObject({ state: 'DEAD', attemptCount: ATTEMPTS });
    for (const { error } of sent?.delivery.attempts ?? []) expect(error).toMatch(test.error ?? /^$/);
  });

  it('has no end to say has got its webhook once it said 200', async () => {
    const answer = hostile.ENDLESS_BODY;
    const [sent] = await sendAll(await openWorld(), [{ name: 'endless', answer, error: null }]);
    expect(sent?.requests).toBe(1);
    expect(sent?.delivery).toMatchObject({ state: 'DELIVERED', attemptCount: 1 });
    expect(sent?.delivery.attempts[0]?.responseBody).toHaveLength(KEPT);
  });

  it('answers with 300 MB that came as 300 kB is read as it came, and no further than others', async () => {
    const answer = await hostile.gzipBomb();
    const [sent] = await sendAll(await openWorld(), [{ name: 'bomb', answer, error: null }]);
    expect(sent?.requests).toBe(1);
    expect(sent?.delivery).toMatchObject({ state: 'DELIVERED', attemptCount: 1 });
    const kept = sent?.delivery.attempts[0]?.responseBody ?? '';
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.length).toBeLessThanOrEqual(KEPT);
  });

  it('answers 500 each time has ten attempts by a schedule of ten, and no more', async () => {
    const receiver = await startReceiver();
    receiver.answer('/', refuse(500));
    const world = await openWorld();
    world.setEndpoints(anEndpoint('e1', receiver.url('/')));
    await world.fanOut('e1', ['i1']);
    await world.start({ ...LIMITS, schedule: Array.from({ length: 10 }, () => 0.02) });
    expect(await world.settled('e1')).toMatchObject([{ state: 'DEAD', attemptCount: 10 }]);
    expect(receiver.arrivals()).toHaveLength(10);
  });

  it('redirects to this machine is not followed there', async () => {
    const inside = await startReceiver();
    const outside = await startReceiver();
    outside.answer('/', (response) => response.writeHead(302, { location: inside.url('/secrets') }).end());
    const world = await openWorld();
    world.setEndpoints(anEndpoint('e1', outside.url('/')));
    await world.fanOut('e1', ['i1']);
    await world.start(LIMITS);
    expect(await world.settled('e1')).toMatchObject([{ state: 'DEAD', attemptCount: ATTEMPTS }]);
    expect(outside.arrivals()).toHaveLength(ATTEMPTS);
    expect(inside.connections()).toBe(0);
  });
});

it('all of them together take less than 50 MB', async () => {
  const delivered = [hostile.ENDLESS_BODY, await hostile.gzipBomb()];
  const cases = [
    ...FAILING,
    ...delivered.map((answer, index) => ({ name: `d${index}`, answer, error: null })),
  ];
  const world = await openWorld();
  const before = process.memoryUsage.rss();
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 10);
  onTestFinished(() => clearInterval(timer));
  const sent = await sendAll(world, cases);
  const states = sent.map(({ delivery }) => delivery.state);
  expect(states).toEqual([...FAILING.map(() => 'DEAD'), ...delivered.map(() => 'DELIVERED')]);
  expect(most - before).toBeLessThan(50 * 1024 * 1024);
});
