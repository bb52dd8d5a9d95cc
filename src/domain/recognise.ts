import type { Draft, KnownReceipt } from './draft.ts';
import type { Readings } from './readings.ts';
import type { DedupKey, Rerun, WebhookSubmission } from './submission.ts';

export interface Recognition {
  /** The first delivery of the same webhook; null where this is the first. */
  first: KnownReceipt | null;
  /** What the webhook is to be recognised by from now on. */
  dedupKey: DedupKey | null;
  /** A receipt whose dedup key has run out and passes to this one. */
  takesKeyFrom: string | null;
}

const NO_KEY = { dedupKey: null, takesKeyFrom: null };

/** Whether a webhook came before. */
export function recognise(
  draft: Draft,
  { receipt, dedupKey, rerun }: WebhookSubmission,
  readings: Readings | null,
): Recognition {
  if (dedupKey === null) return { first: null, ...NO_KEY };
  const held = draft.receiptByDedupKey(dedupKey.value);
  if (rerun !== undefined && readings !== null) {
    return recogniseRerun({ held, dedupKey, rerun, readings, now: receipt.receivedAt });
  }
  const expired = held?.until != null && held.until <= receipt.receivedAt;
  if (held !== null && !expired) return { first: held, ...NO_KEY };
  return { first: null, dedupKey, takesKeyFrom: held?.receiptId ?? null };
}

interface RerunDelivery {
  held: KnownReceipt | null;
  dedupKey: DedupKey;
  rerun: Rerun;
  readings: Readings;
  now: Date;
}

/**
 * A webhook that failed holds no key: its sender may have sent it again before it is replayed, or may do so after. The
 * first of the two that is applied takes the key, and the other is its duplicate.
 */
function recogniseRerun({ held, dedupKey, rerun, readings, now }: RerunDelivery): Recognition {
  if (held === null) {
    const isOver = dedupKey.until !== null && dedupKey.until <= now;
    return { first: null, dedupKey: isOver ? null : dedupKey, takesKeyFrom: null };
  }
  const isOwn = readings.receiptIds.includes(held.receiptId);
  return { first: !isOwn && isSameDelivery(held, dedupKey, rerun) ? held : null, ...NO_KEY };
}

/** A key that runs out tells two deliveries apart that came further from each other than it holds. */
function isSameDelivery({ until }: KnownReceipt, dedupKey: DedupKey, { receivedAt }: Rerun): boolean {
  if (until === null || dedupKey.until === null) return true;
  const holdsMs = dedupKey.until.getTime() - receivedAt.getTime();
  return Math.abs(until.getTime() - dedupKey.until.getTime()) < holdsMs;
}
