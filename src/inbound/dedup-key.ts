import type { DedupKey } from '../domain/submission.ts';
import { boundedId } from './bounded-id.ts';
import type { Interpretation } from './provider.ts';

/** How long an identical body counts as the same webhook where nothing else tells two apart. */
const SAME_BODY_MS = 60_000;

export interface Delivery {
  /** The source's `keyName`. */
  source: string;
  /** The provider's id of the delivery. */
  deliveryId: string | null;
  /** What the sender put into `Idempotency-Key`. */
  idempotencyKey: string | null;
  bodyHash: string;
  receivedAt: Date;
  interpretation: Exclude<Interpretation, { kind: 'INVALID' }>;
}

/** Which webhooks are the same one. Each way has a word of its own, so that no id can pass for another's. */
export function dedupKey(delivery: Delivery): DedupKey | null {
  const { source, deliveryId, idempotencyKey, bodyHash, receivedAt, interpretation } = delivery;
  if (deliveryId !== null) {
    return { value: `${source}:id:${boundedId(deliveryId)}`, until: null, refuseOtherBody: false };
  }
  if (idempotencyKey !== null) {
    return {
      value: `${source}:idempotency-key:${boundedId(idempotencyKey)}`,
      until: null,
      refuseOtherBody: true,
    };
  }
  // What names an incident or a deployment is told apart by the fold: an identical second outage must open again.
  if (namesSomething(interpretation)) return null;
  const until = new Date(receivedAt.getTime() + SAME_BODY_MS);
  return { value: `${source}:sha256:${bodyHash}`, until, refuseOtherBody: false };
}

function namesSomething(interpretation: Delivery['interpretation']): boolean {
  if (interpretation.kind === 'IGNORED') return false;
  const { signals, deployments } = interpretation;
  return deployments.length > 0 || signals.some(({ key }) => !key.synthetic);
}
