import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Receipt } from '../../../src/domain/receipt.ts';
import type { WebhookSubmission } from '../../../src/domain/submission.ts';
import { matchesReceipt } from '../../../src/graphql/live/receipt-filter.ts';
import { createReceiptReader } from '../../../src/store/receipt-reader.ts';
import { receiptBodyModel, receiptModel, toReceiptRow } from '../../../src/store/receipt-row.ts';
import { leastIdAt } from '../../../src/kernel/ids.ts';
import { ensureCollections } from '../../../src/store/ensure-collections.ts';
import { openTestDatabase } from '../../support/test-database.ts';
import { webhook } from '../../support/write-path.ts';
import { startGraphqlApp } from './graphql-app.ts';
import type { GraphqlApp } from './graphql-app.ts';

const BODY = '{"title":"Checkout is down"}';

/** A generic webhook that came when the code failed on it, or as `over` says. */
function kept(over: Partial<WebhookSubmission> = {}): WebhookSubmission {
  const body = over.body ?? Buffer.from(BODY);
  const submission = webhook([]);
  return {
    ...submission,
    receipt: { ...submission.receipt, bodySize: body.length },
    body,
    verdict: { outcome: 'FAILED', reason: 'a fault of ours' },
    ...over,
  };
}

const REPLAY = `mutation($id: ID!) { replayReceipt(input: { id: $id }) {
  receipt { id outcome reason source provider body replayedBy replayOf { id outcome } incidents { id title } }
  errors { code message path } } }`;

async function replay(app: GraphqlApp, id: string) {
  const { data, errors } = await app.ask(REPLAY, { id });
  expect(errors).toBeUndefined();
  return data.replayReceipt;
}

describe('a replay', () => {
  test('is a receipt of its own that names its webhook, who asked for it, and what came of it', async () => {
    const app = await startGraphqlApp({ apiKeys: ['a-key-of-at-least-16-characters'] });
    const { receiptId: id } = await app.committer.submit(kept());
    const first = await replay(app, id);
    expect(first).toEqual({
      receipt: {
        id: expect.not.stringContaining(id),
        outcome: 'APPLIED',
        reason: null,
        source: 'test',
        provider: 'generic',
        body: BODY,
        replayedBy: expect.stringMatching(/./),
        replayOf: { id, outcome: 'FAILED' },
        incidents: [{ id: expect.any(String), title: 'Checkout is down' }],
      },
      errors: [],
    });
    const second = await replay(app, first.receipt.id);
    expect(second.receipt).toMatchObject({
      outcome: 'IGNORED',
      reason: 'nothing new',
      replayOf: { id },
      incidents: first.receipt.incidents,
    });
    const { data } = await app.ask(
      'query($id: ID!) { receipt(id: $id) { replayOf { id } replays(first: 1) { nodes { id } pageInfo { hasNextPage } } } }',
      { id },
    );
    expect(data.receipt).toEqual({
      replayOf: null,
      replays: { nodes: [{ id: second.receipt.id }], pageInfo: { hasNextPage: true } },
    });
  });

  test('of a repetition runs the first delivery', async () => {
    const app = await startGraphqlApp();
    const dedupKey = { value: 'test:id:1', until: null, refuseOtherBody: false };
    const ignored = { verdict: { outcome: 'IGNORED', reason: 'not known then' }, dedupKey } as const;
    const { receiptId: id } = await app.committer.submit(kept(ignored));
    const { receiptId: again } = await app.committer.submit(kept(ignored));
    const { receipt } = await replay(app, again);
    expect(receipt).toMatchObject({ outcome: 'APPLIED', replayOf: { id }, incidents: [{}] });
  });

  test('is refused in words where the body cannot run', async () => {
    const app = await startGraphqlApp();
    const stranger = kept({ verdict: { outcome: 'REJECTED', reason: 'no signature' } });
    stranger.receipt.fromStranger = true;
    const unknown = kept();
    unknown.receipt.provider = 'gone';
    const cut = kept();
    cut.receipt.bodySize = 100;
    const bodyless = kept();
    for (const one of [stranger, unknown, cut, bodyless]) await app.committer.submit(one);
    await receiptBodyModel(app.connection).deleteOne({ _id: bodyless.receipt.id });
    const messages: [string, RegExp][] = [
      ['no-such-id', /^no receipt no-such-id$/],
      [stranger.receipt.id, /nobody vouched for it/],
      [unknown.receipt.id, /no provider gone/],
      [cut.receipt.id, /only the start of its body/],
      [bodyless.receipt.id, /no longer kept/],
    ];
    for (const [id, message] of messages) {
      const { receipt, errors } = await replay(app, id);
      expect(receipt).toBeNull();
      const code = id === 'no-such-id' ? 'NOT_FOUND' : 'INVALID';
      expect(errors).toEqual([{ code, message: expect.stringMatching(message), path: ['input', 'id'] }]);
    }
    expect(await receiptModel(app.connection).countDocuments()).toBe(4);
  });

  test('of what means nothing to today’s code either is kept with the reason', async () => {
    const app = await startGraphqlApp();
    const { receiptId } = await app.committer.submit(kept({ body: Buffer.from('{"title":') }));
    const { receipt } = await replay(app, receiptId);
    expect(receipt).toMatchObject({ outcome: 'REJECTED', reason: expect.stringContaining('not JSON') });
  });
});

