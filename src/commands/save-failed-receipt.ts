import { draftOver } from '../domain/draft.ts';
import type { WebhookSubmission } from '../domain/submission.ts';
import type { Logger } from '../kernel/logger.ts';
import type { CommitWriter } from '../store/commit-writer.ts';
import type { PackedBody } from '../store/pack-body.ts';
import { createLoadedStates } from './loaded-states.ts';

export interface SaveFailedReceiptDeps {
  writer: Pick<CommitWriter, 'write' | 'writeLargeBody'>;
  packBody: (body: Buffer) => PackedBody | Promise<PackedBody>;
  logger: Logger;
}

/** Keeps the raw body of a webhook that could not be folded, so that it can be replayed once the fault is mended. */
export async function saveFailedReceipt(
  { writer, packBody, logger }: SaveFailedReceiptDeps,
  { receipt, body, rerun }: WebhookSubmission,
  cause: unknown,
): Promise<void> {
  const draft = draftOver(createLoadedStates());
  draft.receipts.push({
    receipt: {
      ...receipt,
      outcome: 'FAILED',
      reason: cause instanceof Error ? cause.message.slice(0, 1000) : String(cause).slice(0, 1000),
      duplicateOf: null,
      incidentIds: [],
      deploymentIds: [],
      replayOf: rerun?.of ?? null,
      replayedBy: rerun?.by ?? null,
    },
    dedupKey: null,
    takesKeyFrom: null,
    folded: null,
  });
  try {
    if (rerun === undefined) {
      const packed = await packBody(body);
      await writer.writeLargeBody(receipt.id, packed, receipt.receivedAt);
    }
    await writer.write(draft, new Map());
  } catch (error) {
    logger.error({ err: error, receiptId: receipt.id }, 'the receipt of a failed webhook could not be kept');
  }
}
