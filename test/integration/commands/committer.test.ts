import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { describe, expect, test } from 'vitest';
import type { Signal } from '../../../src/domain/signal.ts';
import { PoisonedSubmissionError, UnavailableError } from '../../../src/domain/submission.ts';
import { createCommitWriter } from '../../../src/store/commit-writer.ts';
import { openConnection } from '../../../src/store/connection.ts';
import { eventModel } from '../../../src/store/event-row.ts';
import { incidentModel } from '../../../src/store/incident-row.ts';
import { receiptBodyModel, receiptModel } from '../../../src/store/receipt-row.ts';
import { timelineEntryModel } from '../../../src/store/timeline-entry-row.ts';
import { minute, signal } from '../../support/memory-fold.ts';
import { startTestMongod, temporaryFolder } from '../../support/mongod.ts';
import { openTestDatabase } from '../../support/test-database.ts';
import { ownFailPoints } from '../../support/own-fail-points.ts';
import { startTestCommitter, webhook } from '../../support/write-path.ts';

const APP = 'committer-fail-points';

/** Makes mongod fail commands of connections that are named `APP`, and of no others. */
async function failCommand(connection: Connection, data: object, mode: object | string): Promise<void> {
  await ownFailPoints(connection);
  const admin = connection.getClient().db('admin');
  await admin.command({ configureFailPoint: 'failCommand', mode, data: { ...data, appName: APP } });
}

async function incidentsOf(connection: Connection) {
  return incidentModel(connection).find().sort({ _id: 1 });
}

/** Each incident's events count up from 1 without a gap, and its entries are those of its replay. */
async function expectWhole(connection: Connection): Promise<void> {
  for (const incident of await incidentsOf(connection)) {
    const events = await eventModel(connection).find({ incidentId: incident._id }).sort({ incidentSeq: 1 });
    expect(events.map(({ incidentSeq }) => incidentSeq)).toEqual(events.map((_, index) => index + 1));
    expect(events[0]?.type).toBe('INCIDENT_CREATED');
    expect(incident.fold.seq).toBe(events.length);
  }
}

describe('a webhook answered well', () => {
  test('is stored with its receipt, body, incident, timeline and event', async () => {
    const connection = await openTestDatabase();
    const committer = await startTestCommitter(connection);
    const submission = webhook([signal('TRIGGER', minute(0))]);
    const result = await committer.submit(submission);
    expect(result).toMatchObject({ outcome: 'APPLIED', receiptId: submission.receipt.id });
    const [incident] = await incidentsOf(connection);
    expect(result.incidentIds).toEqual([incident?._id]);
    expect(await receiptModel(connection).findById(result.receiptId)).toMatchObject({ outcome: 'APPLIED' });
    expect(await receiptBodyModel(connection).findById(result.receiptId)).toMatchObject({
      encoding: 'IDENTITY',
    });
    expect(await timelineEntryModel(connection).find()).toMatchObject([{ kind: 'OPENED' }]);
    await expectWhole(connection);
  });

  test('is found among hundreds that arrive at once', async () => {
    const connection = await openTestDatabase();
    const committer = await startTestCommitter(connection);
    const results = await Promise.all(
      Array.from({ length: 600 }, (_, n) =>
        committer.submit(webhook([signal('TRIGGER', minute(0), { key: `key ${n % 200}`, tie: `${n}` })])),
      ),
    );
    expect(new Set(results.flatMap(({ incidentIds }) => incidentIds)).size).toBe(200);
    expect((await incidentsOf(connection)).map(({ triggerCount }) => triggerCount)).toEqual(
      Array(200).fill(3),
    );
    await expectWhole(connection);
  });
});

