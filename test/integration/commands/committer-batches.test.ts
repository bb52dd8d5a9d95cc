import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { describe, expect, test } from 'vitest';
import { createCommitLoader } from '../../../src/store/commit-loader.ts';
import { createCommitWriter } from '../../../src/store/commit-writer.ts';
import { eventModel } from '../../../src/store/event-row.ts';
import { incidentModel } from '../../../src/store/incident-row.ts';
import { receiptModel } from '../../../src/store/receipt-row.ts';
import { timelineEntryModel } from '../../../src/store/timeline-entry-row.ts';
import { minute, signal } from '../../support/memory-fold.ts';
import { openTestDatabase } from '../../support/test-database.ts';
import { startTestCommitter, webhook } from '../../support/write-path.ts';

const opening = (key: string) => signal('TRIGGER', minute(0), { key });
const once = () => ({ value: `test:${randomUUID()}`, until: null, refuseOtherBody: false });

/** A committer whose first batch was decided before `other` happened. */
async function overtaken(connection: Connection, other: () => Promise<unknown>) {
  const load = createCommitLoader(connection);
  const writer = createCommitWriter(connection);
  let passed = false;
  return startTestCommitter(connection, {
    load,
    writer: {
      ...writer,
      async write(draft, packed) {
        if (!passed) {
          passed = true;
          await other();
        }
        await writer.write(draft, packed);
      },
    },
  });
}

describe('a batch that another process overtakes', () => {
  test('on the dedup key of one of its webhooks applies the others once and answers that one as a duplicate', async () => {
    const connection = await openTestDatabase();
    const first = await startTestCommitter(connection);
    const dedupKey = once();
    const committer = await overtaken(connection, () =>
      first.submit(webhook([opening('twice')], { dedupKey })),
    );
    const results = await Promise.all([
      committer.submit(webhook([opening('before')])),
      committer.submit(webhook([opening('twice')], { dedupKey })),
      committer.submit(webhook([opening('after')])),
    ]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['APPLIED', 'DUPLICATE', 'APPLIED']);
    const incidents = await incidentModel(connection).find();
    expect(incidents.map(({ triggerCount }) => triggerCount)).toEqual([1, 1, 1]);
    expect(await eventModel(connection).countDocuments()).toBe(3);
  });

  test('on one of its keys joins the incident that the other opened', async () => {
    const connection = await openTestDatabase();
    const first = await startTestCommitter(connection);
    const committer = await overtaken(connection, () => first.submit(webhook([opening('shared')])));
    const results = await Promise.all([
      committer.submit(webhook([opening('own')])),
      committer.submit(webhook([signal('ACKNOWLEDGE', minute(1), { key: 'shared' })])),
      committer.submit(webhook([opening('shared')])),
    ]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['APPLIED', 'APPLIED', 'IGNORED']);
    const shared = await incidentModel(connection).findOne({ externalKey: 'shared' });
    expect(shared).toMatchObject({ status: 'ACKNOWLEDGED', triggerCount: 2 });
    const events = await eventModel(connection)
      .find({ incidentId: shared?._id ?? '' })
      .sort({ incidentSeq: 1 });
    expect(events.map(({ type, incidentSeq }) => `${incidentSeq} ${type}`)).toEqual([
      '1 INCIDENT_CREATED',
      '2 INCIDENT_UPDATED',
    ]);
  });
});

describe('a webhook that cannot be committed', () => {
  test('leaves its dedup key to the next one that carries it, in the same batch', async () => {
    const connection = await openTestDatabase();
    const committer = await startTestCommitter(connection);
    const dedupKey = once();
    const tooLarge = {
      ...opening('large'),
      fields: { title: 'x', description: 'y'.repeat(17 * 1024 * 1024) },
    };
    const poisoned = webhook([tooLarge], { dedupKey });
    const [first, second] = await Promise.allSettled([
      committer.submit(poisoned),
      committer.submit(webhook([opening('small')], { dedupKey })),
    ]);
    expect(first.status).toBe('rejected');
    expect(second).toMatchObject({ status: 'fulfilled', value: { outcome: 'APPLIED', duplicateOf: null } });
    const failed = await receiptModel(connection).findById(poisoned.receipt.id);
    expect(failed).toMatchObject({ outcome: 'FAILED' });
    expect(failed?.dedupKey).toBeUndefined();
  });

  test('leaves nothing of the signals that could have been', async () => {
    const connection = await openTestDatabase();
    const committer = await startTestCommitter(connection);
    await committer.submit(webhook([opening('gone')]));
    await incidentModel(connection).deleteMany({});
    const [half, whole] = await Promise.allSettled([
      committer.submit(webhook([opening('well'), signal('ACKNOWLEDGE', minute(1), { key: 'gone' })])),
      committer.submit(webhook([opening('well')])),
    ]);
    expect(half.status).toBe('rejected');
    expect(whole).toMatchObject({ status: 'fulfilled', value: { outcome: 'APPLIED' } });
    expect(await incidentModel(connection).find()).toMatchObject([{ externalKey: 'well', triggerCount: 1 }]);
  });
});

test('a timeline entry that others take away and bring back in one batch is there once', async () => {
  const connection = await openTestDatabase();
  const committer = await startTestCommitter(connection);
  const reused = (kind: 'TRIGGER' | 'RESOLVE', n: number) =>
    signal(kind, minute(n), { key: 'flapping', reuse: 'EPISODES' });
  await committer.submit(webhook([reused('TRIGGER', 5)]));
  await Promise.all([
    committer.submit(webhook([reused('TRIGGER', 1)])),
    committer.submit(webhook([reused('RESOLVE', 3)])),
  ]);
  const entries = await timelineEntryModel(connection).find().sort({ occurredAt: 1 });
  expect(entries.map(({ kind, occurredAt }) => [kind, occurredAt])).toEqual([
    ['OPENED', minute(1)],
    ['RESOLVED', minute(3)],
    ['REOPENED', minute(5)],
  ]);
});