test('a filter that cannot match anything is told what is wrong with it', async () => {
  const app = await startGraphqlApp();
  for (const filter of [
    { reason: ' ' },
    { reason: 'x'.repeat(101) },
    { verifiedWith: 'a\u0000b' },
    { deliveryId: '' },
    { source: Array.from({ length: 51 }, String) },
  ]) {
    const { errors } = await app.ask('query($f: ReceiptFilter) { receipts(filter: $f) { nodes { id } } }', {
      f: filter,
    });
    expect(errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  }
});

test('a filter means the same in the list and live', async () => {
  const connection = await openTestDatabase();
  const reader = createReceiptReader(connection);
  await ensureCollections(connection);
  const at = (n: number) => new Date(Date.parse('2026-03-04T05:00:00.000Z') + n * 400);
  const drawn = fc.record({
    source: fc.constantFrom('github', 'other'),
    provider: fc.constantFrom('github', 'generic'),
    outcome: fc.constantFrom('APPLIED', 'IGNORED', 'REJECTED', 'FAILED', 'DUPLICATE'),
    reason: fc.constantFrom(null, 'Nothing new', 'a.b*c', 'Ungültig: (x)', 'ΣΊΣΥΦΟΣ'),
    incidentIds: fc.subarray(['a', 'b']),
    deliveryId: fc.constantFrom(null, 'guid-1', 'guid-2'),
    verifiedWith: fc.constantFrom(null, 'shared secret', 'shared secret with secret S1'),
  } as const);
  const receipts = fc.sample(drawn, { numRuns: 200, seed: 7 }).map((fields, n): Receipt => ({
    ...fields,
    id: `${leastIdAt(at(n))}-7000-8000-${String(n).padStart(12, '0')}`,
    reason: fields.outcome === 'APPLIED' ? null : fields.reason,
    receivedAt: at(n),
    ...{ keySource: 'github', headers: {}, bodyHash: 'x', bodySize: 2, duplicateOf: null, deploymentIds: [] },
    ...{ warnings: [], fromStranger: false, replayOf: null, replayedBy: null },
  }));
  const rows = receipts.map((receipt) =>
    toReceiptRow({ receipt, dedupKey: null, takesKeyFrom: null, folded: null }),
  );
  await receiptModel(connection).collection.insertMany(rows as never);

  const filters = fc.record(
    {
      source: fc.subarray(['github', 'other', 'none']),
      provider: fc.subarray(['github', 'generic']),
      outcome: fc.subarray(['APPLIED', 'IGNORED', 'REJECTED'] as const),
      receivedAt: fc.record({ from: fc.nat(200).map(at), until: fc.nat(200).map(at) }, { requiredKeys: [] }),
      incidentId: fc.constantFrom('a', 'b', 'c'),
      deliveryId: fc.constantFrom('guid-1', 'guid-3'),
      reason: fc.constantFrom('NOTHING', '.', '*', '(X', 'ungÜltig', 'σίσυ', 'none'),
      verifiedWith: fc.constantFrom('SHARED', 's1'),
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(filters, async (filter) => {
      const { items } = await reader.page(filter, 'NEWEST_FIRST', {
        size: 200,
        backward: false,
        after: null,
        before: null,
      });
      const live = receipts.filter((receipt) => matchesReceipt(receipt, filter)).map(({ id }) => id);
      expect(items.map(({ id }) => id)).toEqual(live.toReversed());
    }),
    { numRuns: 300 },
  );
});
