import type { Connection } from 'mongoose';
import { describe, expect, test } from 'vitest';
import { createReplayReceipt } from '../../../src/commands/replay-receipt.ts';
import type { Receipt } from '../../../src/domain/receipt.ts';
import { createReadAgain } from '../../../src/inbound/read-again.ts';
import { createReceive } from '../../../src/inbound/receive.ts';
import { createRegistry } from '../../../src/inbound/registry.ts';
import type { ProviderRegistry } from '../../../src/inbound/registry.ts';
import { createSources } from '../../../src/inbound/sources.ts';
import { systemClock } from '../../../src/kernel/clock.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { createLogger } from '../../../src/kernel/logger.ts';
import { deploymentModel } from '../../../src/store/deployment-row.ts';
import { eventModel } from '../../../src/store/event-row.ts';
import { evidenceModel } from '../../../src/store/evidence-row.ts';
import { incidentKeyModel } from '../../../src/store/incident-key-row.ts';
import { incidentModel } from '../../../src/store/incident-row.ts';
import { createReceiptReader } from '../../../src/store/receipt-reader.ts';
import { receiptBodyModel, receiptModel } from '../../../src/store/receipt-row.ts';
import { timelineEntryModel } from '../../../src/store/timeline-entry-row.ts';
import { fetchNothing } from '../../support/intake-bench.ts';
import { openTestDatabase } from '../../support/test-database.ts';
import { UNHINDERED } from '../../support/unhindered.ts';
import { webhookMix } from '../../support/webhook-mix.ts';
import { startTestCommitter } from '../../support/write-path.ts';

/** Intake and replays over one store, with code that can be changed in between. */
async function openLedger(connection: Connection, registry: ProviderRegistry = createRegistry()) {
  const committer = await startTestCommitter(connection);
  const receipts = createReceiptReader(connection);
  const logger = createLogger('silent');
  const sources = createSources({ registry, secrets: {} });
  const common = { registry, sources, committer, clock: systemClock, newId, logger };
  return {
    committer,
    receive: createReceive({
      ...UNHINDERED,
      ...common,
      fetchText: fetchNothing,
      auth: { unsignedIntakeAllowed: () => true },
    }),
    async replay(id: string): Promise<Receipt> {
      const result = await createReplayReceipt({ ...common, receipts, readAgain: createReadAgain(common) })({
        id,
        by: 'tester',
      });
      if ('refusal' in result) throw new Error(result.refusal.message);
      return result.receipt;
    },
  };
}

/** All that is stored but the ledger, to the letter. */
async function stateOf(connection: Connection) {
  const models = [
    incidentModel,
    incidentKeyModel,
    timelineEntryModel,
    evidenceModel,
    deploymentModel,
    eventModel,
  ];
  const rows = models.map((model) =>
    model(connection)
      .collection.find({}, { sort: { _id: 1 } })
      .toArray(),
  );
  return JSON.stringify(await Promise.all(rows));
}

async function inBatches<T>(list: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < list.length; from += 250) {
    await Promise.all(list.slice(from, from + 250).map(work));
  }
}

test(
  '10,000 webhooks of all shapes are replayed, and some of them again, without changing anything',
  { timeout: 120_000 },
  async () => {
    const connection = await openTestDatabase();
    const { receive, replay, committer } = await openLedger(connection);
    await inBatches(webhookMix(10_000), receive);
    const incidents = await incidentModel(connection).find({ open: true }).limit(200);
    for (const [n, { _id: incidentId }] of incidents.entries()) {
      const kind = (['ACKNOWLEDGE_INCIDENT', 'RESOLVE_INCIDENT'] as const)[n % 2] ?? 'RESOLVE_INCIDENT';
      const command = { kind, incidentId, note: n % 3 === 0 ? 'by hand' : null };
      await committer.submit({
        kind: 'COMMAND',
        id: newId(),
        receivedAt: new Date(),
        actor: 'Ines',
        command,
      });
    }
    const stored = await receiptModel(connection).find({}, { _id: 1, outcome: 1 }).sort({ bodyHash: 1 });
    expect(stored).toHaveLength(10_000);
    for (const outcome of ['APPLIED', 'DUPLICATE', 'IGNORED', 'REJECTED']) {
      expect(stored.filter((one) => one.outcome === outcome).length, outcome).toBeGreaterThan(100);
    }

    const before = await stateOf(connection);
    const bodies = await receiptBodyModel(connection).countDocuments();
    const again = stored.filter((_, index) => index % 10 === 0);
    for (const [time, replayed] of [
      ['first', stored],
      ['second', again],
    ] as const) {
      await inBatches(replayed, async ({ _id: id }) => {
        const { outcome, replayOf } = await replay(id);
        expect(['IGNORED', 'REJECTED']).toContain(outcome);
        expect(replayOf).not.toBeNull();
      });
      expect((await stateOf(connection)) === before, `after the ${time} replay`).toBe(true);
    }
    expect(await receiptBodyModel(connection).countDocuments()).toBe(bodies);
    expect(await receiptModel(connection).countDocuments({ replayedBy: 'tester' })).toBe(11_000);
  },
);

