import type { Draft, KnownReceipt } from './draft.ts';
import type { FoldContext } from './fold-context.ts';
import { foldSignal } from './fold-signal.ts';
import type { FoldOutcome } from './fold-signal.ts';
import { compareReadings, signalMark } from './readings.ts';
import type { Readings } from './readings.ts';
import type { Receipt, ReceiptOutcome } from './receipt.ts';
import { recognise } from './recognise.ts';
import type { Recognition } from './recognise.ts';
import { recordDeployment } from './record-deployment.ts';
import { rereadSignal } from './reread-signal.ts';
import type { Verdict, WebhookResult, WebhookSubmission } from './submission.ts';

export const NOTHING_NEW = 'nothing new';
export const UNMET_WARNING = 'no incident of this key is open: kept for 7 days until its trigger arrives';

/** What a webhook comes to: its receipt with the outcome, and what its signals change. */
export function decideWebhook(
  draft: Draft,
  submission: WebhookSubmission,
  context: FoldContext,
): WebhookResult {
  const { verdict, rerun } = submission;
  if (verdict.outcome === 'REJECTED' || verdict.outcome === 'FAILED') {
    return keep(draft, submission, { ...NO_EFFECT, ...verdict }, null);
  }
  const readings = rerun === undefined ? null : readingsOf(draft, rerun.of);
  const recognition = recognise(draft, submission, readings);
  if (recognition.first !== null) return duplicate(draft, submission, recognition.first);
  const effect =
    verdict.outcome === 'IGNORED'
      ? { ...NO_EFFECT, ...verdict }
      : applied(draft, submission, verdict, { readings, context });
  return keep(draft, submission, effect, recognition);
}

function readingsOf(draft: Draft, receiptId: string): Readings {
  const readings = draft.readings(receiptId);
  if (readings === null) throw new Error(`receipt ${receiptId} is no longer kept`);
  return readings;
}

type Applied = Extract<Verdict, { outcome: 'APPLIED' }>;

interface Effect {
  outcome: ReceiptOutcome;
  reason: string | null;
  incidentIds: string[];
  deploymentIds: string[];
  warnings: string[];
  /** Marks of the signals that were folded; null where nothing was, or each was before. */
  folded: string[] | null;
}

const NO_EFFECT = { incidentIds: [], deploymentIds: [], warnings: [], folded: null };

interface Folding {
  /** Null where the webhook is new. */
  readings: Readings | null;
  context: FoldContext;
}

function applied(
  draft: Draft,
  { receipt }: WebhookSubmission,
  { signals, deployments }: Applied,
  { readings, context }: Folding,
): Effect {
  const compared = readings === null ? null : compareReadings(readings, signals);
  const outcomes = signals.map((signal, offsetMs): FoldOutcome => {
    if (readings === null || compared === null) return foldSignal(draft, signal, context);
    const again = { ...context, rerun: { offsetMs } };
    if (compared[offsetMs] === 'NEW') return foldSignal(draft, signal, again);
    if (compared[offsetMs] === 'REREAD') return rereadSignal(draft, signal, readings.incidentIds, again);
    return { effect: 'NOTHING_NEW', incidentId: null };
  });
  const recorded = deployments.map((deployment) => recordDeployment(draft, deployment));
  const changed =
    outcomes.some(({ effect }) => effect !== 'NOTHING_NEW') || recorded.some(({ isNew }) => isNew);
  const incidentIds = outcomes.flatMap(({ incidentId }) => (incidentId === null ? [] : [incidentId]));
  const deploymentIds = recorded.map(({ id }) => id);
  return {
    outcome: changed ? 'APPLIED' : 'IGNORED',
    reason: changed ? null : NOTHING_NEW,
    incidentIds: [...new Set([...(readings?.incidentIds ?? []), ...incidentIds])],
    deploymentIds: [...new Set([...(readings?.deploymentIds ?? []), ...deploymentIds])],
    warnings: outcomes.some(({ effect }) => effect === 'UNMET')
      ? [...receipt.warnings, UNMET_WARNING]
      : receipt.warnings,
    folded: compared?.every((reading) => reading === 'KNOWN') === true ? null : signals.map(signalMark),
  };
}

function keep(
  draft: Draft,
  submission: WebhookSubmission,
  { folded, ...effect }: Effect,
  recognition: Recognition | null,
): WebhookResult {
  const warnings = effect.warnings.length > 0 ? effect.warnings : submission.receipt.warnings;
  const receipt = receiptOf(submission, { ...effect, warnings, duplicateOf: null });
  draft.receipts.push({
    receipt,
    dedupKey: recognition?.dedupKey ?? null,
    takesKeyFrom: recognition?.takesKeyFrom ?? null,
    folded,
  });
  return resultOf(receipt, { answerAs: receipt.outcome, idempotencyConflict: false });
}

/** The first one's answer again; or a refusal, where a key that promises the same body came with another. */
function duplicate(draft: Draft, submission: WebhookSubmission, first: KnownReceipt): WebhookResult {
  const { dedupKey } = submission;
  const { bodyHash, warnings: ownWarnings } = submission.receipt;
  const idempotencyConflict = dedupKey?.refuseOtherBody === true && first.bodyHash !== bodyHash;
  const { incidentIds, deploymentIds, warnings } = first;
  const receipt = receiptOf(
    submission,
    idempotencyConflict
      ? {
          outcome: 'REJECTED',
          reason: `the Idempotency-Key was used with another body, by receipt ${first.receiptId}`,
          duplicateOf: null,
          incidentIds: [],
          deploymentIds: [],
          warnings: ownWarnings,
        }
      : {
          outcome: 'DUPLICATE',
          reason: first.reason,
          duplicateOf: first.receiptId,
          incidentIds,
          deploymentIds,
          warnings,
        },
  );
  draft.receipts.push({ receipt, dedupKey: null, takesKeyFrom: null, folded: null });
  const answerAs = idempotencyConflict ? 'REJECTED' : first.outcome;
  return resultOf(receipt, { answerAs, idempotencyConflict });
}

function receiptOf(
  { receipt, rerun }: WebhookSubmission,
  came: Omit<Effect, 'folded'> & Pick<Receipt, 'duplicateOf'>,
): Receipt {
  return { ...receipt, ...came, replayOf: rerun?.of ?? null, replayedBy: rerun?.by ?? null };
}

function resultOf(
  { id: receiptId, outcome, reason, duplicateOf, incidentIds, deploymentIds, warnings }: Receipt,
  answer: Pick<WebhookResult, 'answerAs' | 'idempotencyConflict'>,
): WebhookResult {
  return {
    kind: 'WEBHOOK',
    receiptId,
    outcome,
    reason,
    duplicateOf,
    incidentIds,
    deploymentIds,
    warnings,
    ...answer,
  };
}
