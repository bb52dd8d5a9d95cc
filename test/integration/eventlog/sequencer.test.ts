import type { Connection } from 'mongoose';
import { beforeEach, describe, expect, it } from 'vitest';
import { HeadMovedError, numberBatch } from '../../../src/eventlog/number-batch.ts';
import { headModel } from '../../../src/store/head-row.ts';
import { nativeCollection } from '../../../src/store/native-collection.ts';
import { deliveriesTo, expectChain, expectGapless, numbered } from '../../support/event-log-checks.ts';
import {
  anEndpoint,
  anEvent,
  commitMany,
  openEventLog,
  prepareEventLog,
  sequence,
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
});

const never = new AbortController().signal;

describe('the sequencer', () => {
  it('numbers what was committed before it started, oldest first', async () => {
    const at = (ms: number) => new Date(Date.UTC(2026, 0, 1) + ms);
    await log.commit(
      anEvent({ incidentId: 'b', incidentSeq: 2, recordedAt: at(1) }),
      anEvent({ incidentId: 'b', incidentSeq: 1, recordedAt: at(1) }),
      anEvent({ incidentId: 'a', incidentSeq: 1, recordedAt: at(1) }),
      anEvent({ incidentId: 'z', incidentSeq: 1, recordedAt: at(0) }),
    );
    await using _sequencer = sequence(log);
    const events = await numbered(log, 4);
    expect(events.map((event) => `${event.incidentId}${event.incidentSeq}`)).toEqual([
      'z1',
      'a1',
      'b1',
      'b2',
    ]);
    expectGapless(events);
  });

  it('leaves no gap and keeps the order of each incident while three writers commit', async () => {
    log.setEndpoints(anEndpoint('endpoint-1'), anEndpoint('endpoint-2'));
    await using _sequencer = sequence(log);
    const totals = await Promise.all([1, 2, 3].map((writer) => commitMany(writer, log, 40)));
    const total = totals.reduce((sum, count) => sum + count, 0);
    const events = await numbered(log, total);
    expect(events).toHaveLength(total);
    expectGapless(events);
    for (const endpointId of ['endpoint-1', 'endpoint-2']) {
      expect((await deliveriesTo(connection, endpointId)).map((delivery) => delivery.eventId)).toEqual(
        events.map((event) => event.id),
      );
      await expectChain(connection, endpointId);
    }
    expect(await log.events.head()).toEqual({ sequence: total, floor: 0 });
  });

  it('gives no number twice even if two of them believe that they hold the lease', async () => {
    const leases = {
      acquire: (name: string) => Promise.resolve({ name, epoch: 1 }),
      renew: (names: readonly string[]) => Promise.resolve(new Set(names)),
      release: () => Promise.resolve(),
    };
    log.setEndpoints(anEndpoint('endpoint-1'));
    const other = await openEventLog(connection);
    other.setEndpoints(anEndpoint('endpoint-1'));
    log.committed.subscribe(() => {
      other.committed.emit();
    });
    await using _one = sequence(log, { leases });
    await using _two = sequence(other, { leases });
    const totals = await Promise.all([1, 2, 3].map((writer) => commitMany(writer, log, 40)));
    const total = totals.reduce((sum, count) => sum + count, 0);
    const events = await numbered(log, total);
    expect(events).toHaveLength(total);
    expectGapless(events);
    expect(await deliveriesTo(connection, 'endpoint-1')).toHaveLength(total);
    await expectChain(connection, 'endpoint-1');
  });

  it('lets one of two win that have read the same events', async () => {
    log.setEndpoints(anEndpoint('endpoint-1'));
    await log.heads.prepare();
    await log.commit(anEvent({ incidentSeq: 1 }), anEvent({ incidentSeq: 2 }));
    let reading = 2;
    let open: () => void = () => undefined;
    const bothHaveRead = new Promise<void>((resolve) => (open = resolve));
    const heads = {
      ...log.heads,
      async move(...args: Parameters<typeof log.heads.move>) {
        reading -= 1;
        if (reading === 0) open();
        await bothHaveRead;
        return log.heads.move(...args);
      },
    };
    const batches = await Promise.all([
      numberBatch({ ...log, heads }, never),
      numberBatch({ ...log, heads }, never),
    ]);
    expect(batches.map((batch) => batch?.events).filter((count) => count !== undefined)).toEqual([2]);
    expectGapless(await log.events.after(0, 10));
    await expectChain(connection, 'endpoint-1');
    expect(await deliveriesTo(connection, 'endpoint-1')).toHaveLength(2);
  });

  it('leaves nothing behind when it dies between numbering and its commit', async () => {
    log.setEndpoints(anEndpoint('endpoint-1'));
    await log.heads.prepare();
    await log.commit(anEvent({ incidentSeq: 1 }), anEvent({ incidentSeq: 2 }));
    const heads = {
      ...log.heads,
      async setLastSequences(...args: Parameters<typeof log.heads.setLastSequences>) {
        await log.heads.setLastSequences(...args);
        throw new Error('died here');
      },
    };
    await expect(numberBatch({ ...log, heads }, never)).rejects.toThrow('died here');
    expect(await log.events.after(0, 10)).toEqual([]);
    expect(await deliveriesTo(connection, 'endpoint-1')).toEqual([]);
    expect(await log.events.head()).toEqual({ sequence: 0, floor: 0 });

    await using _sequencer = sequence(log);
    expectGapless(await numbered(log, 2));
    expect(
      (await deliveriesTo(connection, 'endpoint-1')).map((delivery) => delivery.previousSequence),
    ).toEqual([null, 1]);
  });

  it('writes nothing when the head is not where it was read', async () => {
    log.setEndpoints(anEndpoint('endpoint-1'));
    await log.heads.prepare();
    expect(await log.runTransaction((tx) => log.heads.move({ from: 1, to: 2 }, tx))).toBe(false);
    await log.commit(anEvent());
    const heads = { ...log.heads, move: () => Promise.resolve(false) };
    await expect(numberBatch({ ...log, heads }, never)).rejects.toThrow(HeadMovedError);
    expect(await log.events.after(0, 10)).toEqual([]);
    expect(await deliveriesTo(connection, 'endpoint-1')).toEqual([]);
  });

  it('goes on after a turn that failed', async () => {
    let failures = 0;
    const endpoints = {
      all: () => (failures++ === 0 ? Promise.reject(new Error('no endpoints')) : Promise.resolve([])),
    };
    await using _sequencer = sequence(log, { endpoints });
    await log.commit(anEvent());
    expectGapless(await numbered(log, 1));
  });

  it('says after the commit how far it came and which endpoints got something', async () => {
    log.setEndpoints(
      anEndpoint('endpoint-1'),
      anEndpoint('endpoint-2', { events: ['EVIDENCE_ADDED'] }),
      anEndpoint('endpoint-3', { state: 'INACTIVE' }),
    );
    const said = new Promise((resolve) => {
      log.numbered.subscribe((value) => {
        resolve(log.events.head().then((head) => ({ value, stored: head.sequence })));
      });
    });
    await log.commit(anEvent({ incidentSeq: 1 }), anEvent({ incidentSeq: 2 }));
    await using _sequencer = sequence(log);
    expect(await said).toEqual({ value: { head: 2, endpointIds: ['endpoint-1'] }, stored: 2 });
  });

  it('takes as many events at once as fit with their deliveries, and comes back for the rest', async () => {
    log.setEndpoints(...Array.from({ length: 99 }, (_, index) => anEndpoint(`endpoint-${index}`)));
    const heads: number[] = [];
    log.numbered.subscribe(({ head }) => heads.push(head));
    await log.commit(...Array.from({ length: 120 }, (_, index) => anEvent({ incidentSeq: index + 1 })));
    await using _sequencer = sequence(log);
    expectGapless(await numbered(log, 120));
    await expectChain(connection, 'endpoint-98');
    await until(
      () => Promise.resolve(heads.at(-1)),
      (head) => head === 120,
    );
    expect(heads).toEqual([49, 98, 120]);
  });

  it('goes on from the events there are when the head document was lost', async () => {
    await log.heads.prepare();
    await log.commit(anEvent({ incidentSeq: 1 }), anEvent({ incidentSeq: 2 }));
    await numberBatch(log, never);
    await using sequencer = sequence(log);
    await until(
      () => Promise.resolve(sequencer.lastTurnAt()),
      (at) => at !== undefined,
    );
    await nativeCollection(headModel(connection)).deleteMany({});
    await log.commit(anEvent({ incidentSeq: 3 }));
    expectGapless(await numbered(log, 3));
  });
});
