import type { EndpointHealth, HealthState } from '../domain/endpoint-health.ts';
import type { DisabledReason } from '../domain/webhook-endpoint.ts';
import { whyItReceivesNothing } from '../domain/why-it-receives-nothing.ts';
import { abortableSleep } from '../kernel/abortable-sleep.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { AttemptResult, DeliveryStore, Superseded } from '../store/delivery-store.ts';
import type { EndpointHealthStore } from '../store/endpoint-health-store.ts';
import type { Lease, LeaseStore } from '../store/lease-store.ts';
import type { RunTransaction, Transaction } from '../store/transaction.ts';
import type { WebhookEndpointStore } from '../store/webhook-endpoint-store.ts';
import type { OwnedSlot } from './owned-slot.ts';

/** What became of an endpoint's health. */
export interface HealthRecord {
  health: EndpointHealth;
  /** The state that it was in. */
  from: HealthState;
  /** Set where the endpoint is to be switched off, if it still leads there. */
  disable: { id: string; url: string; reason: DisabledReason; at: Date } | null;
}

export interface Cancelled {
  ids: readonly string[];
  at: Date;
  /** An endpoint that gets nothing any more, as far as is known: not where it was switched on meanwhile. */
  unlessReceives?: string;
}

/** Something to write about deliveries of one slot. */
export interface RecordEntry {
  slot: OwnedSlot;
  attempt?: AttemptResult;
  dueNow?: { ids: readonly string[]; at: Date };
  parked?: { ids: readonly string[]; dueAt: Date };
  superseded?: Superseded;
  cancelled?: Cancelled;
  health?: HealthRecord;
  /** It is committed. Not called where the slot was lost: nothing was written then, and nobody needs to know. */
  onRecorded(): void;
}

export interface Recorder extends AsyncDisposable {
  add(entry: RecordEntry): void;
  /** Entries not yet committed. */
  backlog(): number;
  /** Resolves when nothing of the slot is left to write, or the slot is lost. */
  flushed(slot: OwnedSlot): Promise<void>;
  /** To be called when a slot was lost. */
  forgetLost(): void;
}

interface RecorderDeps {
  deliveries: Pick<DeliveryStore, 'record'>;
  healths: Pick<EndpointHealthStore, 'save'>;
  endpoints: Pick<WebhookEndpointStore, 'byId' | 'disable'>;
  leases: Pick<LeaseStore, 'extendInTransaction'>;
  runTransaction: RunTransaction;
  clock: Clock;
  logger: Logger;
  /** How long a slot may be relied on from the start of an extension. */
  leaseSafeMs: number;
  onLost(slot: OwnedSlot): void;
  /** A batch is committed, so there is room in the backlog. */
  onWritten(): void;
}

const MAX_BATCH = 500;
const MAX_BATCH_CHARS = 4 * 1024 * 1024;
const RETRY_MS = 200;

class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
}

/**
 * Writes results in batches, one transaction at a time: two in flight would abort each other on the leases that both
 * extend. What comes in while one commits makes up the next.
 */
