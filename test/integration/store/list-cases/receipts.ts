import type { Receipt, ReceiptOutcome } from '../../../../src/domain/receipt.ts';
import { receiptModel, toReceiptRow } from '../../../../src/store/receipt-row.ts';
import { anyOf, at, between, idAt, times } from './list-case.ts';
import type { ListCases } from './list-case.ts';

const COUNT = 3_000;
const OUTCOMES: ReceiptOutcome[] = ['IGNORED', 'REJECTED', 'FAILED', 'DUPLICATE'];

function receipt(n: number): Receipt {
  const outcome = n % 10 === 0 ? (OUTCOMES[(n / 10) % OUTCOMES.length] ?? 'FAILED') : 'APPLIED';
  return {
    id: idAt(n),
    source: n % 100 === 0 ? 'rare' : 'github',
    keySource: 'github',
    provider: n % 100 === 0 ? 'generic' : 'github',
    deliveryId: `guid-${n}`,
    receivedAt: at(n),
    outcome,
    reason: outcome === 'APPLIED' ? null : `nothing new in ${n}`,
    headers: { 'x-number': `${n}` },
    bodyHash: 'x',
    bodySize: 2,
    duplicateOf: outcome === 'DUPLICATE' ? idAt(n - 1) : null,
    incidentIds: [`incident-${n % 20}`],
    deploymentIds: [],
    warnings: [`warning ${n}`],
    verifiedWith: n % 2 === 0 ? 'secret s1' : null,
    fromStranger: false,
    replayOf: n > 20 && n % 4 === 3 ? idAt(1) : null,
    replayedBy: null,
  };
}

export const receipts: ListCases = {
  insert: (connection, count = COUNT) =>
    receiptModel(connection).collection.insertMany(
      times(count, (n) =>
        toReceiptRow({ receipt: receipt(n), dedupKey: null, takesKeyFrom: null, folded: null }),
      ) as never,
    ),
  cases: [
    {
      field: 'Query.receipts',
      filters: {
        'filter.source': [['rare'], ['rare', 'github']],
        'filter.provider': [['github'], ['github', 'generic']],
        'filter.outcome': [['FAILED'], ['FAILED', 'REJECTED'], ['APPLIED'], ['APPLIED', 'IGNORED']],
        'filter.receivedAt': [between(500, 900), between(40, 80), { from: at(2_900).toISOString() }],
        'filter.incidentId': ['incident-7'],
        'filter.deliveryId': ['guid-77', 'guid-none'],
        'filter.reason': ['NEW'],
        'filter.verifiedWith': ['S1'],
      },
      passesOver: anyOf('filter.provider', 'filter.reason', 'filter.verifiedWith'),
      together: [
        { 'filter.source': ['github'], 'filter.outcome': ['FAILED'] },
        { 'filter.source': ['rare', 'github'], 'filter.receivedAt': between(500, 900) },
        { 'filter.outcome': ['REJECTED'], 'filter.receivedAt': between(500, 900) },
        { 'filter.outcome': ['IGNORED'], 'filter.reason': 'new' },
        { 'filter.incidentId': 'incident-0', 'filter.outcome': ['FAILED', 'IGNORED'] },
        { 'filter.provider': ['github'], 'filter.verifiedWith': 's1' },
      ],
    },
    {
      field: 'Incident.receipts',
      around: (list) => `{ incident(id: "incident-0") { ${list} } }`,
      filters: {},
    },
    { field: 'Receipt.replays', around: (list) => `{ receipt(id: "${idAt(1)}") { ${list} } }`, filters: {} },
  ],
};
