import { assertNever } from '../kernel/assert-never.ts';
import type { Delivery } from './delivery.ts';
import type {
  DeliveryExplanation,
  ExplainInput,
  ExplanationVerdict,
  LaneHead,
} from './delivery-explanation.ts';
import { explainNoDelivery } from './explain-no-delivery.ts';
import { whyItReceivesNothing } from './why-it-receives-nothing.ts';

export function explainDelivery(input: ExplainInput): DeliveryExplanation {
  const { delivery } = input;
  return delivery === null
    ? explainNoDelivery(input)
    : { ...explainMade(delivery, input), deliveryId: delivery.id };
}

type Explanation = Omit<DeliveryExplanation, 'deliveryId'>;

function explainMade(delivery: Delivery, input: ExplainInput): Explanation {
  switch (delivery.state) {
    case 'DELIVERED':
      return explanation('DELIVERED', deliveredSentence(delivery));
    case 'DEAD':
      return explanation('DEAD', `${deadSentence(delivery)} \`redeliver\` sends it again.`);
    case 'SUPERSEDED': {
      const by = delivery.supersededBy ?? null;
      const what = by === null ? 'a newer update' : `the newer update ${by}`;
      const sentence = `It was not sent: while its incident's events waited, ${what} of the same incident made it needless.`;
      return explanation('SUPERSEDED', sentence, { supersededBy: by });
    }
    case 'CANCELLED': {
      const at = delivery.completedAt === null ? '' : ` at ${delivery.completedAt.toISOString()}`;
      const tried = delivery.attemptCount === 0 ? 'without an attempt' : `after ${attempts(delivery)}`;
      const sentence = `It was cancelled${at} ${tried}, since the endpoint was removed or switched off, or the event was no longer kept.`;
      return explanation('CANCELLED', sentence);
    }
    case 'PENDING':
    case 'WAITING':
      return explainOpen(delivery, input);
    default:
      return assertNever(delivery.state);
  }
}

function explainOpen(delivery: Delivery, { endpoint, laneHead, health, now }: ExplainInput): Explanation {
  const gone = endpoint === null ? 'the endpoint was removed' : whyItReceivesNothing(endpoint);
  if (endpoint === null || gone !== null)
    return explanation('CANCELLED', `It is about to be cancelled: ${gone}.`);
  if (endpoint.state === 'PAUSED') {
    const since = endpoint.pausedAt === null ? '' : ` since ${endpoint.pausedAt.toISOString()}`;
    return explanation(
      'PAUSED',
      `The endpoint is paused${since}. It is sent once \`resumeWebhookEndpoint\` is called.`,
    );
  }
  const circuit = health !== null && health.url === endpoint.url ? health.circuit : null;
  if (health !== null && circuit !== null) {
    const retryAt = circuit.retryAt > now ? circuit.retryAt : now;
    const reason = health.reason === null ? '' : ` (${health.reason})`;
    const why = circuit.asked
      ? `The endpoint asked for a pause${reason}`
      : `The endpoint failed ${health.consecutiveFailures} times in a row${reason}`;
    const sentence = `${why}. One delivery is tried at ${retryAt.toISOString()}; the others follow in order once it succeeds.`;
    return explanation('WAITS_FOR_ENDPOINT', sentence, {
      nextAttemptAt: retryAt,
      waitsBehind: laneHead?.id ?? null,
    });
  }
  if (laneHead !== null) return explainLane(laneHead, now);
  return explainHead(delivery, now);
}

/** Each lane is sent in order. */
function explainLane(head: LaneHead, now: Date): Explanation {
  const dueAt = head.state === 'WAITING' && head.dueAt > now ? head.dueAt : null;
  const when = dueAt === null ? 'which is being sent' : `which is tried again at ${dueAt.toISOString()}`;
  const sentence = `An earlier event of the same incident has to go first: number ${head.sequence} (delivery ${head.id}), ${when}.`;
  return explanation('WAITS_FOR_LANE', sentence, { waitsBehind: head.id, nextAttemptAt: dueAt });
}

function explainHead(delivery: Delivery, now: Date): Explanation {
  const dueAt = delivery.state === 'WAITING' && delivery.dueAt > now ? delivery.dueAt : now;
  const again = sentAgainText(delivery);
  const so = delivery.attemptCount === 0 ? 'Nothing was tried yet' : failedText(delivery);
  const when = dueAt > now ? `the next attempt is at ${dueAt.toISOString()}` : 'the next attempt is due now';
  return explanation('WILL_BE_SENT', `${again}${so}; ${when}.`, { nextAttemptAt: dueAt });
}

function deliveredSentence(delivery: Delivery): string {
  const last = delivery.attempts.at(-1);
  const at = last === undefined ? '' : ` at ${last.at.toISOString()}`;
  const status = last?.status == null ? '' : `, answered ${last.status}`;
  return `It was delivered${at}${status}, after ${attempts(delivery)}.`;
}

function deadSentence(delivery: Delivery): string {
  return `${failedText(delivery)}, and no further one is planned.`;
}

function failedText(delivery: Delivery): string {
  const last = delivery.attempts.at(-1);
  const so =
    last === undefined ? '' : `, the last at ${last.at.toISOString()}: ${last.error ?? 'answered 2xx'}`;
  return `It had ${attempts(delivery)}${so}`;
}

function sentAgainText({ redelivery }: Delivery): string {
  if (redelivery === undefined) return '';
  const by = redelivery.by === null ? '' : ` by ${redelivery.by}`;
  return `It was sent again${by} at ${redelivery.at.toISOString()}. `;
}

function attempts({ attemptCount }: Delivery): string {
  return attemptCount === 1 ? '1 attempt' : `${attemptCount} attempts`;
}

function explanation(
  verdict: ExplanationVerdict,
  sentence: string,
  rest: Partial<Explanation> = {},
): Explanation {
  return {
    filteredBy: null,
    supersededBy: null,
    waitsBehind: null,
    nextAttemptAt: null,
    ...rest,
    verdict,
    sentence,
  };
}
