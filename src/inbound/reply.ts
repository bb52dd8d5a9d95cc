import type { WebhookResult } from '../domain/submission.ts';
import type { IntakeReply, Problem } from './intake.ts';
import type { Taken } from './judge.ts';
import type { Provider } from './provider.ts';

/** A fault of ours that nobody mends within seconds. */
const TRY_AGAIN_SECONDS = 60;

export function errorReply(status: number, problems: readonly Problem[]): IntakeReply {
  return {
    status,
    body: { status: 'error', errors: problems.map(({ path, message }) => ({ path, message })) },
    ...(status === 503 && { headers: { 'Retry-After': String(TRY_AGAIN_SECONDS) } }),
  };
}

/** The answer to a webhook that was taken, after its commit. A duplicate gets that of the first one. */
export function replyTo(taken: Taken, result: WebhookResult, provider: Pick<Provider, 'reply'>): IntakeReply {
  if (result.idempotencyConflict) {
    const message = 'this key came before with another body';
    return errorReply(422, [{ path: 'Idempotency-Key', message }]);
  }
  const { answerAs, duplicateOf, receiptId, incidentIds, deploymentIds, warnings } = result;
  if (answerAs === 'FAILED' || answerAs === 'REJECTED') {
    return errorReply(answerAs === 'FAILED' ? 500 : 422, [
      { path: '', message: result.reason ?? 'not taken' },
    ]);
  }
  const { interpretation } = taken;
  // A repetition that folded to nothing is still about the incident it names.
  const acted =
    interpretation.kind === 'MEANT' &&
    (answerAs === 'APPLIED' || incidentIds.length + deploymentIds.length > 0);
  return provider.reply({
    acted,
    reason: interpretation.kind === 'IGNORED' ? interpretation.reason : (result.reason ?? 'nothing new'),
    receiptId: duplicateOf ?? receiptId,
    incidentIds,
    deploymentIds,
    warnings,
    duplicate: duplicateOf !== null,
  });
}
