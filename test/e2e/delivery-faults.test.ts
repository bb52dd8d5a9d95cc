import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { DeliveryRow } from '../../src/store/delivery-row.ts';
import { eventually } from '../support/eventually.ts';
import { startHoldingSink } from '../support/holding-sink.ts';
import type { HoldingSink } from '../support/holding-sink.ts';
import { atOnce, createPoster } from '../support/post-webhook.ts';
import { startProcessPair } from '../support/process-pair.ts';
import type { ProcessPair } from '../support/process-pair.ts';
import { sendRequest } from '../support/send-request.ts';
import type { ServerProcess } from '../support/server-process.ts';
import { testDatabaseUri } from '../support/test-database.ts';
import { complaints, timesArrived, watchDeliveries } from '../support/watched-deliveries.ts';
import type { WatchedDeliveries } from '../support/watched-deliveries.ts';

// A guard against hanging; the promises have deadlines of their own.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
/** Pushes to one endpoint at once. */
const IN_FLIGHT = 8;
const ARRIVES_MS = 10_000;
/** A lease lasts 10 s. */
const TAKE_OVER_MS = 15_000;

let pair: ProcessPair;
let sink: HoldingSink;
let watch: WatchedDeliveries;
/** Events of all lanes opened so far. */
let events = 0;

beforeAll(async () => {
  const uri = testDatabaseUri();
  pair = await startProcessPair(uri);
  sink = await startHoldingSink();
  watch = await watchDeliveries(uri);
});
afterAll(async () => {
  await watch[Symbol.asyncDispose]();
  await pair[Symbol.asyncDispose]();
  await sink[Symbol.asyncDispose]();
});

/** An endpoint whose slot the server holds, which gets all that comes from now on. */
interface Watched {
  path: string;
  id: string;
  /** Events that came before it. */
  since: number;
}

async function endpointOf(server: ServerProcess, path: string): Promise<Watched> {
  const url = sink.url(path);
  await pair.addEndpointOf(server, { url, secret: SECRET, events: 'incident.created,incident.updated' });
  return { path, id: await watch.endpointId(url), since: events };
}

/** Opens and resolves incidents: two events each. */
async function post(which: 0 | 1, name: string, incidents: number): Promise<void> {
  await using poster = createPoster(pair.homes[which].port, 16);
  for (const status of ['triggered', 'resolved']) {
    const jobs = Array.from({ length: incidents }, (_, index) => async () => {
      const body = { title: `${name} ${index}`, status, dedup_key: `${name}-${index}` };
      await poster.post({ provider: 'generic', idempotencyKey: `${name}-${index}-${status}`, body });
    });
    await atOnce(16, jobs);
  }
  events += incidents * 2;
}

/** The process that numbers stays; deliveries of the other one are what is disturbed. */
async function roles(): Promise<{ victim: 0 | 1; other: 0 | 1 }> {
  const { pid } = await pair.sequencer();
  return pair.servers[0].pid === pid ? { victim: 1, other: 0 } : { victim: 0, other: 1 };
}

/** Until the server has read the answer to this delivery. */
async function untilAnswered(server: ServerProcess, deliveryId: string): Promise<void> {
  await eventually(
    () => server.log().filter(({ msg }) => msg === 'webhook delivered'),
    (lines) => lines.some((line) => line['deliveryId'] === deliveryId),
    { withinMs: ARRIVES_MS, what: 'the answer has been read' },
  );
}

const isOpen = ({ completedAt }: DeliveryRow): boolean => completedAt === null;

/** Deliveries that came and are not recorded: what may come again. */
async function unrecorded({ id, path }: Watched): Promise<string[]> {
  // What was on its way when its sender was killed or stopped comes all the same.
  await sink.settled();
  const came = timesArrived(sink.arrivals(path));
  return (await watch.rows(id)).filter((row) => isOpen(row) && came.has(row._id)).map(({ _id }) => _id);
}

