import { judgePush } from '../domain/delivery-outcome.ts';
import type { PushResult } from '../domain/delivery-outcome.ts';
import { nextAttemptAt } from '../domain/retry-plan.ts';
import type { RetrySchedule } from '../domain/retry-plan.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { AttemptResult, OpenDelivery } from '../store/delivery-store.ts';
import type { AttemptLog } from './attempt-log.ts';
import type { BodyLoader } from './body-loader.ts';
import type { EndpointPump, Target } from './endpoint-pump.ts';
import type { Lane } from './lane-window.ts';
import type { Pusher } from './push.ts';
import { pushHeaders } from './push-headers.ts';
import type { Recorder } from './recorder.ts';
import type { TroubleLog } from './trouble-log.ts';

interface SenderDeps {
  bodies: BodyLoader;
  pusher: Pusher;
  recorder: Pick<Recorder, 'add'>;
  schedule: RetrySchedule;
  clock: Clock;
  random: () => number;
  logger: Logger;
  trouble: TroubleLog;
  log: AttemptLog;
  version: string;
  /** What the endpoint has to send or to read may have changed. */
  onProgress(pump: EndpointPump): void;
}

/** Bodies fetched along with one that is needed. Large ones would push each other out before they are sent. */
const PREFETCHED = 64;
const PREFETCHED_BYTES = 8 * 1024;

/** Sends one delivery that was taken from its window, and sees to its record. Never rejects. */
export type Send = (pump: EndpointPump, lane: Lane, row: OpenDelivery) => Promise<void>;

export function createSender(deps: SenderDeps): Send {
  const { bodies, pusher, recorder, schedule, clock, random, logger, trouble, log, version, onProgress } =
    deps;

  const push = async (
    pump: EndpointPump,
    row: OpenDelivery,
    body: string,
    target: NonNullable<Target>,
    at: Date,
  ): Promise<PushResult> => {
    const headers = pushHeaders({ delivery: row, body, target, now: at, version });
    const exchange = pusher.push({ endpointId: pump.endpointId, url: target.url, headers, body });
    pump.exchanges.add(exchange);
    try {
      return await exchange.result;
    } finally {
      pump.exchanges.delete(exchange);
    }
  };

  const toResult = (row: OpenDelivery, result: PushResult, at: Date): AttemptResult => {
    const judgement = judgePush(result);
    const answered = result.kind === 'answered';
    const attempt = {
      at,
      durationMs: result.durationMs,
      outcome: judgement.outcome,
      status: answered ? result.status : null,
      error: judgement.error ?? null,
      responseBody: answered ? result.body : null,
    };
    const recorded = { delivery: row, attempt };
    const now = clock.now();
    if (judgement.outcome === 'DELIVERED')
      return { ...recorded, next: { state: 'DELIVERED', completedAt: now } };
    const dueAt = nextAttemptAt({ schedule, attemptsMade: row.attemptCount + 1, now, random });
    return dueAt === 'EXHAUSTED'
      ? { ...recorded, next: { state: 'DEAD', completedAt: now } }
      : { ...recorded, next: { state: 'WAITING', dueAt } };
  };

  const settle = (pump: EndpointPump, lane: Lane, row: OpenDelivery, attempt: AttemptResult): void => {
    const { slot, window, due } = pump;
    const { next } = attempt;
    if (next.state === 'WAITING') {
      due.expectWaiting();
      const behind = window.failed(lane, next.dueAt);
      recorder.add({
        slot,
        attempt,
        ...(behind.length > 0 && { parked: { ids: behind, dueAt: next.dueAt } }),
        onRecorded() {
          window.recorded(lane, row.id);
          due.waits(next.dueAt);
          if (pump.target() === null) pump.wake();
          onProgress(pump);
        },
      });
    } else {
      window.finished(lane);
      recorder.add({ slot, attempt, onRecorded: () => window.recorded(lane, row.id) });
    }
    log.attempted(row, attempt);
  };

  /** An event is kept until its deliveries are final, so somebody deleted it by hand: there is nothing to send. */
  const cancel = ({ slot, window }: EndpointPump, lane: Lane, row: OpenDelivery): void => {
    logger.error({ deliveryId: row.id, eventId: row.eventId }, 'webhook cancelled: its event is gone');
    window.finished(lane);
    recorder.add({
      slot,
      cancelled: { ids: [row.id], at: clock.now() },
      onRecorded: () => window.recorded(lane, row.id),
    });
  };

  const upcoming = (pump: EndpointPump): string[] =>
    pump.window
      .upcoming(PREFETCHED)
      .filter((row) => row.bodyBytes <= PREFETCHED_BYTES)
      .map((row) => row.eventId);

  return async (pump, lane, row) => {
    let body: string | null;
    try {
      body = await bodies.load(row.eventId, () => upcoming(pump));
    } catch (error) {
      trouble('webhook body not loaded yet', error, { deliveryId: row.id });
      pump.pause();
      pump.window.putBack(lane);
      return;
    }
    const target = pump.target();
    if (target === null || target === undefined || !pump.maySend()) {
      pump.window.putBack(lane);
      if (target === null) pump.window.drop();
      return;
    }
    if (body === null) {
      cancel(pump, lane, row);
      return;
    }
    const at = clock.now();
    let result: PushResult;
    try {
      result = await push(pump, row, body, target, at);
    } catch (error) {
      logger.error({ err: error, deliveryId: row.id }, 'webhook could not be made');
      result = { kind: 'failed', reason: 'PROTOCOL', detail: 'the request could not be made', durationMs: 0 };
    }
    // Another process may send it by now, and knows nothing of this attempt.
    if (pump.slot.state === 'LOST') return;
    pump.isSuspect = result.kind === 'failed';
    settle(pump, lane, row, toResult(row, result, at));
  };
}
