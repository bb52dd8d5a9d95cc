import type { Connection } from 'mongoose';
import { beforeEach, describe, expect, it } from 'vitest';
import { startHeadWatch } from '../../../src/eventlog/head-watch.ts';
import type { HeadWatch, HeadWatchDeps } from '../../../src/eventlog/head-watch.ts';
import { numberBatch } from '../../../src/eventlog/number-batch.ts';
import { headModel } from '../../../src/store/head-row.ts';
import { nativeCollection } from '../../../src/store/native-collection.ts';
import { anEvent, openEventLog, prepareEventLog, until } from '../../support/event-log.ts';
import type { EventLog } from '../../support/event-log.ts';
import { openTestDatabase } from '../../support/test-database.ts';

let connection: Connection;
let log: EventLog;
/** Another process, on the same database. */
let other: EventLog;

beforeEach(async () => {
  connection = await openTestDatabase();
  await prepareEventLog(connection);
  log = await openEventLog(connection);
  other = await openEventLog(connection);
  await log.heads.prepare();
});

const never = new AbortController().signal;
const inCompany = { isAlone: () => false };

async function otherNumbers(incidentSeq: number): Promise<void> {
  await other.commit(anEvent({ incidentSeq }));
  await numberBatch(other, never);
}

const headOf = (watch: HeadWatch, head: number): Promise<number> =>
  until(
    () => Promise.resolve(watch.head()),
    (value) => value >= head,
  );

/** Its polls never find anything, so whatever it learns it learns from a change stream. */
function blindPolls(): HeadWatchDeps['heads'] {
  return { ...log.heads, read: () => Promise.resolve({ sequence: 0, floor: 0 }) };
}

describe('the head watch', () => {
  it('learns of this process from its sequencer', async () => {
    await using watch = await startHeadWatch({ ...log, heads: blindPolls() });
    const moves: number[] = [];
    watch.headMoved.subscribe((head) => moves.push(head));
    log.numbered.emit({ head: 5, endpointIds: [] });
    log.numbered.emit({ head: 4, endpointIds: [] });
    expect(watch.head()).toBe(5);
    expect(moves).toEqual([5]);
  });

  it('learns of other processes by a poll, whatever happens to signals', async () => {
    const heads: HeadWatchDeps['heads'] = {
      ...log.heads,
      async *changes() {
        yield await Promise.reject<number>(new Error('no change streams here'));
      },
    };
    await using watch = await startHeadWatch({ ...log, heads, presence: inCompany });
    await otherNumbers(1);
    expect(await headOf(watch, 1)).toBe(1);
  });

  it('learns of other processes from one change stream', async () => {
    let streams = 0;
    let opened: () => void = () => undefined;
    const open = new Promise<void>((resolve) => (opened = resolve));
    const heads: HeadWatchDeps['heads'] = {
      ...blindPolls(),
      changes(signal) {
        streams += 1;
        opened();
        return log.heads.changes(signal);
      },
    };
    await using watch = await startHeadWatch({ ...log, heads, presence: inCompany });
    await open;
    let seq = 0;
    // The stream begins at some moment after it was asked for, so events are made until it tells of one.
    await until(
      async () => {
        await otherNumbers((seq += 1));
        return watch.head();
      },
      (head) => head > 0,
    );
    await otherNumbers((seq += 1));
    expect(await headOf(watch, seq)).toBe(seq);
    expect(streams).toBe(1);
  });

  it('opens no change stream while this process is alone, and closes it when it is alone again', async () => {
    let alone = true;
    const open = new Set<AbortSignal>();
    let streams = 0;
    const heads: HeadWatchDeps['heads'] = {
      ...log.heads,
      async *changes(signal) {
        streams += 1;
        open.add(signal);
        yield* log.heads.changes(signal);
        open.delete(signal);
      },
    };
    await using watch = await startHeadWatch({ ...log, heads, presence: { isAlone: () => alone } });
    await otherNumbers(1);
    await headOf(watch, 1);
    expect(streams).toBe(0);
    alone = false;
    await until(
      () => Promise.resolve(open.size),
      (size) => size === 1,
    );
    alone = true;
    await until(
      () => Promise.resolve(open.size),
      (size) => size === 0,
    );
    expect(streams).toBe(1);
  });

  it('opens another stream when one was invalidated or its history was lost', async () => {
    let streams = 0;
    const heads: HeadWatchDeps['heads'] = {
      ...blindPolls(),
      async *changes(signal) {
        streams += 1;
        if (streams === 1) throw Object.assign(new Error('ChangeStreamHistoryLost'), { code: 286 });
        yield* log.heads.changes(signal);
      },
    };
    await using watch = await startHeadWatch({ ...log, heads, presence: inCompany });
    let seq = 0;
    const untilTold = async (): Promise<void> => {
      const before = watch.head();
      await until(
        async () => {
          await otherNumbers((seq += 1));
          return watch.head();
        },
        (head) => head > before,
      );
    };
    await untilTold();
    expect(streams).toBe(2);
    await nativeCollection(headModel(connection)).drop();
    await other.heads.prepare();
    await until(
      () => Promise.resolve(streams),
      (count) => count === 3,
    );
    await untilTold();
  });

  it('closes while a stream waits for its next change', async () => {
    const watch = await startHeadWatch({ ...log, presence: inCompany });
    await watch[Symbol.asyncDispose]();
  });
});
