import type { FailedPush, PushJudgement } from './delivery-outcome.ts';
import type { Attempt } from './delivery.ts';
import { probeWaitMs } from './retry-plan.ts';
import type { RetrySchedule } from './retry-plan.ts';
import type { DisabledReason } from './webhook-endpoint.ts';

/**
 * `THROTTLED`: it asked for a pause. `FAILING`: it failed five times in a row, or more. `DISABLED`: it is gone, or did
 * nothing but fail for five days. While it is none of these, a failure or four are nothing to speak of.
 */
export const HEALTH_STATES = ['HEALTHY', 'THROTTLED', 'FAILING', 'DISABLED'] as const;
export type HealthState = (typeof HEALTH_STATES)[number];

/** While it is open nothing is sent but one probe at a time, each once the wait before it is over. */
export interface Circuit {
  openedAt: Date;
  /** When the next probe may be sent. */
  retryAt: Date;
  /** Probes that failed. */
  probes: number;
  /** Whether the last answer asked for the pause. */
  asked: boolean;
}

/** An attempt that failed, as it is shown as evidence. */
export type FailedAttempt = Pick<Attempt, 'at' | 'durationMs' | 'status' | 'error'> & { deliveryId: string };

/** What the results of an endpoint's pushes come to. */
export interface EndpointHealth {
  endpointId: string;
  /** Where it was pushed to: what one address did says nothing of another. */
  url: string;
  state: HealthState;
  /** When it came to that state. */
  since: Date;
  /** The sentence that tells why; null while it is healthy. */
  reason: string | null;
  consecutiveFailures: number;
  /** The first failure since the last success. */
  failingSince: Date | null;
  /** The newest ones since the last success, oldest first. */
  failures: FailedAttempt[];
  circuit: Circuit | null;
  /** When its circuit was closed last: what was made before has waited. */
  resumedAt: Date | null;
  /** Raised by each change, so that an old one is never written over a newer one. */
  revision: number;
}

/** What one push came to. */
export interface HealthResult {
  judgement: PushJudgement;
  attempt: FailedAttempt;
  /** It was started before the circuit was opened, so it is no probe and says little of the endpoint as it is now. */
  isLate: boolean;
}

export interface HealthOptions {
  now: Date;
  schedule: RetrySchedule;
  /** From 0 up to, not including, 1. */
  random: () => number;
}

export interface HealthDecision {
  /** The same object where nothing changed. */
  health: EndpointHealth;
  /** Why it is to be switched off; null where it is not. */
  disable: DisabledReason | null;
  hasResumed: boolean;
}

export const FAILURES_TO_OPEN = 5;
export const MAX_FAILING_MS = 5 * 24 * 60 * 60 * 1000;
const KEPT_FAILURES = 10;
/** Longer than any wait of the retry schedule or that an endpoint may ask for: nobody tried it in between. */
const MAX_SILENCE_MS = 30 * 60 * 60 * 1000;

export function newHealth(endpointId: string, url: string, now: Date): EndpointHealth {
  return {
    endpointId,
    url,
    state: 'HEALTHY',
    since: now,
    reason: null,
    consecutiveFailures: 0,
    failingSince: null,
    failures: [],
    circuit: null,
    resumedAt: null,
    revision: 0,
  };
}

/** What is left of a health whose endpoint was enabled again or has another address: nothing but that it goes on. */
export function renewedHealth(health: EndpointHealth, url: string, now: Date): EndpointHealth {
  const hasWaited = health.circuit !== null || health.state === 'DISABLED';
  return {
    ...newHealth(health.endpointId, url, now),
    since: health.state === 'HEALTHY' ? health.since : now,
    resumedAt: hasWaited ? now : health.resumedAt,
    revision: health.revision + 1,
  };
}

/** Whether nothing is known against the endpoint. */
export function isSpotless({ state, consecutiveFailures, circuit }: EndpointHealth): boolean {
  return state === 'HEALTHY' && consecutiveFailures === 0 && circuit === null;
}

export function decideHealth(
  health: EndpointHealth,
  { judgement, attempt, isLate }: HealthResult,
  options: HealthOptions,
): HealthDecision {
  const unchanged: HealthDecision = { health, disable: null, hasResumed: false };
  if (health.state === 'DISABLED') return unchanged;
  if (judgement.outcome === 'DELIVERED') {
    return isSpotless(health) ? unchanged : succeeded(health, isLate, options.now);
  }
  if (judgement.isOurDoing) return unchanged;
  if (judgement.isGone) return disabled(withFailure(health, attempt), 'GONE', judgement.error, options.now);
  if (isLate) {
    return judgement.retryAfterMs === null
      ? unchanged
      : { ...unchanged, health: asksLate(health, judgement, options.now) };
  }
  const failing = withFailure(health, attempt);
  if (isHopeless(failing, options.now)) return disabled(failing, 'FAILING', judgement.error, options.now);
  return { ...unchanged, health: failed(failing, judgement, options) };
}

