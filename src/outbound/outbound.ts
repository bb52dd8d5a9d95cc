import type { KeyObject } from 'node:crypto';
import type { RetrySchedule } from '../domain/retry-plan.ts';
import { MAX_IN_FLIGHT } from '../domain/webhook-endpoint.ts';
import type { SealedHeader, WebhookEndpoint } from '../domain/webhook-endpoint.ts';
import { abortableSleep } from '../kernel/abortable-sleep.ts';
import type { Broadcast } from '../kernel/broadcast.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Metrics } from '../kernel/metrics.ts';
import type { ProcessIdentity } from '../kernel/process-identity.ts';
import { startWorkerLoop } from '../kernel/worker-loop.ts';
import type { DeliveryStore } from '../store/delivery-store.ts';
import type { EndpointHealthStore } from '../store/endpoint-health-store.ts';
import type { EventStore } from '../store/event-store.ts';
import type { LeaseStore } from '../store/lease-store.ts';
import type { RunTransaction } from '../store/transaction.ts';
import type { WebhookEndpointStore } from '../store/webhook-endpoint-store.ts';
import { createAttemptLog } from './attempt-log.ts';
import { createBodyLoader } from './body-loader.ts';
import { createDispatcher } from './dispatcher.ts';
import { createEndpointGates } from './endpoint-gates.ts';
import { createEndpointPump } from './endpoint-pump.ts';
import type { EndpointPump } from './endpoint-pump.ts';
import type { FiguresWriter } from './figures-writer.ts';
import type { TargetGuard } from './guarded-connector.ts';
import { createOpenEndpoints } from './open-endpoints.ts';
import { createPumps } from './pumps.ts';
import { createPusher } from './push.ts';
import { createReadQueue } from './read-queue.ts';
import { createRecorder } from './recorder.ts';
import { createSender } from './sender.ts';
import { createSettleRotations } from './settle-rotations.ts';
import { startSlotKeeper } from './slot-keeper.ts';
import type { Presence } from './slot-keeper.ts';
import { createSlotLeaver } from './slot-leaver.ts';
import { createTargets } from './targets.ts';
import { createUnusableEndpointsLog } from './unusable-endpoints-log.ts';
import { createTroubleLog } from './trouble-log.ts';

/** Disposing it stops sending, lets what is in flight finish for up to 15 s, records it and releases its slots. */
export interface Outbound extends AsyncDisposable {
  /** Monotonic time of the last turn that ended well of the slowest of its loops; undefined before the first. */
  lastTurnAt(): number | undefined;
  /** Pushes in flight now. */
  inFlight(): number;
  /** Slots held now. */
  slots(): number;
  /** Endpoints that fail or asked for a pause, of those that this process sends to. */
  circuitsOpen(): number;
  /** Whether the endpoint's deliveries are this process's to send. */
  isOurs(endpointId: string): boolean;
  /** Some endpoint was changed by this process: read at once, not only within a second. */
  endpointsChanged(): void;
  /** Deliveries of the endpoint were made to be sent again. Where they are another process's to send, it finds them itself. */
  steered(endpointId: string): void;
}

export interface OutboundDeps {
  deliveries: DeliveryStore;
  endpoints: Pick<WebhookEndpointStore, 'all' | 'byId' | 'disable' | 'replaceSecrets'>;
  events: Pick<EventStore, 'bodies'>;
  healths: Pick<EndpointHealthStore, 'byIds' | 'save'>;
  leases: Pick<LeaseStore, 'states' | 'acquire' | 'renew' | 'release' | 'extendInTransaction'>;
  presence: Presence;
  self: ProcessIdentity;
  runTransaction: RunTransaction;
  openSecret: (endpoint: WebhookEndpoint) => string;
  openHeader: (endpointId: string, header: SealedHeader) => string;
  /** Of this installation. Throws where it cannot be opened. */
  privateKey: () => KeyObject;
  guard: TargetGuard;
  /** Seconds before each attempt. */
  schedule: RetrySchedule;
  clock: Clock;
  random: () => number;
  logger: Logger;
  metrics: Pick<Metrics, 'deliveryAttempted' | 'slotLost'>;
  figures: Pick<FiguresWriter, 'attempted'>;
  /** Some endpoint's health came to another state. */
  onHealthChanged(): void;
  /** Deliveries were fanned out to these endpoints; none named: to some that are not known here. */
  wake: Pick<Broadcast<{ endpointIds: readonly string[] }>, 'subscribe'>;
  /** Of OpsLens, for the `User-Agent`. */
  version: string;
  maxInFlight?: number;
  perEndpointInFlight?: number;
  connectTimeoutMs?: number;
  totalTimeoutMs?: number;
  /** How long a slot may be relied on from the start of a renewal; less than a lease lasts. */
  leaseSafeMs?: number;
}

const POLL_MS = 1000;
const TICK_MS = 50;
/** Results that are not recorded yet would be sent again after a crash. */
const MAX_UNRECORDED = 512;
const LAST_RECORDS_MS = 5000;

