import type { Signal } from '../../src/domain/signal.ts';
import type { WebhookSubmission } from '../../src/domain/submission.ts';
import { newId } from '../../src/kernel/ids.ts';
import { webhook } from './write-path.ts';

/** A webhook that came at this time. */
export function webhookAt(receivedAt: Date, signals: Signal[]): WebhookSubmission {
  const submission = webhook(signals);
  return { ...submission, receipt: { ...submission.receipt, receivedAt } };
}

/** The same webhook as it is kept where OpsLens failed on it. */
export function failing(submission: WebhookSubmission): WebhookSubmission {
  return { ...submission, verdict: { outcome: 'FAILED', reason: 'a fault' } };
}

/** What runs again of a webhook, as today's code reads it; without `signals`, as it was read. */
export function rerun(
  { receipt, ...original }: WebhookSubmission,
  now: Date,
  signals?: Signal[],
): WebhookSubmission {
  const { verdict } = original;
  const read = signals ?? (verdict.outcome === 'APPLIED' ? verdict.signals : []);
  const deployments = verdict.outcome === 'APPLIED' ? verdict.deployments : [];
  return {
    ...original,
    receipt: { ...receipt, id: newId(), receivedAt: now },
    body: Buffer.alloc(0),
    verdict: { outcome: 'APPLIED', signals: read.map((one) => ({ ...one, id: newId() })), deployments },
    rerun: { of: receipt.id, receivedAt: receipt.receivedAt, by: null },
  };
}
