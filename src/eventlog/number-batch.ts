import type { FilteringEndpoint } from '../domain/endpoint-filter.ts';
import { eventsPerTransaction, fanOut, receiversOf } from '../domain/fan-out.ts';
import type { Clock } from '../kernel/clock.ts';
import type { EventStore } from '../store/event-store.ts';
import type { HeadStore } from '../store/head-store.ts';
import type { RunTransaction, Transaction } from '../store/transaction.ts';
import type { Numbered } from './numbered.ts';

export interface NumberBatchDeps {
  runTransaction: RunTransaction;
  events: Pick<EventStore, 'oldestUnnumbered' | 'number'>;
  heads: Pick<HeadStore, 'read' | 'move' | 'lastSequences' | 'setLastSequences'>;
  endpoints: { all(tx: Transaction): Promise<readonly FilteringEndpoint[]> };
  clock: Clock;
}

/**
 * What the last batch left behind. It holds for as long as the head is where that batch moved it, since nothing else
 * writes last sequences: the fence that guards the numbers guards this too, and two reads are saved.
 */
export interface Known {
  head: number;
  /** Null for an endpoint that never got an event. */
  lastSequences: ReadonlyMap<string, number | null>;
}

export interface NumberedBatch extends Numbered {
  events: number;
  deliveries: number;
  /** Whether it took as many events as one transaction may: there may be more. */
  full: boolean;
  /** For the next batch. */
  known: Known;
}

/** Another process numbered meanwhile: nothing was written, and the next turn begins from its head. */
export class HeadMovedError extends Error {
  override readonly name = 'HeadMovedError';
}

/**
 * Numbers the oldest unnumbered events and fans them out, in one transaction. Endpoints are read on its snapshot: it
 * sees an event only with every endpoint that was registered before that event was committed. Null if there was none.
 */
export async function numberBatch(
  deps: NumberBatchDeps,
  signal: AbortSignal,
  known?: Known,
): Promise<NumberedBatch | null> {
  const { runTransaction, events, heads, endpoints, clock } = deps;
  return runTransaction(async (tx) => {
    // The driver repeats this work while the database is away; whoever closes need not wait for its return.
    signal.throwIfAborted();
    const receivers = receiversOf(await endpoints.all(tx));
    const limit = eventsPerTransaction(receivers);
    const pending = await events.oldestUnnumbered(limit, tx);
    if (pending.length === 0) return null;

    const from = known?.head ?? (await heads.read(tx)).sequence;
    const types = new Set(pending.map((event) => event.type));
    const wanting = new Set([...types].flatMap((type) => (receivers.get(type) ?? []).map(({ id }) => id)));
    const lastSequences = await lastSequencesOf(wanting, { heads, known, tx });
    const plan = fanOut({ events: pending, receivers, head: from, lastSequences, now: clock.now() });

    // The fence comes first: a sequencer that lost the race has nothing to undo.
    if (!(await heads.move({ from, to: plan.head }, tx)))
      throw new HeadMovedError(`head is not ${from} any more`);
    await events.number(plan.numbers, plan.deliveries, tx);
    await heads.setLastSequences(plan.lastSequences, tx);
    return {
      head: plan.head,
      endpointIds: [...plan.lastSequences.keys()],
      events: pending.length,
      deliveries: plan.deliveries.length,
      full: pending.length === limit,
      known: { head: plan.head, lastSequences: new Map([...lastSequences, ...plan.lastSequences]) },
    };
  });
}

interface LastSequencesSource {
  heads: Pick<HeadStore, 'lastSequences'>;
  known: Known | undefined;
  tx: Transaction;
}

/** What is known, completed by a read of those that are new. One whose filters let nothing pass is read once. */
async function lastSequencesOf(
  endpointIds: ReadonlySet<string>,
  { heads, known, tx }: LastSequencesSource,
): Promise<Map<string, number | null>> {
  const lastSequences = new Map<string, number | null>(known?.lastSequences);
  const unknown = [...endpointIds].filter((id) => !lastSequences.has(id));
  const stored = await heads.lastSequences(unknown, tx);
  for (const id of unknown) lastSequences.set(id, stored.get(id) ?? null);
  return lastSequences;
}