/** All arrived, as it should; returns what came more often than once. */
async function untilWhole({ id, path, since }: Watched): Promise<Record<string, number>> {
  const rows = await watch.untilSettled(id, events - since, TAKE_OVER_MS);
  expect(rows).toHaveLength(events - since);
  expect(complaints(sink.arrivals(path), rows, SECRET)).toEqual([]);
  // Not one attempt is recorded of those whose process was killed, or lost its lease.
  expect(rows.filter(({ attemptCount, attempts }) => attemptCount !== 1 || attempts.length !== 1)).toEqual(
    [],
  );
  return Object.fromEntries([...timesArrived(sink.arrivals(path))].filter(([, times]) => times > 1));
}

/** Slots that another process took from it, as its metrics say. */
async function slotsLost(which: 0 | 1): Promise<number> {
  const { text } = await sendRequest(pair.homes[which].port, { path: '/metrics' });
  const [, count] = /^opslens_slots_lost_total (\d+)$/m.exec(text) ?? [];
  if (count === undefined) throw new Error('slots that were lost are not counted');
  return Number(count);
}

const twice = (ids: readonly string[]): Record<string, number> =>
  Object.fromEntries(ids.map((id) => [id, 2]));

interface Disturbed {
  /** Each push of it waits for its answer, as many as there may be. */
  unanswered: Watched;
  /** One of it was answered, and cannot be recorded. */
  unrecorded: Watched;
  bystander: Watched;
  lockedId: string;
  unlock(): Promise<void>;
}

/** Brings the victim to where it has deliveries at each step. */
async function bringToAllSteps(name: string, victim: 0 | 1, other: 0 | 1): Promise<Disturbed> {
  const server = pair.servers[victim];
  const unansweredOne = await endpointOf(server, `/${name}/unanswered`);
  const unrecordedOne = await endpointOf(server, `/${name}/unrecorded`);
  const bystander = await endpointOf(pair.servers[other], `/${name}/bystander`);
  for (const { path } of [unansweredOne, unrecordedOne]) sink.hold(path);
  await post(other, name, IN_FLIGHT + 4);
  await sink.untilArrived(unansweredOne.path, IN_FLIGHT, ARRIVES_MS);
  const [first] = await sink.untilArrived(unrecordedOne.path, IN_FLIGHT, ARRIVES_MS);
  const lockedId = String(first?.headers['x-opslens-delivery']);
  const { release: unlock } = await watch.lock(lockedId);
  sink.release(unrecordedOne.path);
  await untilAnswered(server, lockedId);
  return { unanswered: unansweredOne, unrecorded: unrecordedOne, bystander, lockedId, unlock };
}

describe('A process that pushes is killed with -9', () => {
  it('with deliveries at each step: what nobody had recorded comes again, all the rest once', async () => {
    const { victim, other } = await roles();
    const disturbed = await bringToAllSteps('killed', victim, other);
    const { unanswered, unrecorded: answered, bystander, lockedId } = disturbed;
    // And some that it never reads.
    pair.servers[victim].signal('SIGSTOP');
    await post(other, 'never-read', 4);
    for (const { id, since } of [unanswered, answered]) await watch.untilRows(id, events - since);
    await pair.servers[victim].kill();
    const again = { unanswered: await unrecorded(unanswered), answered: await unrecorded(answered) };
    await disturbed.unlock();
    sink.release(unanswered.path);

    expect(again.unanswered).toHaveLength(IN_FLIGHT);
    expect(await untilWhole(unanswered)).toEqual(twice(again.unanswered));
    const answeredAgain = await untilWhole(answered);
    expect(answeredAgain).toHaveProperty([lockedId], 2);
    expect(twice(again.answered)).toMatchObject(answeredAgain);
    expect(await untilWhole(bystander)).toEqual({});
    await pair.untilAlone(pair.servers[other], TAKE_OVER_MS);
    await pair.restart(victim);
  });
});