/** What was under way when it asked for a pause tells nothing of how it does since: the pause is kept. */
function succeeded(health: EndpointHealth, isLate: boolean, now: Date): HealthDecision {
  const circuit = isLate && health.circuit?.asked === true ? health.circuit : null;
  if (circuit !== null && health.consecutiveFailures === 0)
    return { health, disable: null, hasResumed: false };
  const hasResumed = health.circuit !== null && circuit === null;
  const clean = { ...health, consecutiveFailures: 0, failingSince: null, failures: [], circuit };
  const after = inState(
    { ...clean, resumedAt: hasResumed ? now : health.resumedAt },
    { state: circuit === null ? 'HEALTHY' : 'THROTTLED', reason: circuit === null ? null : health.reason },
    now,
  );
  return { health: after, disable: null, hasResumed };
}

function failed(health: EndpointHealth, judgement: FailedPush, options: HealthOptions): EndpointHealth {
  const { now } = options;
  const isProbe = health.circuit !== null;
  const isFailing = health.consecutiveFailures >= FAILURES_TO_OPEN;
  if (!isProbe && !isFailing && !judgement.pausesEndpoint) {
    return inState(health, { state: 'HEALTHY', reason: null }, now);
  }
  const probes = health.circuit === null ? 0 : health.circuit.probes + 1;
  const waitMs = judgement.retryAfterMs ?? probeWaitMs({ ...options, probes });
  const circuit: Circuit = {
    openedAt: health.circuit?.openedAt ?? now,
    retryAt: new Date(now.getTime() + waitMs),
    probes,
    asked: judgement.pausesEndpoint,
  };
  const state = isFailing ? 'FAILING' : 'THROTTLED';
  return inState({ ...health, circuit }, { state, reason: judgement.error }, now);
}

/** A pause that was asked for is kept, whenever the push that it answers was started. */
function asksLate(health: EndpointHealth, { error, retryAfterMs }: FailedPush, now: Date): EndpointHealth {
  const until = now.getTime() + (retryAfterMs ?? 0);
  if (health.circuit !== null && health.circuit.retryAt.getTime() >= until) return health;
  const { openedAt, probes } = health.circuit ?? { openedAt: now, probes: 0 };
  const circuit: Circuit = { openedAt, retryAt: new Date(until), probes, asked: true };
  const state = health.state === 'FAILING' ? 'FAILING' : 'THROTTLED';
  return inState({ ...health, circuit }, { state, reason: error }, now);
}

function isHopeless({ failingSince, consecutiveFailures }: EndpointHealth, now: Date): boolean {
  return (
    consecutiveFailures >= FAILURES_TO_OPEN &&
    failingSince !== null &&
    now.getTime() - failingSince.getTime() >= MAX_FAILING_MS
  );
}

function disabled(
  health: EndpointHealth,
  disable: DisabledReason,
  reason: string,
  now: Date,
): HealthDecision {
  const after = inState({ ...health, circuit: null }, { state: 'DISABLED', reason }, now);
  return { health: after, disable, hasResumed: false };
}

function withFailure(
  health: EndpointHealth,
  { deliveryId, at, durationMs, status, error }: FailedAttempt,
): EndpointHealth {
  const attempt = { deliveryId, at, durationMs, status, error };
  return {
    ...health,
    consecutiveFailures: health.consecutiveFailures + 1,
    failingSince: isWatched(health, at) ? (health.failingSince ?? at) : at,
    failures: [...health.failures, attempt].slice(-KEPT_FAILURES),
  };
}

/** After a long pause, or with OpsLens off, nobody knows whether it failed all the time. */
function isWatched({ failures }: EndpointHealth, now: Date): boolean {
  const newest = failures.at(-1);
  return newest !== undefined && now.getTime() - newest.at.getTime() <= MAX_SILENCE_MS;
}

function inState(
  health: EndpointHealth,
  { state, reason }: Pick<EndpointHealth, 'state' | 'reason'>,
  now: Date,
): EndpointHealth {
  const since = health.state === state ? health.since : now;
  return { ...health, state, since, reason, revision: health.revision + 1 };
}