/** Pushes the deliveries of the endpoints whose slots this process holds. */
export function startOutbound(deps: OutboundDeps): Outbound {
  const { deliveries, endpoints, events, leases, self, runTransaction, clock, random, logger } = deps;
  const { maxInFlight = 128, perEndpointInFlight = 8, leaseSafeMs = 9000 } = deps;
  const { connectTimeoutMs = 5000, totalTimeoutMs = 15_000 } = deps;
  const tellUnusable = createUnusableEndpointsLog(logger);
  let closing: Promise<void> | undefined;
  let lastFannedOut = -1;
  const endpointsWithOpen = createOpenEndpoints({ deliveries });

  const recorder = createRecorder({
    deliveries,
    healths: deps.healths,
    endpoints,
    leases,
    runTransaction,
    clock,
    logger,
    leaseSafeMs,
    onLost: (slot) => keeper.lose(slot),
    onWritten: () => dispatcher.run(),
  });
  const pusher = createPusher({
    clock,
    guard: deps.guard,
    connectTimeoutMs,
    totalTimeoutMs,
    connections: Math.max(MAX_IN_FLIGHT, perEndpointInFlight),
  });

  const progress = (pump: EndpointPump): void => {
    reads.request(pump);
    dispatcher.offer(pump);
    dispatcher.run();
  };
  const log = createAttemptLog({ logger, clock, metrics: deps.metrics, figures: deps.figures });
  const trouble = createTroubleLog({ logger, clock });
  const reads = createReadQueue({ trouble, onRead: progress });
  const send = createSender({
    bodies: createBodyLoader({ events }),
    pusher,
    recorder,
    schedule: deps.schedule,
    clock,
    random,
    logger,
    trouble,
    log,
    version: deps.version,
    onProgress: progress,
  });
  const dispatcher = createDispatcher({
    maxInFlight,
    perEndpoint: perEndpointInFlight,
    mayStart: () => recorder.backlog() < MAX_UNRECORDED,
    start(pump, lane, row) {
      void send(pump, lane, row).then(() => {
        dispatcher.ended(pump);
        leaver.ended(pump);
        progress(pump);
      });
    },
  });

  const keeper = startSlotKeeper({
    leases,
    presence: deps.presence,
    self,
    clock,
    logger,
    leaseSafeMs,
    onAcquired: () => directory.wake(),
    onLeaving: (slot) => leaver.leave(slot),
    onLost(slot) {
      deps.metrics.slotLost();
      leaver.lost(slot);
    },
  });
  const openGate = createEndpointGates({
    ...deps,
    recorder,
    trouble,
    onRenewed: (endpointId) => pumps.get(endpointId)?.resumed(new Date(0)),
  });
  const pumps = createPumps({
    slots: keeper,
    targets: createTargets({ ...deps, clock, logger }),
    createPump(endpointId, slot, target) {
      const gate = openGate(endpointId, slot, target && target.url);
      return createEndpointPump({ endpointId, slot, target, gate, deliveries, recorder, clock });
    },
    onStart: reads.request,
  });

  const leaver = createSlotLeaver({ pumps, recorder, totalTimeoutMs });
  const settleRotations = createSettleRotations({
    endpoints,
    isOurs: pumps.isOurs,
    clock,
    logger,
    trouble,
  });

  const tell = (endpointId: string, act: (pump: EndpointPump) => void): void => {
    const pump = pumps.get(endpointId);
    if (pump) {
      act(pump);
      reads.request(pump);
    } else if (pumps.isOurs(endpointId)) {
      directory.wake();
    }
  };
  const wake = (endpointId: string): void => tell(endpointId, (pump) => pump.wake());

  const directory = startWorkerLoop({
    async turn() {
      const withOpen = await endpointsWithOpen();
      const all = new Map((await endpoints.all()).map((endpoint) => [endpoint.id, endpoint]));
      tellUnusable(all.values());
      pumps.sync(all, withOpen);
      await settleRotations(all.values());
      const swept = new Set(withOpen);
      for (const pump of pumps.all())
        if (swept.has(pump.endpointId) || pump.window.lanes.size > 0) pump.sweep();
      log.summarise();
      return 'idle';
    },
    onError: (error) => trouble('webhook endpoints not read', error),
    pollMs: POLL_MS,
  });

  // What another process fanned out.
  const fannedOut = startWorkerLoop({
    async turn() {
      for (const { endpointId, sequence } of await deliveries.fannedOutBehind(lastFannedOut)) {
        lastFannedOut = Math.max(lastFannedOut, sequence);
        wake(endpointId);
      }
      return 'idle';
    },
    onError: (error) => trouble('webhook deliveries of others not looked for', error),
    pollMs: POLL_MS,
  });

  // What becomes due or may go on without any other event.
  const tick = setInterval(() => {
    for (const pump of pumps.all()) {
      reads.request(pump);
      dispatcher.offer(pump);
    }
    dispatcher.run();
  }, TICK_MS);

  const unsubscribe = deps.wake.subscribe(({ endpointIds }) => {
    if (endpointIds.length === 0) fannedOut.wake();
    endpointIds.forEach(wake);
  });

  const close = async (): Promise<void> => {
    unsubscribe();
    await keeper[Symbol.asyncDispose]();
    await directory[Symbol.asyncDispose]();
    await fannedOut[Symbol.asyncDispose]();
    clearInterval(tick);
    await pusher[Symbol.asyncDispose]();
    const done = new AbortController();
    await Promise.race([recorder[Symbol.asyncDispose](), abortableSleep(LAST_RECORDS_MS, done.signal)]);
    done.abort();
  };

  return {
    lastTurnAt() {
      const turns = [keeper.lastTurnAt(), directory.lastTurnAt(), fannedOut.lastTurnAt()];
      return turns.includes(undefined) ? undefined : Math.min(...turns.map(Number));
    },
    inFlight: dispatcher.inFlight,
    slots: () => keeper.owned.size,
    circuitsOpen: () => [...pumps.all()].filter(({ gate }) => gate.isOpen()).length,
    isOurs: pumps.isOurs,
    endpointsChanged: () => directory.wake(),
    steered: (endpointId) => tell(endpointId, (pump) => pump.steered()),
    [Symbol.asyncDispose]: () => (closing ??= close()),
  };
}
