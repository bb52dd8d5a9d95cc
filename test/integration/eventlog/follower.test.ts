import type { Connection } from 'mongoose';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Event } from '../../../src/domain/event.ts';
import { startFollower } from '../../../src/eventlog/follower.ts';
import type { Follower } from '../../../src/eventlog/follower.ts';
import { startHeadWatch } from '../../../src/eventlog/head-watch.ts';
import { numberBatch } from '../../../src/eventlog/number-batch.ts';
import { createBroadcast } from '../../../src/kernel/broadcast.ts';
import { expectGapless } from '../../support/event-log-checks.ts';
import {
  anEvent,
  commitMany,
  openEventLog,
  prepareEventLog,
  sequence,
  silent,
  until,
} from '../../support/event-log.ts';
import type { EventLog } from '../../support/event-log.ts';
import { openTestDatabase } from '../../support/test-database.ts';

let connection: Connection;
let log: EventLog;

beforeEach(async () => {
  connection = await openTestDatabase();
  await prepareEventLog(connection);
  log = await openEventLog(connection);
  await log.heads.prepare();
});

const never = new AbortController().signal;

async function commitAndNumber(...incidentSeqs: number[]): Promise<void> {
  await log.commit(...incidentSeqs.map((incidentSeq) => anEvent({ incidentSeq })));
  const batch = await numberBatch(log, never);
  if (batch) log.numbered.emit(batch);
}

/** What a subscriber was given, and a promise of so many. */
function collect(follower: Pick<Follower, 'subscribe'>) {
  const got: Event[] = [];
  const unsubscribe = follower.subscribe((page) => got.push(...page));
  return {
    got,
    unsubscribe,
    upTo: (count: number) =>
      until(
        () => Promise.resolve(got),
        (events) => events.length >= count,
      ),
  };
}

const sequences = (events: readonly Event[]): number[] => events.map((event) => event.sequence);

describe('the follower', () => {
  it('hands on every event once, in order, while three writers commit and the sequencer numbers', async () => {
    await using headWatch = await startHeadWatch(log);
    await using follower = startFollower({ ...log, headWatch });
    const { got, upTo } = collect(follower);
    await using _sequencer = sequence(log);
    const totals = await Promise.all([1, 2, 3].map((writer) => commitMany(writer, log, 40)));
    const total = totals.reduce((sum, count) => sum + count, 0);
    await upTo(total);
    expect(got).toHaveLength(total);
    expectGapless(got);
    expect(follower.position()).toBe(total);
  });

  it('begins with the first event after its start', async () => {
    await commitAndNumber(1, 2, 3);
    await using headWatch = await startHeadWatch(log);
    await using follower = startFollower({ ...log, headWatch });
    expect(follower.position()).toBe(3);
    const { got, upTo } = collect(follower);
    await commitAndNumber(4);
    await upTo(1);
    expect(sequences(got)).toEqual([4]);
  });

  it('reads nothing while nobody listens, and a later subscriber still misses nothing', async () => {
    let reads = 0;
    const events: Pick<EventLog['events'], 'after' | 'head'> = {
      head: log.events.head,
      after(...args) {
        reads += 1;
        return log.events.after(...args);
      },
    };
    await using headWatch = await startHeadWatch(log);
    await using follower = startFollower({ ...log, events, headWatch });
    await commitAndNumber(1, 2);
    expect(follower.position()).toBe(2);
    expect(reads).toBe(0);

    const first = collect(follower);
    await commitAndNumber(3);
    await first.upTo(1);
    first.unsubscribe();
    await commitAndNumber(4);
    expect(follower.position()).toBe(4);
    const second = collect(follower);
    await commitAndNumber(5);
    await second.upTo(1);
    expect([sequences(first.got), sequences(second.got)]).toEqual([[3], [5]]);
  });

  it('is at the head again when the last subscriber leaves in the middle of a read', () => {
    const events = { head: log.events.head, after: () => new Promise<Event[]>(() => undefined) };
    let head = 0;
    const headWatch = { head: () => head, headMoved: createBroadcast<number>() };
    const follower = startFollower({ events, headWatch, logger: silent });
    const { unsubscribe } = collect(follower);
    head = 7;
    headWatch.headMoved.emit(7);
    expect(follower.position()).toBe(0);
    unsubscribe();
    expect(follower.position()).toBe(7);
  });

  it('lets whoever pages up to its position join without a hole', async () => {
    await using headWatch = await startHeadWatch(log);
    await using follower = startFollower({ ...log, headWatch });
    const standing = collect(follower);
    await using _sequencer = sequence(log);
    const writing = commitMany(1, log, 60);

    const joined: Event[] = [];
    while (joined.length < 20 || joined.length < follower.position()) {
      joined.push(...(await log.events.after(joined.length, 7)));
    }
    // A page may reach further than the follower has come: what it brings again is known by its number.
    follower.subscribe((page) => joined.push(...page.filter((event) => event.sequence > joined.length)));

    const total = await writing;
    await standing.upTo(total);
    expectGapless(joined);
    expect(joined).toHaveLength(total);
  });

  it('serves the others when one of them fails', async () => {
    await using headWatch = await startHeadWatch(log);
    await using follower = startFollower({ ...log, headWatch });
    follower.subscribe(() => {
      throw new Error('a bug');
    });
    const { got, upTo } = collect(follower);
    await commitAndNumber(1);
    await upTo(1);
    await commitAndNumber(2);
    await upTo(2);
    expect(sequences(got)).toEqual([1, 2]);
  });

  it('goes on after a read that failed', async () => {
    let failures = 0;
    const events: Pick<EventLog['events'], 'after' | 'head'> = {
      head: log.events.head,
      after: (...args) =>
        failures++ === 0 ? Promise.reject(new Error('database away')) : log.events.after(...args),
    };
    await using headWatch = await startHeadWatch(log);
    await using follower = startFollower({ ...log, events, headWatch });
    const { got, upTo } = collect(follower);
    await commitAndNumber(1);
    await upTo(1);
    expect(sequences(got)).toEqual([1]);
    expect(failures).toBeGreaterThan(1);
  });

  it('never hands on behind a hole: it waits until the events follow each other', async () => {
    const [first, second, third] = await (async () => {
      await commitAndNumber(1, 2, 3);
      return log.events.after(0, 3);
    })();
    if (!first || !second || !third) throw new Error('three events were committed');
    const pages = [[first, third], [first, second, third], []];
    const events = { head: log.events.head, after: () => Promise.resolve(pages.shift() ?? []) };
    const headWatch = { head: () => 0, headMoved: createBroadcast<number>() };
    await using follower = startFollower({ events, headWatch, logger: silent });
    const { got, upTo } = collect(follower);
    headWatch.headMoved.emit(3);
    await upTo(3);
    expect(sequences(got)).toEqual([1, 2, 3]);
  });

  it('goes on behind the floor when it slept longer than events are kept', async () => {
    await commitAndNumber(1, 2, 3, 4);
    const all = await log.events.after(0, 10);
    const kept = all.slice(2);
    const events = {
      head: () => Promise.resolve({ sequence: 4, floor: 2 }),
      after: (from: number) => Promise.resolve(kept.filter((event) => event.sequence > from)),
    };
    const headWatch = { head: () => 0, headMoved: createBroadcast<number>() };
    await using follower = startFollower({ events, headWatch, logger: silent });
    const { got, upTo } = collect(follower);
    headWatch.headMoved.emit(4);
    await upTo(2);
    expect(sequences(got)).toEqual([3, 4]);
  });
});
