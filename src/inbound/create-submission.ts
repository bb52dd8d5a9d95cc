import { createHash } from 'node:crypto';
import { redactHeaders } from '../domain/redact-headers.ts';
import type { Verdict, WebhookSubmission } from '../domain/submission.ts';
import { toWellFormed } from '../domain/well-formed.ts';
import { boundedId } from './bounded-id.ts';
import { dedupKey } from './dedup-key.ts';
import type { IntakeRequest, Problem } from './intake.ts';
import type { Judgement } from './judge.ts';
import type { Source } from './source.ts';

/** Of a webhook that nobody vouches for: strangers must not fill the disk. And of one that is too large to be kept. */
const START_OF_BODY_BYTES = 1024;
/** Of a stranger's headers, names and values together. */
const STRANGERS_HEADER_LENGTH = 2048;
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
  const { headers, body, provider } = request;
  const idempotencyKey = headers['idempotency-key']?.trim() || null;
  const bodyHash = createHash('sha256').update(body).digest('hex');
  const { deliveryId, verified } = judgement;
  const shownId = deliveryId ?? idempotencyKey;
  const fromStranger = verified === null;
  const tooLarge = judgement.kind === 'REFUSED' && judgement.status === 413;
  return {
    kind: 'WEBHOOK',
    receipt: {
      id: receiptId,
      source: source.name,
      keySource: source.keyName,
      provider,
      deliveryId: shownId === null ? null : boundedId(shownId),
      receivedAt,
      headers: keptHeaders(request, fromStranger),
      bodyHash,
      bodySize: body.length,
      warnings: warningsOf(judgement),
      verifiedWith: verified?.verifiedWith ?? null,
      fromStranger,
    },
    body: fromStranger || tooLarge ? body.subarray(0, START_OF_BODY_BYTES) : body,
    dedupKey:
      judgement.kind === 'TAKEN' && judgement.judgeAgain !== true
        ? dedupKey({ source: source.keyName, idempotencyKey, bodyHash, receivedAt, ...judgement })
        : null,
    verdict: verdictOf(judgement),
  };
}

function secretsInUrl({ token, query }: IntakeRequest): string[] {
  return [...(token === null ? [] : [token]), ...query.getAll('access_token')];
}

/** Node reads up to 16 KB of headers: of a stranger's the first that fit are kept. */
function keptHeaders(request: IntakeRequest, fromStranger: boolean): Record<string, string> {
  const redacted = redactHeaders(request.headers, secretsInUrl(request));
  if (!fromStranger) return redacted;
  let left = STRANGERS_HEADER_LENGTH;
  const fitting = Object.entries(redacted).filter(([name, value]) => {
    left -= name.length + value.length;
    return left >= 0;
  });
  return Object.fromEntries(fitting);
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
