import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import { startWorkerLoop } from '../kernel/worker-loop.ts';
import type { EventStore } from '../store/event-store.ts';
import type { HeadStore } from '../store/head-store.ts';

interface RetainDeps {
  events: Pick<EventStore, 'outlived' | 'deleteFinished'>;
  heads: Pick<HeadStore, 'read' | 'raiseFloor'>;
  clock: Clock;
}

export interface RetentionDeps extends RetainDeps {
  /** One process at a time does it. */
  isSequencer: () => boolean;
  logger: Logger;
}

const KEPT_MS = 30 * 24 * 60 * 60 * 1000;
const EVERY_MS = 60 * 60 * 1000;
const POLL_MS = 60_000;
const PAGE = 1_000;

/** Lets events go after 30 days: an hourly pass in the process that numbers. */
export function startRetention({ isSequencer, logger, ...deps }: RetentionDeps): AsyncDisposable {
  let doneAt = -Infinity;
  return startWorkerLoop({
    async turn(signal) {
      if (!isSequencer() || deps.clock.monotonic() - doneAt < EVERY_MS) return 'idle';
      const result = await retain(deps, signal);
      doneAt = deps.clock.monotonic();
      if (result.deleted > 0) logger.info(result, 'old events deleted');
      return 'idle';
    },
    onError(error) {
      logger.warn({ err: error }, 'old events could not be deleted, trying again');
    },
    pollMs: POLL_MS,
  });
}

/**
 * First raises the floor, so that no reader relies on what is about to go, then deletes events at or below it. One with
 * an open delivery stays, unreadable but for its body, until a later pass.
 */
export async function retain(
  { events, heads, clock }: RetainDeps,
  signal?: AbortSignal,
): Promise<{ floor: number; deleted: number }> {
  const floor = await raiseFloor({ events, heads, clock }, signal);
  let deleted = 0;
  let sequence: number | null = 0;
  while (sequence !== null && signal?.aborted !== true) {
    const page: { deleted: number; last: number | null } = await events.deleteFinished({
      sequence,
      floor,
      limit: PAGE,
    });
    deleted += page.deleted;
    sequence = page.last;
  }
  return { floor, deleted };
}

async function raiseFloor({ events, heads, clock }: RetainDeps, signal?: AbortSignal): Promise<number> {
  const cutoff = new Date(clock.now().getTime() - KEPT_MS);
  let { floor } = await heads.read();
  while (signal?.aborted !== true) {
    const last = (await events.outlived(floor, cutoff, PAGE)).at(-1);
    if (last === undefined) break;
    floor = last.sequence;
  }
  await heads.raiseFloor(floor);
  return floor;
}
