import type { Connection } from 'mongoose';
import { beforeEach, describe, expect, it } from 'vitest';
import { numberBatch } from '../../../src/eventlog/number-batch.ts';
import { retain, startRetention } from '../../../src/eventlog/retention.ts';
import { deliveryModel } from '../../../src/store/delivery-row.ts';
import { eventModel } from '../../../src/store/event-row.ts';
import { nativeCollection } from '../../../src/store/native-collection.ts';
import { anEndpoint, anEvent, openEventLog, prepareEventLog, until } from '../../support/event-log.ts';
import type { EventLog } from '../../support/event-log.ts';
import { openTestDatabase } from '../../support/test-database.ts';

const DAY = 24 * 60 * 60 * 1000;
const BORN = Date.UTC(2026, 0, 1);

let connection: Connection;
let log: EventLog;

/** Events 1 to 5, one a day from `BORN`, each with a delivery to one endpoint. */
beforeEach(async () => {
  connection = await openTestDatabase();
  await prepareEventLog(connection);
  log = await openEventLog(connection);
  await log.heads.prepare();
  log.setEndpoints(anEndpoint('endpoint-1'));
  const days = [0, 1, 2, 3, 4];
  await log.commit(
    ...days.map((day) => anEvent({ incidentSeq: day + 1, recordedAt: new Date(BORN + day * DAY) })),
  );
  await numberBatch(log, new AbortController().signal);
});

const deliveries = () => nativeCollection(deliveryModel(connection));

const finish = async (...sequences: number[]): Promise<void> => {
  await deliveries().updateMany({ sequence: { $in: sequences } }, { $set: { state: 'DELIVERED' } });
};

const stored = async (): Promise<(number | undefined)[]> => {
  const rows = await nativeCollection(eventModel(connection))
    .find({}, { sort: { sequence: 1 } })
    .toArray();
  return rows.map((row) => row.sequence);
};

const atDay = (day: number) => ({ now: () => new Date(BORN + day * DAY), monotonic: () => 0 });

describe('retention', () => {
  it('keeps events for 30 days', async () => {
    await finish(1, 2, 3, 4, 5);
    expect(await retain({ ...log, clock: atDay(30) })).toEqual({ floor: 0, deleted: 0 });
    expect(await stored()).toEqual([1, 2, 3, 4, 5]);
  });

  it('raises the floor to the last event that is older, and deletes those up to it', async () => {
    await finish(1, 2, 3, 4, 5);
    expect(await retain({ ...log, clock: atDay(32.5) })).toEqual({ floor: 3, deleted: 3 });
    expect(await stored()).toEqual([4, 5]);
    expect(await log.events.head()).toEqual({ sequence: 5, floor: 3 });
  });

  it('keeps an event while a delivery of it is open, though it is below the floor', async () => {
    await finish(1, 3);
    await deliveries().updateOne({ sequence: 4 }, { $set: { state: 'WAITING' } });
    expect(await retain({ ...log, clock: atDay(40) })).toEqual({ floor: 5, deleted: 2 });
    expect(await stored()).toEqual([2, 4, 5]);
    await finish(2, 4, 5);
    expect(await retain({ ...log, clock: atDay(40) })).toEqual({ floor: 5, deleted: 3 });
    expect(await stored()).toEqual([]);
  });

  it('lets numbering go on where it was when every event is gone', async () => {
    await finish(1, 2, 3, 4, 5);
    await retain({ ...log, clock: atDay(100) });
    await log.heads.prepare();
    await log.commit(anEvent({ incidentSeq: 6 }));
    await numberBatch(log, new AbortController().signal);
    expect(await stored()).toEqual([6]);
  });

  it('never lowers the floor', async () => {
    await log.heads.raiseFloor(4);
    await log.heads.raiseFloor(2);
    expect(await log.events.head()).toEqual({ sequence: 5, floor: 4 });
  });

  it('leaves events that have no number yet alone, however old', async () => {
    await finish(1, 2, 3, 4, 5);
    await log.commit(anEvent({ incidentSeq: 6, recordedAt: new Date(BORN) }));
    await retain({ ...log, clock: atDay(100) });
    expect(await stored()).toEqual([undefined]);
  });

  it('is the work of the process that numbers', async () => {
    await finish(1, 2, 3, 4, 5);
    let asked = 0;
    const isSequencer = () => {
      asked += 1;
      return false;
    };
    const idle = startRetention({ ...log, clock: atDay(40), isSequencer });
    await until(
      () => Promise.resolve(asked),
      (count) => count > 0,
    );
    await idle[Symbol.asyncDispose]();
    expect(await stored()).toHaveLength(5);
    await using _retention = startRetention({ ...log, clock: atDay(40), isSequencer: () => true });
    expect(await until(stored, (events) => events.length === 0)).toEqual([]);
  });
});
