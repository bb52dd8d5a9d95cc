import { createBroadcast } from '../kernel/broadcast.ts';
import type { Broadcast } from '../kernel/broadcast.ts';
import type { Logger } from '../kernel/logger.ts';
import { startWorkerLoop } from '../kernel/worker-loop.ts';
import type { HeadStore } from '../store/head-store.ts';
import type { Numbered } from './numbered.ts';
import type { Presence } from './presence.ts';

export interface HeadWatchDeps {
  heads: Pick<HeadStore, 'read' | 'changes'>;
  presence: Pick<Presence, 'isAlone'>;
  /** What the sequencer says if it is in this process. */
  numbered: Broadcast<Numbered>;
  logger: Logger;
}

export interface HeadWatch extends AsyncDisposable {
  /** The newest event's number, as far as this process knows: events up to it can be read. */
  head(): number;
  /** Emits the head each time it is seen to have moved, whichever process moved it. */
  headMoved: Broadcast<number>;
}

const POLL_MS = 1_000;

/**
 * Knows the head of all events: by signal from this process, by a change stream while other processes live (a stream
 * makes the database look at every write, so nobody opens it in vain), and for certain by polling.
 */
export async function startHeadWatch(deps: HeadWatchDeps): Promise<HeadWatch> {
  const { heads, presence, numbered, logger } = deps;
  const headMoved = createBroadcast<number>();
  let head = (await heads.read()).sequence;
  let stream: HeadStream | undefined;

  const moveTo = (sequence: number): void => {
    if (sequence <= head) return;
    head = sequence;
    headMoved.emit(sequence);
  };

  const followOthers = async (): Promise<void> => {
    if (presence.isAlone() || stream?.ended === true) {
      await stream?.[Symbol.asyncDispose]();
      stream = undefined;
    }
    if (!presence.isAlone()) stream ??= openStream(deps, moveTo);
  };

  const loop = startWorkerLoop({
    async turn() {
      await followOthers();
      moveTo((await heads.read()).sequence);
      return 'idle';
    },
    onError(error) {
      logger.warn({ err: error }, 'the head of the events could not be read');
    },
    pollMs: POLL_MS,
  });
  const unsubscribe = numbered.subscribe((batch) => moveTo(batch.head));

  return {
    head: () => head,
    headMoved,
    async [Symbol.asyncDispose]() {
      unsubscribe();
      await loop[Symbol.asyncDispose]();
      await stream?.[Symbol.asyncDispose]();
    },
  };
}

interface HeadStream extends AsyncDisposable {
  /** True once it failed or its collection vanished: open another. */
  readonly ended: boolean;
}

/** Never resumed: what it missed, the next poll finds, so no lost history can stop it. */
function openStream({ heads, logger }: HeadWatchDeps, moveTo: (sequence: number) => void): HeadStream {
  const closing = new AbortController();
  let ended = false;
  const consume = async (): Promise<void> => {
    try {
      for await (const sequence of heads.changes(closing.signal)) moveTo(sequence);
    } catch (error) {
      logger.warn({ err: error }, 'the change stream on the head ended, opening another');
    } finally {
      ended = true;
    }
  };
  const consumed = consume();
  return {
    get ended() {
      return ended;
    },
    async [Symbol.asyncDispose]() {
      closing.abort();
      await consumed;
    },
  };
}
