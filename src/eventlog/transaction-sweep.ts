import type { Logger } from '../kernel/logger.ts';
import { startWorkerLoop } from '../kernel/worker-loop.ts';

interface TransactionSweepDeps {
  /** Ends what dead processes left open; returns how many. */
  endAbandonedTransactions: () => Promise<number>;
  logger: Logger;
}

const SWEEP_MS = 1_000;

/**
 * Frees what a process held that was killed in the middle of a transaction. Every process does it, since the leases that
 * would say whose turn it is may be among the locked rows.
 */
export function startTransactionSweep({
  endAbandonedTransactions,
  logger,
}: TransactionSweepDeps): AsyncDisposable {
  return startWorkerLoop({
    async turn() {
      const ended = await endAbandonedTransactions();
      if (ended > 0) logger.warn({ ended }, 'transactions of a process that died were ended');
      return 'idle';
    },
    onError: (error) => logger.debug({ err: error }, 'abandoned transactions could not be looked for'),
    pollMs: SWEEP_MS,
  });
}