describe('the same webhook twice', () => {
  const key = () => ({ value: `test:${randomUUID()}`, until: null, refuseOtherBody: false });

  test('has one effect and the first one’s answer, in one batch and in two', async () => {
    const connection = await openTestDatabase();
    const committer = await startTestCommitter(connection);
    const dedupKey = key();
    const send = () => committer.submit(webhook([signal('TRIGGER', minute(0))], { dedupKey }));
    const [first, second] = await Promise.all([send(), send()]);
    const third = await send();
    expect(first).toMatchObject({ outcome: 'APPLIED' });
    for (const again of [second, third]) {
      expect(again).toMatchObject({
        outcome: 'DUPLICATE',
        answerAs: 'APPLIED',
        duplicateOf: first?.receiptId,
        incidentIds: first?.incidentIds,
      });
    }
    expect(await incidentsOf(connection)).toMatchObject([{ triggerCount: 1 }]);
  });

  test('has one effect when two processes commit it at once', async () => {
    const connection = await openTestDatabase();
    const committers = [await startTestCommitter(connection), await startTestCommitter(connection)];
    for (let round = 0; round < 20; round += 1) {
      const dedupKey = key();
      const own = { key: `round ${round}` };
      const results = await Promise.all(
        committers.map((c) => c.submit(webhook([signal('TRIGGER', minute(0), own)], { dedupKey }))),
      );
      expect(results.map(({ outcome }) => outcome).toSorted()).toEqual(['APPLIED', 'DUPLICATE']);
    }
    expect(await incidentsOf(connection)).toHaveLength(20);
    await expectWhole(connection);
  });

  test('is refused where it promises the same body and brings another', async () => {
    const connection = await openTestDatabase();
    const committer = await startTestCommitter(connection);
    const dedupKey = { ...key(), refuseOtherBody: true };
    await committer.submit(webhook([signal('TRIGGER', minute(0))], { dedupKey, bodyHash: 'a' }));
    const other = await committer.submit(
      webhook([signal('TRIGGER', minute(0))], { dedupKey, bodyHash: 'b' }),
    );
    expect(other).toMatchObject({ outcome: 'REJECTED', idempotencyConflict: true });
  });

  test('opens again once its key has run out', async () => {
    const connection = await openTestDatabase();
    const committer = await startTestCommitter(connection);
    const dedupKey = { value: 'test:hash', until: new Date(Date.now() - 1), refuseOtherBody: false };
    const send = (n: number) =>
      committer.submit(webhook([signal('TRIGGER', minute(0), { key: `${n}` })], { dedupKey }));
    expect([await send(1), await send(2)]).toMatchObject([{ outcome: 'APPLIED' }, { outcome: 'APPLIED' }]);
    expect(await receiptModel(connection).countDocuments({ dedupKey: 'test:hash' })).toBe(1);
  });
});

describe('two processes on one key', () => {
  const reused = (kind: Signal['kind'], n: number, key: string) =>
    signal(kind, minute(n), { reuse: 'EPISODES', key });

  test('open one incident', async () => {
    const connection = await openTestDatabase();
    const committers = [await startTestCommitter(connection), await startTestCommitter(connection)];
    for (let round = 0; round < 20; round += 1) {
      const results = await Promise.all(
        committers.map((c, n) => c.submit(webhook([reused('TRIGGER', n, `open ${round}`)]))),
      );
      expect(new Set(results.flatMap(({ incidentIds }) => incidentIds)).size).toBe(1);
    }
    expect((await incidentsOf(connection)).every(({ triggerCount }) => triggerCount === 2)).toBe(true);
    await expectWhole(connection);
  });

  test('resolve and trigger it at once, and it comes out as in order', async () => {
    const connection = await openTestDatabase();
    const committers = [await startTestCommitter(connection), await startTestCommitter(connection)];
    for (let round = 0; round < 20; round += 1) {
      const key = `race ${round}`;
      const [resolve, trigger] = round % 2 === 0 ? committers : committers.toReversed();
      await Promise.all([
        resolve?.submit(webhook([reused('RESOLVE', 9, key)])),
        trigger?.submit(webhook([reused('TRIGGER', 0, key)])),
      ]);
    }
    const incidents = await incidentsOf(connection);
    expect(incidents).toHaveLength(20);
    expect(incidents.every(({ status }) => status === 'RESOLVED')).toBe(true);
    await expectWhole(connection);
  });
});

