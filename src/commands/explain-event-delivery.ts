import type { DeliveryExplanation } from '../domain/delivery-explanation.ts';
import type { EndpointHealth } from '../domain/endpoint-health.ts';
import { explainDelivery } from '../domain/explain-delivery.ts';
import { deliveryId } from '../domain/new-delivery.ts';
import type { Clock } from '../kernel/clock.ts';
import type { DeliveryReader } from '../store/delivery-reader.ts';
import type { ExplanationReader } from '../store/explanation-reader.ts';
import type { WebhookEndpointStore } from '../store/webhook-endpoint-store.ts';

export interface ExplainEventDeliveryDeps {
  explanations: ExplanationReader;
  endpoints: Pick<WebhookEndpointStore, 'byId'>;
  deliveries: Pick<DeliveryReader, 'byId'>;
  health: { byIds(endpointIds: readonly string[]): Promise<EndpointHealth[]> };
  clock: Pick<Clock, 'now'>;
}

export interface ExplainEventDeliveryInput {
  eventId: string;
  endpointId: string;
}

/** Reads what is known of an event and an endpoint, and tells what comes of it. */
export async function explainEventDelivery(
  { explanations, endpoints, deliveries, health, clock }: ExplainEventDeliveryDeps,
  { eventId, endpointId }: ExplainEventDeliveryInput,
): Promise<DeliveryExplanation> {
  const [event, endpoint] = await Promise.all([explanations.event(eventId), endpoints.byId(endpointId)]);
  // After the event: its delivery is stored with its number, so a numbered one without a delivery has none.
  const delivery = await deliveries.byId(deliveryId(eventId, endpointId));
  const [laneHead, [ofEndpoint]] = await Promise.all([
    delivery === null ? null : explanations.laneHead(delivery),
    health.byIds([endpointId]),
  ]);
  const now = clock.now();
  return explainDelivery({
    eventId,
    endpointId,
    event,
    endpoint,
    delivery,
    laneHead,
    health: ofEndpoint ?? null,
    now,
  });
}
