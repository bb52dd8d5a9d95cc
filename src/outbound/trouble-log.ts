import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';

/** Reports what failed and will be tried again. */
export type TroubleLog = (message: string, error: unknown, fields?: Record<string, unknown>) => void;

const QUIET_MS = 1000;

/** While the database is away a thousand endpoints fail at once: one line a second of each kind is enough. */
export function createTroubleLog({ logger, clock }: { logger: Logger; clock: Clock }): TroubleLog {
  const last = new Map<string, { at: number; hidden: number }>();
  return (message, error, fields = {}) => {
    const now = clock.monotonic();
    const before = last.get(message);
    if (before && now - before.at < QUIET_MS) {
      before.hidden++;
      return;
    }
    last.set(message, { at: now, hidden: 0 });
    const more = before && before.hidden > 0 ? { notShown: before.hidden } : {};
    logger.error({ err: error, ...fields, ...more }, message);
  };
}
