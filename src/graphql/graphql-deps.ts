import type {
  CreateWebhookEndpointInput,
  CreateWebhookEndpointResult,
} from '../commands/create-webhook-endpoint.ts';
import type { DeleteWebhookEndpointResult } from '../commands/delete-webhook-endpoint.ts';
import type { ReplayReceipt } from '../commands/replay-receipt.ts';
import type { UpdateWebhookEndpointResult } from '../commands/update-webhook-endpoint.ts';
import type { MadeUpWebhook, WebhookPreview } from '../commands/webhook-preview.ts';
import type { EndpointInput } from '../domain/endpoint-input.ts';
import type { CommandResult, CommandSubmission } from '../domain/submission.ts';
import type { Clock } from '../kernel/clock.ts';
import type { NewId } from '../kernel/ids.ts';
import type { ApiKeyReader } from '../store/api-key-reader.ts';
import type { DeliveryReader } from '../store/delivery-reader.ts';
import type { DeploymentReader } from '../store/deployment-reader.ts';
import type { EndpointFiguresStore } from '../store/endpoint-figures-store.ts';
import type { EndpointHealthReader } from '../store/endpoint-health-reader.ts';
import type { EndpointIncidentReader } from '../store/endpoint-incident-reader.ts';
import type { EventReader } from '../store/event-reader.ts';
import type { EvidenceReader } from '../store/evidence-reader.ts';
import type { IncidentReader } from '../store/incident-reader.ts';
import type { OpenAgeReader } from '../store/open-age-reader.ts';
import type { ReceiptReader } from '../store/receipt-reader.ts';
import type { TimelineReader } from '../store/timeline-reader.ts';
import type { WebhookEndpointStore } from '../store/webhook-endpoint-store.ts';
import type { ApiKeyAdministration } from './access/api-key-administration.ts';
import type { EndpointSecretAdministration } from './endpoints/endpoint-secret-administration.ts';
import type { SourceAdministration } from './sources/source-administration.ts';
import type { DeliverySteering } from './steering/delivery-steering.ts';

/** What the resolvers stand on: the readers of each aggregate, and what a person can make happen. */
export interface GraphqlDeps {
  incidents: IncidentReader;
  timeline: TimelineReader;
  evidence: EvidenceReader;
  deployments: Pick<DeploymentReader, 'byIds' | 'page' | 'pageRelated'>;
  receipts: Pick<ReceiptReader, 'byIds' | 'body' | 'page'>;
  deliveries: Pick<DeliveryReader, 'byId' | 'byIds' | 'page'>;
  events: EventReader;
  endpoints: Pick<WebhookEndpointStore, 'byIds' | 'page'>;
  endpointHealth: Pick<EndpointHealthReader, 'byIds'>;
  endpointFigures: Pick<EndpointFiguresStore, 'since'>;
  endpointIncidents: EndpointIncidentReader;
  openAges: OpenAgeReader;
  committer: { submit(submission: CommandSubmission): Promise<CommandResult> };
  createWebhookEndpoint(input: CreateWebhookEndpointInput): Promise<CreateWebhookEndpointResult>;
  updateWebhookEndpoint(input: EndpointInput & { id: string }): Promise<UpdateWebhookEndpointResult>;
  deleteWebhookEndpoint(input: { id: string }): Promise<DeleteWebhookEndpointResult>;
  endpointSecrets: EndpointSecretAdministration;
  steering: DeliverySteering;
  replayReceipt: ReplayReceipt;
  sources: SourceAdministration;
  apiKeys: ApiKeyReader;
  apiKeyAdministration: ApiKeyAdministration;
  /** Null where there is no such source. */
  previewWebhook(webhook: MadeUpWebhook): Promise<WebhookPreview | null>;
  clock: Pick<Clock, 'now'>;
  newId: NewId;
}

/** The readers again, for one operation: what they read ends once the signal aborts. */
export type ReadersFor = (signal: AbortSignal) => Partial<GraphqlDeps>;