describe('A process that is stopped for longer than its lease', () => {
  it('is replaced, and writes nothing when it wakes', async () => {
    const { victim, other } = await roles();
    const disturbed = await bringToAllSteps('stopped', victim, other);
    const { unanswered, unrecorded: answered, bystander, lockedId } = disturbed;
    const stopped = pair.servers[victim];
    expect(await slotsLost(victim)).toBe(0);
    stopped.signal('SIGSTOP');
    const again = { unanswered: await unrecorded(unanswered), answered: await unrecorded(answered) };
    // It finds answers to all that it sent when it wakes; those to its successor are for later.
    for (const { path } of [unanswered, answered]) {
      sink.release(path);
      sink.hold(path);
    }
    await disturbed.unlock();
    await pair.untilAlone(pair.servers[other], TAKE_OVER_MS);
    await sink.untilArrived(unanswered.path, IN_FLIGHT * 2, ARRIVES_MS);
    await eventually(
      () => timesArrived(sink.arrivals(answered.path)).get(lockedId),
      (times) => times === 2,
      { withinMs: ARRIVES_MS, what: 'the one that could not be recorded comes again' },
    );

    const stored = () => watch.stored([unanswered.id, answered.id]);
    const before = await stored();
    stopped.signal('SIGCONT');
    await eventually(
      () => slotsLost(victim),
      (lost) => lost >= 32,
      { withinMs: ARRIVES_MS, what: 'it knows that its slots are lost' },
    );
    await eventually(
      async () => (await pair.slots()).get(stopped.pid) ?? 0,
      (slots) => slots >= 16,
      { withinMs: ARRIVES_MS, what: 'it goes on with slots that it is handed' },
    );
    expect(await stored()).toEqual(before);

    for (const { path } of [unanswered, answered]) sink.release(path);
    await pair.untilShared();
    await post(victim, 'awake', 2);
    expect(await untilWhole(unanswered)).toEqual(twice(again.unanswered));
    const answeredAgain = await untilWhole(answered);
    expect(answeredAgain).toHaveProperty([lockedId], 2);
    expect(twice(again.answered)).toMatchObject(answeredAgain);
    expect(await untilWhole(bystander)).toEqual({});
  });
});

describe('A process that hands over its endpoints', () => {
  it('and is killed before it is done, as is the one that takes over: all comes, thrice at most', async () => {
    const { victim, other } = await roles();
    const leaving = pair.servers[victim];
    const endpoint = await endpointOf(leaving, '/handover');
    sink.hold(endpoint.path);
    await post(other, 'handover', IN_FLIGHT + 2);
    await sink.untilArrived(endpoint.path, IN_FLIGHT, ARRIVES_MS);
    leaving.signal('SIGTERM');
    // All but the one whose pushes are under way.
    await eventually(
      async () => (await pair.slots()).get(pair.servers[other].pid),
      (slots) => slots === 63,
      { withinMs: ARRIVES_MS, what: 'all slots that are idle are handed over' },
    );
    expect(await watch.slotHolder(endpoint.id)).toBe(leaving.pid);
    expect(sink.arrivals(endpoint.path)).toHaveLength(IN_FLIGHT);
    const heads = await unrecorded(endpoint);
    expect(heads).toHaveLength(IN_FLIGHT);
    await leaving.kill();

    await sink.untilArrived(endpoint.path, IN_FLIGHT * 2, TAKE_OVER_MS);
    expect(await watch.slotHolder(endpoint.id)).toBe(pair.servers[other].pid);
    await pair.servers[other].kill();
    await pair.homes[victim].start();
    await sink.untilArrived(endpoint.path, IN_FLIGHT * 3, TAKE_OVER_MS);
    sink.release(endpoint.path);
    expect(await untilWhole(endpoint)).toEqual(Object.fromEntries(heads.map((id) => [id, 3])));
  });
});
