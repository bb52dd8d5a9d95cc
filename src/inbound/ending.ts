import { elapsedMs } from '../kernel/elapsed-ms.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Metrics } from '../kernel/metrics.ts';

/** How one webhook ended: what its log line and its metrics say. */
export interface Ending {
  provider: string;
  source: string | null;
  receiptId: string | null;
  /** A word of ours. */
  outcome: string;
  reason: string | null;
  /** Those that it changed or belongs to. */
  incidentIds?: readonly string[];
  status: number | null;
}

export interface EndingDeps {
  clock: Pick<Clock, 'monotonic'>;
  logger: Pick<Logger, 'info' | 'warn' | 'error'>;
  metrics?: Pick<Metrics, 'webhookReceived'>;
}

/** The one line about a webhook. */
export function tellEnding(
  { logger, metrics, clock }: EndingDeps,
  begunAt: number,
  ending: Ending,
  cause?: unknown,
): void {
  const durationMs = elapsedMs(begunAt, clock.monotonic());
  const line = { ...ending, durationMs };
  if (ending.status === null || ending.status >= 500) logger.error({ ...line, err: cause }, 'webhook failed');
  else if (ending.status >= 400) logger.warn(line, 'webhook refused');
  else logger.info(line, 'webhook received');
  metrics?.webhookReceived(ending.provider, ending.outcome, durationMs / 1000);
}
