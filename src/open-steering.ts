import { cancelRecovery } from './commands/cancel-recovery.ts';
import { explainEventDelivery } from './commands/explain-event-delivery.ts';
import { pauseWebhookEndpoint } from './commands/pause-webhook-endpoint.ts';
import { recoverDeliveries } from './commands/recover-deliveries.ts';
import { redeliver } from './commands/redeliver.ts';
import { createSendTestEvent } from './commands/send-test-event.ts';
import { startWorkOffRecoveries } from './commands/work-off-recoveries.ts';
import type { DeliverySteering } from './graphql/steering/delivery-steering.ts';
import type { Clock } from './kernel/clock.ts';
import type { ClosingStack } from './kernel/closing-stack.ts';
import type { NewId } from './kernel/ids.ts';
import type { Logger } from './kernel/logger.ts';
import { tellingAfter } from './kernel/telling-after.ts';
import type { SteeringStores } from './store/create-steering-stores.ts';
import type { DeliveryReader } from './store/delivery-reader.ts';
import type { EndpointHealthReader } from './store/endpoint-health-reader.ts';
import type { RunTransaction } from './store/transaction.ts';
import type { WebhookEndpointStore } from './store/webhook-endpoint-store.ts';

export interface OpenSteeringOptions {
  stores: SteeringStores;
  endpoints: WebhookEndpointStore;
  endpointHealth: Pick<EndpointHealthReader, 'byIds'>;
  deliveries: Pick<DeliveryReader, 'byId'>;
  runTransaction: RunTransaction;
  /** Deliveries of the endpoint were made or became due: wakes whoever sends them in this process. */
  steered: (endpointId: string) => void;
  /** Some endpoint was paused or resumed: whoever sends in this process is to know at once. */
  endpointsChanged: () => void;
  clock: Clock;
  newId: NewId;
  logger: Logger;
  closing: ClosingStack;
}

/** Wires what a person can do about what is sent, and works off what was asked for before. */
export function openSteering(options: OpenSteeringOptions): DeliverySteering {
  const { endpoints, deliveries, runTransaction, steered, clock, newId, logger, closing } = options;
  const { steering, recoveries, batches, explanations } = options.stores;
  const common = { endpoints, deliveries, steering, recoveries, steered, clock, newId, logger };
  const worker = closing.use(startWorkOffRecoveries({ ...common, batches, runTransaction }));
  return {
    sendTestEvent: createSendTestEvent(common),
    redeliver: (input) => redeliver({ ...common, events: explanations }, input),
    recover: (input) => recoverDeliveries({ ...common, onInserted: () => worker.wake() }, input),
    cancelRecovery: (input) => cancelRecovery(common, input),
    pause: tellingAfter(options.endpointsChanged)((input) => pauseWebhookEndpoint(common, input)),
    explain: (input) =>
      explainEventDelivery({ ...common, explanations, health: options.endpointHealth }, input),
    recoveries,
  };
}