describe('a webhook that the code failed on', () => {
  const request = (body: string) => ({
    ...{ provider: 'generic', sourceName: null, token: null, headers: {} },
    ...{ body: Buffer.from(body), query: new URLSearchParams() },
  });

  /** The registry of the day before, whose code fails on every generic webhook. */
  function faulty(): ProviderRegistry {
    const registry = new Map(createRegistry());
    const generic = registry.get('generic');
    if (generic === undefined) throw new Error('no generic provider');
    return registry.set('generic', {
      ...generic,
      interpret() {
        throw new Error('a fault of ours');
      },
    });
  }

  test('takes effect by a replay once the code is mended, as of when it came', async () => {
    const connection = await openTestDatabase();
    const old = await openLedger(connection, faulty());
    await old.receive(request('{"title":"Checkout is down"}'));
    const [failed] = await receiptModel(connection).find();
    const id = failed?._id ?? '';
    expect(await old.replay(id)).toMatchObject({ outcome: 'FAILED', replayOf: id, replayedBy: 'tester' });

    const today = await openLedger(connection);
    const replays = await Promise.all(Array.from({ length: 20 }, () => today.replay(id)));
    const outcomes = replays.map(({ outcome }) => outcome).toSorted();
    expect(outcomes).toEqual(['APPLIED', ...Array.from({ length: 19 }, () => 'IGNORED')]);
    const incidents = await incidentModel(connection).find();
    expect(incidents).toMatchObject([
      { title: 'Checkout is down', triggerCount: 1, openedAt: failed?.receivedAt },
    ]);
    for (const { incidentIds } of replays) expect(incidentIds).toEqual([incidents[0]?._id]);
    expect(await timelineEntryModel(connection).find()).toMatchObject([{ kind: 'OPENED', receiptId: id }]);
    // A replay of a replay runs the webhook itself.
    expect(await today.replay(replays[0]?.id ?? '')).toMatchObject({ outcome: 'IGNORED', replayOf: id });
  });

  test('takes effect once where two processes replay it while its sender sends it again', async () => {
    const connection = await openTestDatabase();
    const old = await openLedger(connection, faulty());
    const [one, two] = [await openLedger(connection), await openLedger(connection)];
    for (let round = 0; round < 10; round += 1) {
      const delivery = {
        ...request(`{"title":"round ${round}"}`),
        headers: { 'idempotency-key': `key-${round}` },
      };
      await old.receive(delivery);
      const failed = await receiptModel(connection).findOne({ outcome: 'FAILED' }).sort({ _id: -1 });
      const id = failed?._id ?? '';
      await Promise.all([one.replay(id), two.replay(id), one.receive(delivery), two.receive(delivery)]);
    }
    const incidents = await incidentModel(connection).find();
    expect(incidents.map(({ title, triggerCount }) => `${title} ${triggerCount}`)).toEqual(
      Array.from({ length: 10 }, (_, round) => `round ${round} 1`),
    );
    expect(await eventModel(connection).countDocuments()).toBe(10);
    expect(await receiptModel(connection).countDocuments({ outcome: 'APPLIED' })).toBe(10);
  });
});