describe('a commit', () => {
  test('that was applied but whose answer was lost is not applied twice', async () => {
    const connection = await openTestDatabase(APP);
    const committer = await startTestCommitter(connection);
    await committer.submit(webhook([signal('TRIGGER', minute(0))]));
    const lost = {
      failCommands: ['commitTransaction'],
      writeConcernError: { code: 64, errmsg: 'no majority in time' },
    };
    await failCommand(connection, lost, 'alwaysOn');
    try {
      const result = await committer.submit(webhook([signal('NOTE', minute(1), { text: 'once' })]));
      expect(result).toMatchObject({ outcome: 'APPLIED' });
    } finally {
      await failCommand(connection, lost, 'off');
    }
    expect(await timelineEntryModel(connection).countDocuments({ kind: 'NOTE' })).toBe(1);
    await expectWhole(connection);
  });

  test('that never reached the server is made again', async () => {
    const connection = await openTestDatabase(APP);
    const committer = await startTestCommitter(connection);
    const cut = { failCommands: ['commitTransaction'], closeConnection: true };
    await failCommand(connection, cut, { times: 3 });
    await committer.submit(webhook([signal('TRIGGER', minute(0))]));
    expect(await incidentsOf(connection)).toMatchObject([{ triggerCount: 1 }]);
    await expectWhole(connection);
  });

  test('that stays unanswered and unapplied is ended and made anew', async () => {
    const connection = await openTestDatabase(APP);
    const writer = createCommitWriter(connection);
    let unanswered = 0;
    const committer = await startTestCommitter(connection, {
      writer: {
        ...writer,
        async write(draft, packed) {
          await writer.write(draft, packed).catch(async (error: unknown) => {
            await failCommand(connection, cut, 'off');
            unanswered += 1;
            throw error;
          });
        },
      },
    });
    const cut = { failCommands: ['commitTransaction'], closeConnection: true };
    await failCommand(connection, cut, 'alwaysOn');
    await committer.submit(webhook([signal('TRIGGER', minute(0))]));
    expect(unanswered).toBe(1);
    expect(await incidentsOf(connection)).toMatchObject([{ triggerCount: 1 }]);
    await expectWhole(connection);
  });

  test('that cannot be made for one webhook is made for the others, and the one is kept as FAILED', async () => {
    const connection = await openTestDatabase();
    const committer = await startTestCommitter(connection);
    const tooLarge = signal('TRIGGER', minute(0), {
      key: 'poison',
      fields: { title: 'x', description: 'y'.repeat(17 * 1024 * 1024) },
    });
    const submissions = [0, 1, 2, 3, 4].map((n) =>
      webhook([n === 2 ? tooLarge : signal('TRIGGER', minute(0), { key: `well ${n}` })]),
    );
    const results = await Promise.allSettled(submissions.map((submission) => committer.submit(submission)));
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect(results[2]).toMatchObject({ reason: expect.any(PoisonedSubmissionError) });
    const poisoned = submissions[2]?.receipt.id ?? '';
    expect(await receiptModel(connection).findById(poisoned)).toMatchObject({ outcome: 'FAILED' });
    expect(await receiptBodyModel(connection).findById(poisoned)).not.toBeNull();
    expect(await incidentsOf(connection)).toHaveLength(4);
  });
});

test('while the database is away webhooks are told to come back, and afterwards all is well without a restart', async () => {
  const folder = await temporaryFolder();
  const before = await startTestMongod(folder);
  const connection = await openConnection(before.uri);
  try {
    const committer = await startTestCommitter(connection);
    await committer.submit(webhook([signal('TRIGGER', minute(0))]));
    await before[Symbol.asyncDispose]();
    await expect(committer.submit(webhook([signal('TRIGGER', minute(1), { key: 'away' })]))).rejects.toThrow(
      UnavailableError,
    );
    const after = await startTestMongod(folder);
    expect(after.uri).toBe(before.uri);
    await committer.submit(webhook([signal('TRIGGER', minute(2), { key: 'back' })]));
    await expectWhole(connection);
    await committer[Symbol.asyncDispose]();
  } finally {
    await connection.close();
  }
});
