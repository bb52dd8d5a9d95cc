import type { CancelledRecovery } from '../../commands/cancel-recovery.ts';
import type { ExplainEventDeliveryInput } from '../../commands/explain-event-delivery.ts';
import type {
  PauseWebhookEndpointInput,
  PausedWebhookEndpoint,
} from '../../commands/pause-webhook-endpoint.ts';
import type { RecoverDeliveriesInput, StartedRecovery } from '../../commands/recover-deliveries.ts';
import type { RedeliverInput } from '../../commands/redeliver.ts';
import type { SendTestEventInput, SteeredDelivery } from '../../commands/send-test-event.ts';
import type { DeliveryExplanation } from '../../domain/delivery-explanation.ts';
import type { RecoveryStore } from '../../store/recovery-store.ts';

/** What a person can do about what is sent, and ask about it. */
export interface DeliverySteering {
  sendTestEvent(input: SendTestEventInput): Promise<SteeredDelivery>;
  redeliver(input: RedeliverInput): Promise<SteeredDelivery>;
  recover(input: RecoverDeliveriesInput): Promise<StartedRecovery>;
  cancelRecovery(input: { id: string }): Promise<CancelledRecovery>;
  pause(input: PauseWebhookEndpointInput): Promise<PausedWebhookEndpoint>;
  explain(input: ExplainEventDeliveryInput): Promise<DeliveryExplanation>;
  recoveries: Pick<RecoveryStore, 'byId' | 'page'>;
}
