import type { PushResult } from '../domain/delivery-outcome.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Metrics } from '../kernel/metrics.ts';
import type { AttemptResult, OpenDelivery } from '../store/delivery-store.ts';
import type { FiguresWriter } from './figures-writer.ts';

export interface AttemptLog {
  /** `pushed` has the reason that is not shown to who registered the endpoint. */
  attempted(delivery: OpenDelivery, result: AttemptResult, pushed: PushResult): void;
  /** To be called now and then, so that the last ones are counted too. */
  summarise(): void;
}

interface AttemptLogDeps {
  logger: Logger;
  clock: Clock;
  metrics: Pick<Metrics, 'deliveryAttempted'>;
  figures: Pick<FiguresWriter, 'attempted'>;
}

const SHOWN_PER_SECOND = 50;

const MESSAGES = {
  DELIVERED: 'webhook delivered',
  WAITING: 'webhook not delivered, will be tried again',
  DEAD: 'webhook not delivered, given up',
} as const;

/**
 * One line for each attempt while they are few. Beyond 50 a second the rest goes to `debug`, and one line a second says
 * how many there were: thousands of lines would cost more than the pushes, and be read by nobody.
 */
export function createAttemptLog({ logger, clock, metrics, figures }: AttemptLogDeps): AttemptLog {
  let secondStartedAt = -Infinity;
  let shown = 0;
  const hidden = { DELIVERED: 0, WAITING: 0, DEAD: 0 };

  const summarise = (): void => {
    const now = clock.monotonic();
    if (now - secondStartedAt < 1000) return;
    secondStartedAt = now;
    shown = 0;
    const { DELIVERED, WAITING, DEAD } = hidden;
    if (DELIVERED + WAITING + DEAD > 0) {
      logger.info(
        { delivered: DELIVERED, toRetry: WAITING, dead: DEAD },
        'webhook attempts not shown one by one',
      );
    }
    hidden.DELIVERED = hidden.WAITING = hidden.DEAD = 0;
  };

  return {
    summarise,
    attempted(delivery, { attempt, next }, pushed) {
      summarise();
      metrics.deliveryAttempted({
        status: attempt.status,
        error: pushed.kind === 'failed' ? pushed.reason.toLowerCase() : null,
        outcome: next.state,
        durationMs: attempt.durationMs,
        lagMs: clock.now().getTime() - delivery.createdAt.getTime(),
      });
      const isOurDoing = pushed.kind === 'failed' && pushed.reason === 'ABORTED';
      if (!isOurDoing) figures.attempted(delivery.endpointId, attempt);
      const isShown = shown++ < SHOWN_PER_SECOND;
      if (!isShown) hidden[next.state]++;
      if (!isShown && !logger.isLevelEnabled('debug')) return;
      const level = !isShown ? 'debug' : next.state === 'DEAD' ? 'warn' : 'info';
      logger[level](
        {
          deliveryId: delivery.id,
          eventId: delivery.eventId,
          endpointId: delivery.endpointId,
          incidentId: delivery.incidentId,
          sequence: delivery.sequence,
          attempt: delivery.attemptCount + 1,
          status: attempt.status,
          durationMs: attempt.durationMs,
          ...(attempt.error !== null && { error: attempt.error }),
          ...(pushed.kind === 'failed' && { failure: pushed.reason, detail: pushed.detail }),
          ...(next.state === 'WAITING' && { dueAt: next.dueAt }),
        },
        MESSAGES[next.state],
      );
    },
  };
}
