import type { Connection } from 'mongoose';
import { beforeEach, describe, expect, it } from 'vitest';
import { describeThisProcess } from '../../../src/kernel/process-identity.ts';
import { leaseModel } from '../../../src/store/lease-row.ts';
import { nativeCollection } from '../../../src/store/native-collection.ts';
import { expectGapless, numbered } from '../../support/event-log-checks.ts';
import { anEvent, openEventLog, prepareEventLog, sequence, until } from '../../support/event-log.ts';
import type { EventLog } from '../../support/event-log.ts';
import { openTestDatabase } from '../../support/test-database.ts';

let connection: Connection;
let log: EventLog;

beforeEach(async () => {
  connection = await openTestDatabase();
  await prepareEventLog(connection);
  log = await openEventLog(connection);
});

describe('two processes', () => {
  it('have one sequencer; when it closes the other takes over at once', async () => {
    const other = await openEventLog(connection, { host: 'another host' });
    const first = sequence(log);
    await until(() => Promise.resolve(first.isHolder()), Boolean);
    await using second = sequence(other);
    await until(
      () => Promise.resolve(second.lastTurnAt()),
      (at) => at !== undefined,
    );
    expect(second.isHolder()).toBe(false);
    await first[Symbol.asyncDispose]();
    expect(first.isHolder()).toBe(false);
    await other.commit(anEvent());
    expectGapless(await numbered(log, 1));
    expect(second.isHolder()).toBe(true);
  });

  it('number what either of them commits', async () => {
    const other = await openEventLog(connection, { host: 'another host' });
    const presence = { isAlone: () => false };
    await using first = sequence(log, { presence });
    await until(() => Promise.resolve(first.isHolder()), Boolean);
    await using _second = sequence(other, { presence });
    await other.commit(anEvent({ incidentSeq: 1 }));
    await numbered(log, 1);
    await log.commit(anEvent({ incidentSeq: 2 }));
    expectGapless(await numbered(log, 2));
  });

  it('of the same host need not wait out a lease when one was killed', async () => {
    const self = await describeThisProcess();
    const killed = await openEventLog(connection, { host: self.host, startedAt: 'before' });
    await killed.leases.acquire('sequencer');
    await using sequencer = sequence(log);
    await log.commit(anEvent());
    expectGapless(await numbered(log, 1));
    expect(sequencer.isHolder()).toBe(true);
  });

  it('wait out the lease of one that was killed on another host', async () => {
    const killed = await openEventLog(connection, { host: 'another host' });
    await killed.leases.acquire('sequencer');
    await using sequencer = sequence(log);
    await log.commit(anEvent());
    await until(
      () => Promise.resolve(sequencer.lastTurnAt()),
      (at) => at !== undefined,
    );
    expect(sequencer.isHolder()).toBe(false);
    await nativeCollection(leaseModel(connection)).updateOne(
      { _id: 'sequencer' },
      { $set: { until: new Date(1) } },
    );
    expectGapless(await numbered(log, 1));
  });

  it('do not both number after one of them slept past its lease', async () => {
    let monotonic = 0;
    const clock = { now: () => new Date(), monotonic: () => monotonic };
    await using sleeper = sequence(log, { clock });
    await until(() => Promise.resolve(sleeper.isHolder()), Boolean);
    const other = await openEventLog(connection, { host: 'another host' });
    await nativeCollection(leaseModel(connection)).updateOne(
      { _id: 'sequencer' },
      { $set: { until: new Date(1) } },
    );
    await using second = sequence(other);
    await until(() => Promise.resolve(second.isHolder()), Boolean);
    monotonic = 60_000;
    expect(sleeper.isHolder()).toBe(false);
    await log.commit(anEvent({ incidentSeq: 1 }));
    await other.commit(anEvent({ incidentSeq: 2 }));
    expectGapless(await numbered(log, 2));
    expect(sleeper.isHolder()).toBe(false);
  });
});
