import { isLoopbackHost } from './access/access-mode.ts';
import type { Sealer } from './access/sealing.ts';
import type { WebhookSigningKeys } from './access/webhook-signing-keys.ts';
import { createCheckEndpointTarget } from './commands/check-endpoint-target.ts';
import { createWebhookEndpoint, endpointSecretPlace } from './commands/create-webhook-endpoint.ts';
import type { CreateWebhookEndpointInput } from './commands/create-webhook-endpoint.ts';
import { deleteWebhookEndpoint } from './commands/delete-webhook-endpoint.ts';
import { startReportEndpointHealth } from './commands/report-endpoint-health.ts';
import { endpointHeaderPlace } from './commands/seal-endpoint-headers.ts';
import { updateWebhookEndpoint } from './commands/update-webhook-endpoint.ts';
import type { Config } from './config.ts';
import { createTargetRule } from './domain/blocked-address.ts';
import type { EndpointInput } from './domain/endpoint-input.ts';
import { DEFAULT_RETRY_SCHEDULE } from './domain/retry-plan.ts';
import type { Committer } from './domain/submission.ts';
import type { WebhookEndpoint } from './domain/webhook-endpoint.ts';
import type { HeadWatch } from './eventlog/head-watch.ts';
import type { Numbered } from './eventlog/numbered.ts';
import type { GraphqlDeps } from './graphql/graphql-deps.ts';
import { createBroadcast } from './kernel/broadcast.ts';
import type { Broadcast } from './kernel/broadcast.ts';
import type { Clock } from './kernel/clock.ts';
import type { ClosingStack } from './kernel/closing-stack.ts';
import type { NewId } from './kernel/ids.ts';
import type { Logger } from './kernel/logger.ts';
import type { Metrics } from './kernel/metrics.ts';
import type { ProcessIdentity } from './kernel/process-identity.ts';
import { createNameResolver } from './kernel/resolve-name.ts';
import { tellingAfter } from './kernel/telling-after.ts';
import { openEndpointSecrets } from './open-endpoint-secrets.ts';
import { startFiguresWriter } from './outbound/figures-writer.ts';
import { startOutbound } from './outbound/outbound.ts';
import type { Outbound, OutboundDeps } from './outbound/outbound.ts';
import { startQueueAge } from './outbound/queue-age.ts';
import { createTroubleLog } from './outbound/trouble-log.ts';
import type { DeliveryStore } from './store/delivery-store.ts';
import type { EndpointFiguresStore } from './store/endpoint-figures-store.ts';
import type { EndpointHealthStore } from './store/endpoint-health-store.ts';
import type { OpenAgeReader } from './store/open-age-reader.ts';
import type { RunTransaction } from './store/transaction.ts';
import type { WebhookEndpointStore } from './store/webhook-endpoint-store.ts';

export interface OpenOutboundOptions {
  config: Pick<Config, 'retrySchedule' | 'host' | 'outboundAllow'>;
  deliveries: DeliveryStore;
  endpoints: WebhookEndpointStore;
  healths: EndpointHealthStore;
  endpointFigures: EndpointFiguresStore;
  openAges: OpenAgeReader;
  committer: Committer;
  events: OutboundDeps['events'];
  leases: OutboundDeps['leases'];
  presence: OutboundDeps['presence'];
  self: ProcessIdentity;
  runTransaction: RunTransaction;
  sealer: Sealer;
  signingKeys: Pick<WebhookSigningKeys, 'privateKey'>;
  numbered: Broadcast<Numbered>;
  headMoved: HeadWatch['headMoved'];
  isSequencer: () => boolean;
  version: string;
  clock: Clock;
  newId: NewId;
  logger: Logger;
  metrics: Metrics;
  closing: ClosingStack;
}

/** What people can do about endpoints and their deliveries. */
export type EndpointAdministration = Pick<
  GraphqlDeps,
  'createWebhookEndpoint' | 'updateWebhookEndpoint' | 'deleteWebhookEndpoint' | 'endpointSecrets'
>;

export interface OpenOutbound {
  outbound: Outbound;
  administration: EndpointAdministration;
}