export function createRecorder(deps: RecorderDeps): Recorder {
  const {
    deliveries,
    healths,
    endpoints,
    leases,
    runTransaction,
    clock,
    logger,
    leaseSafeMs,
    onLost,
    onWritten,
  } = deps;
  const stopping = new AbortController();
  let queue: RecordEntry[] = [];
  let writing: readonly RecordEntry[] = [];
  const written = new WeakSet<RecordEntry>();
  let running: Promise<void> | undefined;
  let maxBatch = MAX_BATCH;
  const flushes = new Set<{ slot: OwnedSlot; resolve(): void }>();

  const has = (slot: OwnedSlot): boolean =>
    slot.state !== 'LOST' && [...queue, ...writing].some((entry) => entry.slot === slot);

  const tellFlushed = (): void => {
    for (const flush of flushes) {
      if (has(flush.slot)) continue;
      flushes.delete(flush);
      flush.resolve();
    }
  };

  const takeBatch = (): RecordEntry[] => {
    queue = queue.filter((entry) => entry.slot.state !== 'LOST');
    let chars = 0;
    let count = 0;
    while (count < queue.length && count < maxBatch && chars < MAX_BATCH_CHARS) {
      chars += queue[count]?.attempt?.attempt.responseBody?.length ?? 0;
      count++;
    }
    return queue.splice(0, count);
  };

  const write = async (batch: readonly RecordEntry[]): Promise<void> => {
    const slots = new Set(batch.map((entry) => entry.slot));
    const held: Lease[] = [...slots].map((slot) => slot.lease);
    const records = {
      attempts: batch.flatMap((entry) => entry.attempt ?? []),
      dueNow: batch.flatMap((entry) => entry.dueNow ?? []),
      parked: batch.flatMap((entry) => entry.parked ?? []),
      superseded: batch.flatMap((entry) => entry.superseded ?? []),
      cancelled: batch.flatMap((entry) => entry.cancelled ?? []),
    };
    const { newest, disabled } = healthOf(batch);
    const startedAt = clock.monotonic();
    await runTransaction(async (tx: Transaction) => {
      if (!(await leases.extendInTransaction(held, tx))) throw new LeaseLostError('a slot is lost');
      const cancelled = await stillCancelled(records.cancelled, endpoints, tx);
      await deliveries.record({ ...records, cancelled }, tx);
      if (newest.length > 0) await healths.save(newest, tx);
      for (const one of disabled) await endpoints.disable(one, tx);
    });
    for (const slot of slots) {
      slot.validUntil = Math.max(slot.validUntil, startedAt + leaseSafeMs);
    }
    for (const entry of batch) {
      written.add(entry);
      if (entry.slot.state !== 'LOST') entry.onRecorded();
    }
  };

  /** Which slot is lost shows only in a transaction of its own. */
  const writeBySlot = async (batch: readonly RecordEntry[]): Promise<void> => {
    for (const slot of new Set(batch.map((entry) => entry.slot))) {
      try {
        await write(batch.filter((entry) => entry.slot === slot));
      } catch (error) {
        if (!(error instanceof LeaseLostError)) throw error;
        onLost(slot);
      }
    }
  };

  const writeNext = async (): Promise<void> => {
    const batch = takeBatch();
    if (batch.length === 0) return;
    writing = batch;
    try {
      try {
        await write(batch);
      } catch (error) {
        if (!(error instanceof LeaseLostError)) throw error;
        await writeBySlot(batch);
      }
      maxBatch = Math.min(MAX_BATCH, maxBatch * 2);
    } catch (error) {
      // Recording the same again is harmless, so an unknown outcome is treated like none. Smaller batches get past
      // whatever is wrong with a large one, and one that is refused by itself lets the others pass.
      const unwritten = batch.filter((entry) => !written.has(entry));
      queue = batch.length === 1 ? [...queue, ...unwritten] : [...unwritten, ...queue];
      maxBatch = Math.max(1, batch.length >> 1);
      logger.error({ err: error, results: queue.length }, 'webhook results not recorded yet');
      writing = [];
      await abortableSleep(RETRY_MS, stopping.signal);
    } finally {
      writing = [];
    }
  };

  const run = async (): Promise<void> => {
    while (queue.length > 0 && !stopping.signal.aborted) {
      await writeNext();
      tellFlushed();
      onWritten();
    }
    running = undefined;
  };

  return {
    add(entry) {
      if (entry.slot.state === 'LOST') return;
      queue.push(entry);
      running ??= Promise.resolve().then(run);
    },
    backlog: () => queue.length + writing.length,
    flushed(slot) {
      if (!has(slot)) return Promise.resolve();
      return new Promise((resolve) => flushes.add({ slot, resolve }));
    },
    forgetLost() {
      queue = queue.filter((entry) => entry.slot.state !== 'LOST');
      tellFlushed();
    },
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await running;
      for (const flush of flushes) flush.resolve();
      flushes.clear();
    },
  };
}

/** Of each endpoint only what the last of the results made of it counts. */
function healthOf(batch: readonly RecordEntry[]): {
  newest: EndpointHealth[];
  disabled: NonNullable<HealthRecord['disable']>[];
} {
  const newest = new Map<string, EndpointHealth>();
  const disabled: NonNullable<HealthRecord['disable']>[] = [];
  for (const { health: record } of batch) {
    if (record === undefined) continue;
    const { health, disable } = record;
    const known = newest.get(health.endpointId);
    if (known === undefined || known.revision < health.revision) newest.set(health.endpointId, health);
    if (disable !== null) disabled.push(disable);
  }
  return { newest: [...newest.values()], disabled };
}

/** The sender reads endpoints anew every second: what was made since one was switched on again must not be cancelled. */
async function stillCancelled(
  cancelled: readonly Cancelled[],
  endpoints: RecorderDeps['endpoints'],
  tx: Transaction,
): Promise<Cancelled[]> {
  const still: Cancelled[] = [];
  for (const one of cancelled) {
    const id = one.unlessReceives;
    const endpoint = id === undefined ? null : await endpoints.byId(id, tx);
    if (endpoint === null || whyItReceivesNothing(endpoint) !== null) still.push(one);
  }
  return still;
}
