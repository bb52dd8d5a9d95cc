import { createHash } from 'node:crypto';
import { redactHeaders } from '../domain/redact-headers.ts';
import type { Verdict, WebhookSubmission } from '../domain/submission.ts';
import { toWellFormed } from '../domain/well-formed.ts';
import { boundedId } from './bounded-id.ts';
import { dedupKey } from './dedup-key.ts';
import type { IntakeRequest, Problem } from './intake.ts';
import type { Judgement } from './judge.ts';
import type { Source } from './source.ts';

/** Of a webhook that nobody vouches for: strangers must not fill the disk. */
const STRANGERS_BODY_BYTES = 1024;
const MAX_REASON = 1000;

export interface Arrival {
  request: IntakeRequest;
  source: Pick<Source, 'name' | 'keyName'>;
  receiptId: string;
  receivedAt: Date;
}

/** What is committed of a webhook, refused ones included: the ledger has each. */
export function createSubmission(arrival: Arrival, judgement: Judgement): WebhookSubmission {
  const { request, source, receiptId, receivedAt } = arrival;
  const { headers, body, provider, token } = request;
  const idempotencyKey = headers['idempotency-key']?.trim() || null;
  const bodyHash = createHash('sha256').update(body).digest('hex');
  const { deliveryId, verified } = judgement;
  const shownId = deliveryId ?? idempotencyKey;
  return {
    kind: 'WEBHOOK',
    receipt: {
      id: receiptId,
      source: source.name,
      provider,
      deliveryId: shownId === null ? null : boundedId(shownId),
      receivedAt,
      headers: redactHeaders(headers, token === null ? [] : [token]),
      bodyHash,
      bodySize: body.length,
      warnings: warningsOf(judgement),
      verifiedWith: verified?.verifiedWith ?? null,
    },
    body: verified === null ? body.subarray(0, STRANGERS_BODY_BYTES) : body,
    dedupKey:
      judgement.kind === 'TAKEN' && judgement.judgeAgain !== true
        ? dedupKey({ source: source.keyName, idempotencyKey, bodyHash, receivedAt, ...judgement })
        : null,
    verdict: verdictOf(judgement),
  };
}

function warningsOf(judgement: Judgement): string[] {
  return judgement.kind === 'TAKEN' && judgement.interpretation.kind === 'MEANT'
    ? judgement.interpretation.warnings
    : [];
}

function verdictOf(judgement: Judgement): Verdict {
  if (judgement.kind === 'REFUSED') {
    const outcome = judgement.status === 500 ? 'FAILED' : 'REJECTED';
    return { outcome, reason: reasonOf(judgement.problems) };
  }
  const { interpretation } = judgement;
  if (interpretation.kind === 'IGNORED') return { outcome: 'IGNORED', reason: interpretation.reason };
  return { outcome: 'APPLIED', signals: interpretation.signals, deployments: interpretation.deployments };
}

function reasonOf(problems: readonly Problem[]): string {
  const reason = problems
    .map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
    .join('; ');
  return toWellFormed(reason.length > MAX_REASON ? `${reason.slice(0, MAX_REASON)}…` : reason);
}