/** Wires what pushes webhooks out, and what steers it. */
export function openOutbound(options: OpenOutboundOptions): OpenOutbound {
  const { config, endpoints, sealer, numbered, headMoved, isSequencer, clock, newId, closing } = options;
  const fannedOut = createBroadcast<{ endpointIds: readonly string[] }>();
  numbered.subscribe(({ endpointIds }) => {
    if (endpointIds.length > 0) fannedOut.emit({ endpointIds });
  });
  // What another process fanned out it tells by the head alone.
  headMoved.subscribe(() => {
    if (!isSequencer()) fannedOut.emit({ endpointIds: [] });
  });
  const { deliveries, healths, events, leases, presence, self, runTransaction, logger, metrics, version } =
    options;
  const rule = createTargetRule({
    listensOnLoopback: isLoopbackHost(config.host),
    allow: config.outboundAllow,
  });
  const resolve = createNameResolver();
  const healthChanged = createBroadcast<void>();
  const figures = closing.use(startFiguresWriter({ figures: options.endpointFigures, logger }));
  const outbound = closing.use(
    startOutbound({
      deliveries,
      endpoints,
      healths,
      events,
      leases,
      presence,
      self,
      runTransaction,
      openSecret: (endpoint) => openSecret(sealer, endpoint),
      openHeader: (id, { name, sealed }) => sealer.open(sealed, endpointHeaderPlace(id, name)),
      privateKey: () => options.signingKeys.privateKey(),
      guard: {
        rule,
        resolve,
        onBlocked({ endpointId, why }) {
          metrics.ssrfBlocked('connect');
          logger.warn({ endpointId, why }, 'webhook not sent: its target is refused');
        },
      },
      schedule: config.retrySchedule ?? DEFAULT_RETRY_SCHEDULE,
      clock,
      random: Math.random,
      logger,
      metrics,
      figures,
      onHealthChanged: () => healthChanged.emit(),
      wake: fannedOut,
      version,
    }),
  );
  const { isOurs } = outbound;
  const reporting = closing.use(
    startReportEndpointHealth({
      healths,
      endpoints,
      committer: options.committer,
      isOurs,
      clock,
      newId,
      logger,
    }),
  );
  healthChanged.subscribe(() => reporting.wake());
  const trouble = createTroubleLog({ logger, clock });
  const queueAge = closing.use(
    startQueueAge({ deliveries, openAges: options.openAges, isOurs, clock, trouble }),
  );
  metrics.gauge(
    'opslens_queue_oldest_age_seconds',
    'Age of the oldest open delivery of endpoints that this process sends to.',
    () => queueAge.seconds(),
  );
  metrics.gauge('opslens_circuit_open', 'Endpoints of this process that fail or asked for a pause.', () =>
    outbound.circuitsOpen(),
  );
  metrics.gauge('opslens_pushes_in_flight', 'Pushes that wait for an answer.', () => outbound.inFlight());
  metrics.gauge('opslens_slots', 'Slots of endpoints that this process holds.', () => outbound.slots());
  const checkTarget = createCheckEndpointTarget({ rule, resolve, metrics });
  const changing = tellingAfter(outbound.endpointsChanged);
  const deps = { endpoints, sealer, clock, newId, checkTarget };
  const administration: EndpointAdministration = {
    createWebhookEndpoint: changing((input: CreateWebhookEndpointInput) =>
      createWebhookEndpoint(deps, input),
    ),
    updateWebhookEndpoint: changing((input: EndpointInput & { id: string }) =>
      updateWebhookEndpoint(deps, input),
    ),
    deleteWebhookEndpoint: changing((input: { id: string }) => deleteWebhookEndpoint(deps, input)),
    endpointSecrets: openEndpointSecrets({ endpoints, sealer, clock, logger }),
  };
  return { outbound, administration };
}

function openSecret(sealer: Sealer, { id, secret }: WebhookEndpoint): string {
  if (secret === null) throw new Error(`endpoint ${id} has no secret`);
  return secret.form === 'PLAIN' ? secret.value : sealer.open(secret.sealed, endpointSecretPlace(id));
}
