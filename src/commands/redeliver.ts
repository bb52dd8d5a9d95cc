import type { Delivery } from '../domain/delivery.ts';
import type { Refusal } from '../domain/submission.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { DeliveryReader } from '../store/delivery-reader.ts';
import type { DeliverySteeringStore } from '../store/delivery-steering-store.ts';
import type { ExplanationReader } from '../store/explanation-reader.ts';
import type { WebhookEndpointStore } from '../store/webhook-endpoint-store.ts';
import { refuseToSend } from './refuse-to-send.ts';
import type { SteeredDelivery } from './send-test-event.ts';

export interface RedeliverDeps {
  endpoints: Pick<WebhookEndpointStore, 'byId'>;
  clock: Pick<Clock, 'now'>;
  deliveries: Pick<DeliveryReader, 'byId'>;
  events: Pick<ExplanationReader, 'event'>;
  steering: Pick<DeliverySteeringStore, 'reopen' | 'hurryLane'>;
  /** Wakes whoever sends for the endpoint in this process. */
  steered: (endpointId: string) => void;
  logger: Pick<Logger, 'info'>;
}

export interface RedeliverInput {
  deliveryId: string;
  /** Who asks for it. */
  by: string | null;
}

const PATH = ['input', 'deliveryId'];
/** Each time that it is not as it was seen, something has become of it. */
const TRIES = 5;

/**
 * Has one delivery sent at once: a final one again, an open one without waiting any longer. Its attempts stay, and the
 * retry schedule begins anew. What is being sent meanwhile keeps its result.
 */
export async function redeliver(
  deps: RedeliverDeps,
  { deliveryId, by }: RedeliverInput,
): Promise<SteeredDelivery> {
  for (let tries = 0; tries < TRIES; tries++) {
    const seen = await deps.deliveries.byId(deliveryId);
    if (seen === null) return refused('NOT_FOUND', `there is no delivery ${deliveryId.slice(0, 300)}`);
    const refusal = await refuseToSend(deps.endpoints, seen.endpointId, PATH);
    if (refusal !== null) return { refusal };
    if (!(await isBodyKept(deps, seen))) {
      return refused('CONFLICT', 'its event is no longer kept, so there is nothing to send');
    }
    if (!(await sendNow(deps, seen, by))) continue;
    deps.steered(seen.endpointId);
    deps.logger.info({ deliveryId, endpointId: seen.endpointId, from: seen.state, by }, 'webhook sent again');
    const delivery = await deps.deliveries.byId(deliveryId);
    return delivery === null ? refused('CONFLICT', 'it was removed meanwhile') : { delivery };
  }
  return refused('CONFLICT', 'it changes all the time; read it again before trying anew');
}

/** False where it was not as seen any more. */
async function sendNow(
  { steering, clock }: RedeliverDeps,
  seen: Delivery,
  by: string | null,
): Promise<boolean> {
  const at = clock.now();
  if (seen.state === 'PENDING' || seen.state === 'WAITING') await steering.hurryLane(seen, at);
  return steering.reopen(seen, { at, by });
}

async function isBodyKept({ events }: RedeliverDeps, { testBody, eventId }: Delivery): Promise<boolean> {
  return testBody !== undefined || (await events.event(eventId)) !== null;
}

function refused(code: Refusal['code'], message: string): { refusal: Refusal } {
  return { refusal: { code, message, path: PATH } };
}
