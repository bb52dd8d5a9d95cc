import { eventsPerTransaction, fanOut, receiversOf } from '../domain/fan-out.ts';
import type { WebhookEndpoint } from '../domain/webhook-endpoint.ts';
import type { Clock } from '../kernel/clock.ts';
import type { EventStore } from '../store/event-store.ts';
import type { HeadStore } from '../store/head-store.ts';
import type { RunTransaction, Transaction } from '../store/transaction.ts';
import type { Numbered } from './numbered.ts';

export interface NumberBatchDeps {
  runTransaction: RunTransaction;
  events: Pick<EventStore, 'oldestUnnumbered' | 'number'>;
  heads: Pick<HeadStore, 'read' | 'move' | 'lastSequences' | 'setLastSequences'>;
  endpoints: { all(tx: Transaction): Promise<readonly Pick<WebhookEndpoint, 'id' | 'events' | 'state'>[]> };
  clock: Clock;
}

export interface NumberedBatch extends Numbered {
  events: number;
  deliveries: number;
  /** Whether it took as many events as one transaction may: there may be more. */
  full: boolean;
}

/** Another process numbered meanwhile: nothing was written, and the next turn begins from its head. */
export class HeadMovedError extends Error {
  override readonly name = 'HeadMovedError';
}

/**
 * Numbers the oldest unnumbered events and fans them out, in one transaction. Endpoints are read on its snapshot: it
 * sees an event only with every endpoint that was registered before that event was committed. Null if there was none.
 */
export async function numberBatch(deps: NumberBatchDeps, signal: AbortSignal): Promise<NumberedBatch | null> {
  const { runTransaction, events, heads, endpoints, clock } = deps;
  return runTransaction(async (tx) => {
    // The driver repeats this work while the database is away; whoever closes need not wait for its return.
    signal.throwIfAborted();
    const { sequence: from } = await heads.read(tx);
    const receivers = receiversOf(await endpoints.all(tx));
    const limit = eventsPerTransaction(receivers);
    const pending = await events.oldestUnnumbered(limit, tx);
    if (pending.length === 0) return null;

    const wanting = new Set(pending.flatMap((event) => receivers.get(event.type) ?? []));
    const lastSequences = await heads.lastSequences([...wanting], tx);
    const plan = fanOut({ events: pending, receivers, head: from, lastSequences, now: clock.now() });

    // The fence comes first: a sequencer that lost the race has nothing to undo.
    if (!(await heads.move({ from, to: plan.head }, tx)))
      throw new HeadMovedError(`head is not ${from} any more`);
    await events.number(plan.numbers, plan.deliveries, tx);
    await heads.setLastSequences(plan.lastSequences, tx);
    return {
      head: plan.head,
      endpointIds: [...wanting],
      events: pending.length,
      deliveries: plan.deliveries.length,
      full: pending.length === limit,
    };
  });
}
