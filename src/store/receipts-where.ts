import type { mongo } from 'mongoose';
import type { ReceiptOutcome } from '../domain/receipt.ts';
import { leastIdAt } from '../kernel/ids.ts';
import { OUTCOMES_WITH_REASON } from './receipt-row.ts';
import { anyOf, anyOfHeld } from './where.ts';
import type { TimeRange } from './where.ts';

/** All that is given must match; of a list any value does. */
export interface ReceiptsWhere {
  source?: readonly string[];
  provider?: readonly string[];
  outcome?: readonly ReceiptOutcome[];
  receivedAt?: TimeRange;
  incidentId?: string;
  deliveryId?: string;
  /** Part of the reason, whatever the case of its letters. */
  reason?: string;
  /** Part of what it was verified with. */
  verifiedWith?: string;
  replayOf?: string;
}

/** The id of a receipt is made in the same moment as its time, give or take a clock that is being set. */
const SLACK_MS = 1000;

/**
 * Every list of receipts is read in the order of their ids, through an index that ends in the id or through the ids
 * themselves: no filter makes the database sort.
 */
export function receiptsFilter(where: ReceiptsWhere): mongo.Document {
  const { source, provider, outcome, receivedAt, incidentId, deliveryId, reason, verifiedWith, replayOf } =
    where;
  return {
    ...anyOf('source', source),
    ...anyOf('provider', provider),
    ...anyOfHeld('outcome', reason === undefined ? outcome : withReason(outcome), OUTCOMES_WITH_REASON),
    ...receivedWithin(receivedAt),
    ...(incidentId !== undefined && { incidentIds: incidentId }),
    ...(deliveryId !== undefined && { deliveryId }),
    ...(replayOf !== undefined && { replayOf }),
    ...(reason !== undefined && { reason: containing(reason) }),
    ...(verifiedWith !== undefined && { verifiedWith: containing(verifiedWith) }),
  };
}

function withReason(outcome: readonly ReceiptOutcome[] | undefined): readonly ReceiptOutcome[] {
  return outcome?.filter((one) => OUTCOMES_WITH_REASON.includes(one)) ?? OUTCOMES_WITH_REASON;
}

/** The ids bound what is read. The time itself is compared in a form that no index knows: one by time would need a sort. */
function receivedWithin({ from, until }: TimeRange = {}): mongo.Document {
  const time = { $toLong: '$receivedAt' };
  const exact = [
    ...(from === undefined ? [] : [{ $gte: [time, from.getTime()] }]),
    ...(until === undefined ? [] : [{ $lt: [time, until.getTime()] }]),
  ];
  if (exact.length === 0) return {};
  return {
    _id: {
      ...(from && { $gte: leastIdAt(new Date(from.getTime() - SLACK_MS)) }),
      ...(until && { $lt: leastIdAt(new Date(until.getTime() + SLACK_MS)) }),
    },
    $expr: { $and: exact },
  };
}

function containing(text: string): mongo.Document {
  return { $regex: text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`), $options: 'i' };
}
