import { setTimeout as sleep } from 'node:timers/promises';
import type { Server } from './api.ts';
import { ConnectionLost, remedyFor } from './errors.ts';
import { EventsDocument } from './gql/graphql.ts';
import type { EventsSubscription } from './gql/graphql.ts';
import { subscribe } from './subscribe.ts';

export type Event = EventsSubscription['events'];

export interface Following {
  /** Reads all that is followed and gives back `eventLog.head` as it was before. Called first, and again after a gap. */
  load: () => Promise<number>;
  /** Gets each event behind what `load` read: in order, none twice, none left out. */
  onEvent: (event: Event) => void | Promise<void>;
  /** Told of what went wrong, and in how many milliseconds it is tried again. */
  onTrouble: (error: unknown, againInMs: number) => void;
  /** Ends it. */
  signal: AbortSignal;
  backOffMs?: number;
}

const MAX_BACK_OFF_MS = 30_000;
/** A connection that held so long was a good one. */
const STEADY_MS = 60_000;

/** Follows, whatever becomes of connection and server, until it is ended; rejects with what trying again would not mend. */
export async function followEvents(server: Server, following: Following): Promise<void> {
  const { load, onEvent, onTrouble, signal, backOffMs = 500 } = following;
  let last: number | null = null;
  let failures = 0;
  while (!signal.aborted) {
    const begunAt = performance.now();
    try {
      last ??= await load();
      for await (const { events: event } of subscribe(server, EventsDocument, { after: last }, signal)) {
        // After a close with 1000 graphql-ws subscribes anew by itself, and as it did at first.
        if (event.sequence <= last) continue;
        await onEvent(event);
        // All there is to resuming: the next subscription begins behind it.
        last = event.sequence;
      }
      throw new ConnectionLost(null, 'the subscription ended');
    } catch (error) {
      if (signal.aborted) return;
      const remedy = remedyFor(error);
      if (remedy === 'NONE') throw error;
      if (remedy === 'RELOAD') last = null;
      failures = performance.now() - begunAt > STEADY_MS ? 0 : failures + 1;
      const advised = error instanceof ConnectionLost ? error.againInMs : null;
      const againInMs = advised ?? jittered(Math.min(MAX_BACK_OFF_MS, backOffMs * 2 ** failures));
      onTrouble(error, againInMs);
      await sleep(againInMs, null, { signal }).catch(() => null);
    }
  }
}

/** Anything up to that, so that not all clients of a server that restarts come back in the same moment. */
function jittered(ms: number): number {
  return Math.round(Math.random() * ms);
}
