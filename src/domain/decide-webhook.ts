import type { Draft, KnownReceipt } from './draft.ts';
import type { FoldContext } from './fold-context.ts';
import { foldSignal } from './fold-signal.ts';
import type { ReceiptOutcome } from './receipt.ts';
import { recordDeployment } from './record-deployment.ts';
import type { WebhookResult, WebhookSubmission } from './submission.ts';

export const NOTHING_NEW = 'nothing new';
export const UNMET_WARNING = 'no incident of this key is open: kept for 7 days until its trigger arrives';

/** What a webhook comes to: its receipt with the outcome, and what its signals change. */
export function decideWebhook(
  draft: Draft,
  submission: WebhookSubmission,
  context: FoldContext,
): WebhookResult {
  const { receipt, dedupKey, verdict } = submission;
  if (verdict.outcome === 'REJECTED' || verdict.outcome === 'FAILED') {
    return keep(draft, submission, { ...NO_EFFECT, ...verdict });
  }

  const first = dedupKey === null ? null : draft.receiptByDedupKey(dedupKey.value);
  const expired = first?.until != null && first.until <= receipt.receivedAt;
  if (first !== null && !expired) return duplicate(draft, submission, first);

  const takesKeyFrom = first?.receiptId ?? null;
  if (verdict.outcome === 'IGNORED')
    return keep(draft, submission, { ...NO_EFFECT, ...verdict, takesKeyFrom });
  return keep(draft, submission, { ...applied(draft, submission, verdict, context), takesKeyFrom });
}

interface Effect {
  outcome: ReceiptOutcome;
  reason: string | null;
  incidentIds: string[];
  deploymentIds: string[];
  warnings: string[];
  takesKeyFrom: string | null;
}

const NO_EFFECT = { incidentIds: [], deploymentIds: [], warnings: [], takesKeyFrom: null };

function applied(
  draft: Draft,
  { receipt }: WebhookSubmission,
  { signals, deployments }: Extract<WebhookSubmission['verdict'], { outcome: 'APPLIED' }>,
  context: FoldContext,
): Effect {
  const outcomes = signals.map((signal) => foldSignal(draft, signal, context));
  const recorded = deployments.map((deployment) => recordDeployment(draft, deployment));
  const changed =
    outcomes.some(({ effect }) => effect !== 'NOTHING_NEW') || recorded.some(({ isNew }) => isNew);
  const incidentIds = outcomes.flatMap(({ incidentId }) => (incidentId === null ? [] : [incidentId]));
  return {
    outcome: changed ? 'APPLIED' : 'IGNORED',
    reason: changed ? null : NOTHING_NEW,
    incidentIds: [...new Set(incidentIds)],
    deploymentIds: recorded.map(({ id }) => id),
    warnings: outcomes.some(({ effect }) => effect === 'UNMET')
      ? [...receipt.warnings, UNMET_WARNING]
      : receipt.warnings,
    takesKeyFrom: null,
  };
}

function keep(draft: Draft, submission: WebhookSubmission, effect: Effect): WebhookResult {
  const { receipt, dedupKey } = submission;
  const { takesKeyFrom, ...stored } = effect;
  const warnings = effect.warnings.length > 0 ? effect.warnings : receipt.warnings;
  const carriesKey = effect.outcome === 'APPLIED' || effect.outcome === 'IGNORED';
  draft.receipts.push({
    receipt: { ...receipt, ...stored, warnings, duplicateOf: null },
    dedupKey: carriesKey ? dedupKey : null,
    takesKeyFrom,
  });
  return {
    kind: 'WEBHOOK',
    receiptId: receipt.id,
    ...stored,
    warnings,
    duplicateOf: null,
    answerAs: effect.outcome,
    idempotencyConflict: false,
  };
}

/** The first one's answer again; or a refusal, where a key that promises the same body came with another. */
function duplicate(draft: Draft, submission: WebhookSubmission, first: KnownReceipt): WebhookResult {
  const { receipt, dedupKey } = submission;
  const idempotencyConflict = dedupKey?.refuseOtherBody === true && first.bodyHash !== receipt.bodyHash;
  const outcome = idempotencyConflict ? 'REJECTED' : 'DUPLICATE';
  const reason = idempotencyConflict
    ? `the Idempotency-Key was used with another body, by receipt ${first.receiptId}`
    : first.reason;
  const told = idempotencyConflict
    ? { incidentIds: [], deploymentIds: [], warnings: receipt.warnings }
    : { incidentIds: first.incidentIds, deploymentIds: first.deploymentIds, warnings: first.warnings };
  const duplicateOf = idempotencyConflict ? null : first.receiptId;
  draft.receipts.push({
    receipt: { ...receipt, outcome, reason, duplicateOf, ...told },
    dedupKey: null,
    takesKeyFrom: null,
  });
  const answerAs = idempotencyConflict ? 'REJECTED' : first.outcome;
  return {
    kind: 'WEBHOOK',
    receiptId: receipt.id,
    outcome,
    reason,
    duplicateOf,
    answerAs,
    idempotencyConflict,
    ...told,
  };
}
