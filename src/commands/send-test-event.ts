import type { Delivery } from '../domain/delivery.ts';
import type { EventType } from '../domain/event.ts';
import { testDelivery } from '../domain/sample-event.ts';
import type { Refusal } from '../domain/submission.ts';
import type { Clock } from '../kernel/clock.ts';
import { createGate } from '../kernel/gate.ts';
import type { NewId } from '../kernel/ids.ts';
import type { DeliverySteeringStore } from '../store/delivery-steering-store.ts';
import type { WebhookEndpointStore } from '../store/webhook-endpoint-store.ts';
import { refuseToSend } from './refuse-to-send.ts';

export interface SendTestEventDeps {
  endpoints: Pick<WebhookEndpointStore, 'byId'>;
  clock: Pick<Clock, 'now'>;
  steering: Pick<DeliverySteeringStore, 'openTests' | 'insert'>;
  newId: NewId;
  /** Wakes whoever sends for the endpoint in this process. */
  steered: (endpointId: string) => void;
}

export interface SendTestEventInput {
  endpointId: string;
  type: EventType;
}

export type SteeredDelivery = { delivery: Delivery } | { refusal: Refusal };

/** Of one endpoint. */
const MAX_OPEN_TESTS = 10;

/** Has a made-up event sent to an endpoint, beside its lanes and without a number. */
export function createSendTestEvent(deps: SendTestEventDeps) {
  const { steering, clock, newId, steered } = deps;
  // One counts while no other adds.
  const inTurn = createGate(1);

  const insert = async ({ endpointId, type }: SendTestEventInput): Promise<SteeredDelivery> => {
    if ((await steering.openTests(endpointId, MAX_OPEN_TESTS)) >= MAX_OPEN_TESTS) {
      const message = `${MAX_OPEN_TESTS} test events are still to be sent to the endpoint: wait until they are`;
      return { refusal: { code: 'CONFLICT', message, path: ['input', 'endpointId'] } };
    }
    const delivery = testDelivery({ id: newId(), endpointId, type, now: clock.now() });
    await steering.insert(delivery);
    return { delivery };
  };

  return async ({ endpointId, type }: SendTestEventInput): Promise<SteeredDelivery> => {
    const refusal = await refuseToSend(deps.endpoints, endpointId, ['input', 'endpointId']);
    if (refusal !== null) return { refusal };
    const result = await inTurn(() => insert({ endpointId, type }));
    if ('delivery' in result) steered(endpointId);
    return result;
  };
}
