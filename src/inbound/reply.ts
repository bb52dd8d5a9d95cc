import type { WebhookResult } from '../domain/submission.ts';
import type { IntakeReply, Problem } from './intake.ts';
import type { Taken } from './judge.ts';
import type { Provider } from './provider.ts';

/** A fault of ours that nobody mends within seconds. */
const TRY_AGAIN_SECONDS = 60;

interface Told {
  /** Null where none was kept. */
  receiptId?: string | null;
  retryAfterSeconds?: number;
}

/** The answer to a webhook that was not taken. */
export function errorReply(
  status: number,
  problems: readonly Problem[],
  { receiptId = null, retryAfterSeconds = TRY_AGAIN_SECONDS }: Told = {},
): IntakeReply {
  const later = status === 429 || status === 503;
  return {
    status,
    body: {
      status: 'error',
      errors: problems.map(({ path, message }) => ({ path, message })),
      ...(receiptId !== null && { receipt_id: receiptId }),
    },
    ...(later && { headers: { 'Retry-After': String(Math.max(1, Math.ceil(retryAfterSeconds))) } }),
  };
}

/**
 * The answer to a webhook that came too soon, the one that has its sender try again: Alertmanager and its like pass over
 * a 429. GitHub tries nothing again, whatever it is told; its deliveries can be sent again by hand.
 */
export function tooFastReply(
  { tooFastStatus }: Pick<Provider, 'tooFastStatus'>,
  message: string,
  retryAfterSeconds: number,
): IntakeReply {
  return errorReply(tooFastStatus ?? 429, [{ path: '', message }], { retryAfterSeconds });
}

/** The answer to a webhook that was taken, after its commit. A duplicate gets that of the first one. */
export function replyTo(taken: Taken, result: WebhookResult, provider: Pick<Provider, 'reply'>): IntakeReply {
  if (result.idempotencyConflict) {
    const message = 'this key came before with another body';
    return errorReply(422, [{ path: 'Idempotency-Key', message }], result);
  }
  const { answerAs, duplicateOf, receiptId, incidentIds, deploymentIds, warnings } = result;
  if (answerAs === 'FAILED' || answerAs === 'REJECTED') {
    const problem = { path: '', message: result.reason ?? 'not taken' };
    return errorReply(answerAs === 'FAILED' ? 500 : 422, [problem], result);
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
