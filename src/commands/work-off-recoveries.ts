import { matchEndpoint, eventTraits } from '../domain/endpoint-filter.ts';
import { planRecovery } from '../domain/recovery.ts';
import type { Recovery } from '../domain/recovery.ts';
import { whyItReceivesNothing } from '../domain/why-it-receives-nothing.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import { startWorkerLoop } from '../kernel/worker-loop.ts';
import type { WorkerLoop } from '../kernel/worker-loop.ts';
import type { RecoveryBatchStore } from '../store/recovery-batch-store.ts';
import type { RecoveryStore } from '../store/recovery-store.ts';
import type { RunTransaction } from '../store/transaction.ts';
import type { WebhookEndpointStore } from '../store/webhook-endpoint-store.ts';

export interface WorkOffRecoveriesDeps {
  recoveries: Pick<RecoveryStore, 'running' | 'byId' | 'fail' | 'advance'>;
  batches: RecoveryBatchStore;
  endpoints: Pick<WebhookEndpointStore, 'byId'>;
  runTransaction: RunTransaction;
  clock: Clock;
  logger: Pick<Logger, 'info' | 'warn'>;
  /** Wakes whoever sends for the endpoint in this process. */
  steered: (endpointId: string) => void;
  batchSize?: number;
}

/** `PUT_OFF`: another worker has it. */
type Outcome = 'MORE' | 'ENDED' | 'PUT_OFF';

const BATCH = 500;
const IDLE_MS = 5_000;
const PUT_OFF_MS = 500;

/**
 * Works off what is to be sent again, a batch of each endpoint in turn. Every batch is one transaction that moves the
 * recovery's cursor, so whatever dies, and however many processes work, each is done once.
 */
export function startWorkOffRecoveries(deps: WorkOffRecoveriesDeps): WorkerLoop {
  const { recoveries, clock, logger } = deps;
  /** Those that a batch failed of, and until when they are left alone. */
  const halted = new Map<string, number>();
  let pollMs = IDLE_MS;
  return startWorkerLoop({
    async turn(signal) {
      let outcome: 'again' | 'idle' = 'idle';
      pollMs = IDLE_MS;
      for (const recovery of await recoveries.running()) {
        if (signal.aborted) break;
        if (clock.monotonic() < (halted.get(recovery.id) ?? 0)) continue;
        halted.delete(recovery.id);
        try {
          const worked = await workOff(deps, recovery);
          if (worked === 'MORE') outcome = 'again';
          if (worked === 'PUT_OFF') pollMs = PUT_OFF_MS;
        } catch (error) {
          // The others must not wait for it.
          halted.set(recovery.id, clock.monotonic() + IDLE_MS);
          logger.warn({ err: error, recoveryId: recovery.id }, 'recovery of webhooks halts, trying again');
        }
      }
      return outcome;
    },
    onError: (error) => logger.warn({ err: error }, 'recoveries of webhooks not read, trying again'),
    pollMs: () => pollMs,
  });
}

/** One batch. */
async function workOff(deps: WorkOffRecoveriesDeps, recovery: Recovery): Promise<Outcome> {
  const { recoveries, logger, steered } = deps;
  const { id, endpointId, by } = recovery;
  const outcome = await deps.runTransaction((tx) => batch(deps, recovery, tx));
  if (outcome !== 'PUT_OFF') steered(endpointId);
  if (outcome === 'ENDED') {
    const ended = await recoveries.byId(id);
    const { state, reason, recovered, added, expired } = ended ?? recovery;
    const line = { recoveryId: id, endpointId, by, state, reason, recovered, added, expired };
    logger.info(line, 'recovery of webhooks ended');
  }
  return outcome;
}

async function batch(
  { recoveries, batches, endpoints, clock, batchSize = BATCH }: WorkOffRecoveriesDeps,
  recovery: Recovery,
  tx: Parameters<Parameters<RunTransaction>[0]>[0],
): Promise<Outcome> {
  const { id, endpointId, by } = recovery;
  const now = clock.now();
  const endpoint = await endpoints.byId(endpointId, tx);
  const why = endpoint === null ? 'the endpoint was removed' : whyItReceivesNothing(endpoint);
  if (endpoint === null || why !== null) {
    await recoveries.fail(id, why ?? '', now, tx);
    return 'ENDED';
  }
  const found = await batches.next(recovery, batchSize, tx);
  const step = planRecovery(
    recovery,
    found,
    (event) => matchEndpoint(endpoint, eventTraits(event)).matched,
    now,
  );
  const isDone = found.last === null;
  const progress = {
    cursor: found.last ?? recovery.cursor,
    recovered: step.again.length,
    added: step.missed.length,
    expired: step.expired,
    doneAt: isDone ? now : null,
  };
  if (!(await recoveries.advance(recovery, progress, tx))) return 'PUT_OFF';
  await batches.sendAgain(step.again, { at: now, by }, tx);
  await batches.insert(step.missed, tx);
  return isDone ? 'ENDED' : 'MORE';
}
