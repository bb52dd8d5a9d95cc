import { judgePush } from '../domain/delivery-outcome.ts';
import type { PushJudgement, PushResult } from '../domain/delivery-outcome.ts';
import type { Attempt } from '../domain/delivery.ts';
import { nextAttemptAt } from '../domain/retry-plan.ts';
import type { RetrySchedule } from '../domain/retry-plan.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { AttemptResult, OpenDelivery } from '../store/delivery-store.ts';
import type { AttemptLog } from './attempt-log.ts';
import type { BodyLoader } from './body-loader.ts';
import type { GateChange } from './endpoint-gate.ts';
import type { EndpointPump } from './endpoint-pump.ts';
import type { Target } from './push-target.ts';
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
  ): Promise<PushResult | 'NOT_BEGUN'> => {
    const headers = pushHeaders({ delivery: row, body, target, now: at, version });
    // The lease may have ended while it connected, above all in a process that was stopped and goes on.
    let isInTime = true;
    const mayBegin = (): boolean => (isInTime = pump.maySend());
    const { endpointId } = pump;
    const exchange = pusher.push({ endpointId, url: target.url, headers, body, mayBegin });
    pump.exchanges.add(exchange);
    try {
      const result = await exchange.result;
      return isInTime ? result : 'NOT_BEGUN';
    } finally {
      pump.exchanges.delete(exchange);
    }
  };

  const nextOf = (row: OpenDelivery, judgement: PushJudgement): AttemptResult['next'] => {
    const now = clock.now();
    if (judgement.outcome === 'DELIVERED') return { state: 'DELIVERED', completedAt: now };
    const { retryAfterMs, isGone } = judgement;
    const attemptsMade = attemptsSinceBegun(row) + 1;
    const dueAt = isGone ? 'EXHAUSTED' : nextAttemptAt({ schedule, attemptsMade, now, random, retryAfterMs });
    return dueAt === 'EXHAUSTED' ? { state: 'DEAD', completedAt: now } : { state: 'WAITING', dueAt };
  };

  const settle = (
    pump: EndpointPump,
    lane: Lane,
    attempt: AttemptResult,
    change: GateChange | null,
  ): void => {
    const { slot, window, due, gate } = pump;
    const { next, delivery } = attempt;
    const health = change?.record;
    const entry = { slot, attempt, ...(health && { health }) };
    const recorded = (): void => {
      window.recorded(lane, delivery.id);
      if (health) gate.recorded(health);
    };
    if (next.state === 'WAITING') {
      due.expectWaiting();
      const behind = window.failed(lane, next.dueAt);
      recorder.add({
        ...entry,
        ...(behind.length > 0 && { parked: { ids: behind, dueAt: next.dueAt } }),
        onRecorded() {
          recorded();
          due.waits(next.dueAt);
          if (pump.target() === null) pump.wake();
          onProgress(pump);
        },
      });
    } else {
      window.finished(lane);
      recorder.add({ ...entry, onRecorded: recorded });
    }
    if (change?.resumedFrom) pump.resumed(change.resumedFrom);
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
      .filter((row) => row.bodyBytes <= PREFETCHED_BYTES && row.testBody === undefined)
      .map((row) => row.eventId);

  return async (pump, lane, row) => {
    let body: string | null;
    try {
      body = await (row.testBody ?? bodies.load(row.eventId, () => upcoming(pump)));
    } catch (error) {
      trouble('webhook body not loaded yet', error, { deliveryId: row.id });
      pump.pause();
      pump.window.putBack(lane);
      return;
    }
    const target = pump.target();
    // Others that were taken along with it may have shown meanwhile that the endpoint is to be left alone.
    const mayStart = pump.maySend() && pump.gate.mayStart(pump.inFlight - 1);
    if (target === null || target === undefined || !mayStart) {
      pump.window.putBack(lane);
      if (target === null) pump.window.drop();
      return;
    }
    if (body === null) {
      cancel(pump, lane, row);
      return;
    }
    const at = clock.now();
    const time = pump.gate.time();
    let result: PushResult | 'NOT_BEGUN';
    try {
      result = await push(pump, row, body, target, at);
    } catch (error) {
      logger.error({ err: error, deliveryId: row.id }, 'webhook could not be made');
      result = { kind: 'failed', reason: 'PROTOCOL', detail: 'the request could not be made', durationMs: 0 };
    }
    // Another process may send it by now, and knows nothing of this attempt.
    if (pump.slot.state === 'LOST') return;
    if (result === 'NOT_BEGUN') {
      pump.window.putBack(lane);
      return;
    }
    pump.isSuspect = result.kind === 'failed';
    const judgement = judgePush(result, clock.now());
    const attempt = attemptOf(row, result, judgement, at);
    const change = pump.gate.settle(time, { judgement, attempt: { ...attempt, deliveryId: row.id } });
    const recorded = { delivery: row, attempt, next: nextOf(row, judgement) };
    settle(pump, lane, recorded, change);
    log.attempted(row, recorded, result);
  };
}

function attemptsSinceBegun({ attemptCount, redelivery }: OpenDelivery): number {
  return attemptCount - (redelivery?.attemptsBefore ?? 0);
}

function attemptOf(row: OpenDelivery, result: PushResult, judgement: PushJudgement, at: Date): Attempt {
  const isAnswered = result.kind === 'answered';
  return {
    at,
    durationMs: result.durationMs,
    outcome: judgement.outcome,
    status: isAnswered ? result.status : null,
    error: judgement.outcome === 'FAILED' ? judgement.error : null,
    responseBody: isAnswered ? result.body : null,
    ...(row.redelivery !== undefined && attemptsSinceBegun(row) === 0 && { manual: true }),
  };
}
