import type { Connection } from 'mongoose';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Event, FieldChange, UnnumberedEvent } from '../../../src/domain/event.ts';
import type { Severity } from '../../../src/domain/incident.ts';
import { HeadMovedError, numberBatch } from '../../../src/eventlog/number-batch.ts';
import { deliveriesTo, expectChain, numbered } from '../../support/event-log-checks.ts';
import { anEndpoint, anEvent, openEventLog, prepareEventLog, sequence } from '../../support/event-log.ts';
import type { EventLog } from '../../support/event-log.ts';
import type { Known } from '../../../src/eventlog/number-batch.ts';
import { openTestDatabase } from '../../support/test-database.ts';

let connection: Connection;
let log: EventLog;

beforeEach(async () => {
  connection = await openTestDatabase();
  await prepareEventLog(connection);
  log = await openEventLog(connection);
});

const never = new AbortController().signal;

describe('fan-out', () => {
  it('gives an endpoint every event committed after it was registered', async () => {
    const registered: string[] = [];
    const rows = connection.getClient().db(connection.name).collection<{ _id: string }>('registered');
    await connection.createCollection('registered');
    const endpoints: typeof log.endpoints = {
      async all(tx) {
        const found = await rows.find({}, { ...(tx && { session: tx }) }).toArray();
        return found.map((row) => anEndpoint(row._id));
      },
    };
    await using _sequencer = sequence(log, { endpoints });
    const expected = new Map<string, string[]>();
    for (let turn = 0; turn < 20; turn += 1) {
      const endpointId = `endpoint-${turn}`;
      await rows.insertOne({ _id: endpointId });
      registered.push(endpointId);
      const event = anEvent({ incidentSeq: turn + 1 });
      await log.commit(event);
      for (const id of registered) expected.set(id, [...(expected.get(id) ?? []), event.id]);
    }
    await numbered(log, 20);
    for (const [endpointId, eventIds] of expected) {
      const got = (await deliveriesTo(connection, endpointId)).map((delivery) => delivery.eventId);
      expect(got.slice(-eventIds.length)).toEqual(eventIds);
    }
  });

  it('never numbers an event of which it could not see the endpoints', async () => {
    await log.heads.prepare();
    await connection.createCollection('registered');
    const rows = connection.getClient().db(connection.name).collection<{ _id: string }>('registered');
    const second = anEvent({ incidentSeq: 2 });
    let meanwhile = async (): Promise<void> => {
      meanwhile = () => Promise.resolve();
      await rows.insertOne({ _id: 'late' });
      await log.commit(second);
    };
    const endpoints: typeof log.endpoints = {
      async all(session) {
        const found = await rows.find({}, { session }).toArray();
        // Registered and committed after the read of the endpoints and before that of the events.
        await meanwhile();
        return found.map((row) => anEndpoint(row._id));
      },
    };
    await log.commit(anEvent({ incidentSeq: 1 }));
    expect(await numberBatch({ ...log, endpoints }, never)).toMatchObject({ events: 1, deliveries: 0 });
    expect(await numberBatch({ ...log, endpoints }, never)).toMatchObject({ events: 1, deliveries: 1 });
    expect(await deliveriesTo(connection, 'late')).toMatchObject([{ eventId: second.id }]);
  });

  it.each([
    ['remembers', true],
    ['reads', false],
  ])(
    'that %s keeps the chain of previous numbers over skipped types, pauses and deletions',
    async (_, remembers) => {
      await log.heads.prepare();
      let known: Known | undefined;
      const number = async (seq: number, type: Event['type'] = 'INCIDENT_CREATED'): Promise<void> => {
        await log.commit(anEvent({ incidentSeq: seq, type }));
        known = (await numberBatch(log, never, remembers ? known : undefined))?.known;
      };
      const created = anEndpoint('created', { events: ['INCIDENT_CREATED'] });
      const all = anEndpoint('all', { events: ['INCIDENT_CREATED', 'EVIDENCE_ADDED'] });
      log.setEndpoints(created, all);
      await number(1);
      await number(2, 'EVIDENCE_ADDED');
      log.setEndpoints({ ...created, state: 'INACTIVE' }, all);
      await number(3);
      log.setEndpoints(created);
      await number(4);
      log.setEndpoints(created, all, anEndpoint('late'));
      await number(5);
      const chain = async (id: string) =>
        (await deliveriesTo(connection, id)).map(({ previousSequence, sequence }) => [
          previousSequence,
          sequence,
        ]);
      expect(await chain('created')).toEqual([
        [null, 1],
        [1, 4],
        [4, 5],
      ]);
      expect(await chain('all')).toEqual([
        [null, 1],
        [1, 2],
        [2, 3],
        [3, 5],
      ]);
      expect(await chain('late')).toEqual([[null, 5]]);
    },
  );

  it('does not trust what it remembers once another process has numbered', async () => {
    await log.heads.prepare();
    log.setEndpoints(anEndpoint('endpoint-1'));
    await log.commit(anEvent({ incidentSeq: 1 }));
    const batch = await numberBatch(log, never);
    await log.commit(anEvent({ incidentSeq: 2 }));
    await numberBatch(log, never);
    await log.commit(anEvent({ incidentSeq: 3 }));
    await expect(numberBatch(log, never, batch?.known)).rejects.toThrow(HeadMovedError);
    await numberBatch(log, never);
    await expectChain(connection, 'endpoint-1');
    expect(await deliveriesTo(connection, 'endpoint-1')).toHaveLength(3);
  });

  it('reads of an event what filters, priority and superseding ask for', async () => {
    log.setEndpoints(
      anEndpoint('high', { minSeverity: 'HIGH' }),
      anEndpoint('checkout', { services: ['checkout'] }),
      anEndpoint('pager', { sources: ['pager'] }),
      anEndpoint('about'),
    );
    const update = (incidentSeq: number, severity: Severity, changes: FieldChange[]): UnnumberedEvent => {
      const event = anEvent({ incidentSeq, type: 'INCIDENT_UPDATED' });
      return { ...event, snapshot: { ...event.snapshot, severity }, details: { ...event.details, changes } };
    };
    const lowered = update(1, 'LOW', [
      { field: 'description', from: 'x'.repeat(60_000), to: '' },
      { field: 'severity', from: 'critical', to: 'low' },
    ]);
    const moved = update(2, 'LOW', [{ field: 'service', from: 'cart', to: 'checkout' }]);
    const resolved = update(3, 'LOW', [{ field: 'status', from: 'open', to: 'resolved' }]);
    await log.commit(lowered, moved, { ...resolved, notFor: 'about' });
    await using _sequencer = sequence(log);
    await numbered(log, 3);
    const seen = async (id: string) =>
      (await deliveriesTo(connection, id)).map(({ sequence: at, priority, collapsible }) => [
        at,
        priority,
        collapsible ?? false,
      ]);
    expect(await seen('high')).toEqual([[1, 3, true]]);
    expect(await seen('checkout')).toEqual([
      [1, 3, true],
      [2, 3, true],
      [3, 3, false],
    ]);
    expect(await seen('pager')).toEqual([]);
    expect(await seen('about')).toEqual([
      [1, 3, true],
      [2, 3, true],
    ]);
  });

  it('asks once only for the last number of an endpoint whose filters let nothing pass', async () => {
    await log.heads.prepare();
    log.setEndpoints(anEndpoint('endpoint-1'), anEndpoint('quiet', { minSeverity: 'CRITICAL' }));
    const asked: string[][] = [];
    const heads: EventLog['heads'] = {
      ...log.heads,
      lastSequences: (ids, tx) => {
        asked.push([...ids]);
        return log.heads.lastSequences(ids, tx);
      },
    };
    let known: Known | undefined;
    for (let incidentSeq = 1; incidentSeq <= 3; incidentSeq += 1) {
      await log.commit(anEvent({ incidentSeq }));
      const batch = await numberBatch({ ...log, heads }, never, known);
      expect(batch?.endpointIds).toEqual(['endpoint-1']);
      known = batch?.known;
    }
    expect(asked).toEqual([['endpoint-1', 'quiet'], [], []]);
  });

  it('tells the size of the body in bytes', async () => {
    log.setEndpoints(anEndpoint('endpoint-1'));
    const event = { ...anEvent(), body: '{"title": "Störung"}' };
    await log.commit(event);
    await using _sequencer = sequence(log);
    await numbered(log, 1);
    expect(await deliveriesTo(connection, 'endpoint-1')).toMatchObject([
      { bodyBytes: Buffer.byteLength(event.body) },
    ]);
    expect(await log.events.bodies([event.id, 'unknown'])).toEqual(new Map([[event.id, event.body]]));
  });
});
