import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgePush } from '../../../src/domain/delivery-outcome.ts';
import type { PushResult } from '../../../src/domain/delivery-outcome.ts';
import { decideHealth, newHealth, renewedHealth } from '../../../src/domain/endpoint-health.ts';
import type { EndpointHealth, HealthDecision } from '../../../src/domain/endpoint-health.ts';
import { DEFAULT_RETRY_SCHEDULE } from '../../../src/domain/retry-plan.ts';

const start = Date.parse('2026-03-04T05:06:07Z');
const DAY = 24 * 60 * 60 * 1000;

interface Push {
  /** `refused`: no answer; `aborted`: by us. */
  answer: number | 'refused' | 'aborted';
  retryAfter?: string;
  isLate?: boolean;
  /** Seconds since the push before it. */
  after?: number;
}

function toResult({ answer, retryAfter = '' }: Push): PushResult {
  if (typeof answer === 'number') {
    return { kind: 'answered', status: answer, body: '', retryAfter, durationMs: 20 };
  }
  const reason = answer === 'refused' ? 'CONNECT' : 'ABORTED';
  return { kind: 'failed', reason, detail: '', durationMs: 20 };
}

/** The decisions on pushes one after another, a second apart. */
function follow(
  pushes: readonly Push[],
  random = 0,
): (HealthDecision & { before: EndpointHealth; now: number })[] {
  let health = newHealth('e1', 'https://example.com/', new Date(start));
  let time = start;
  return pushes.map((push, index) => {
    time += (push.after ?? 1) * 1000;
    const now = new Date(time);
    const judgement = judgePush(toResult(push), now);
    const attempt = {
      deliveryId: `d${index}`,
      at: now,
      durationMs: 20,
      status: typeof push.answer === 'number' ? push.answer : null,
      error: judgement.outcome === 'FAILED' ? judgement.error : null,
    };
    const before = health;
    const result = { judgement, attempt, isLate: push.isLate ?? false };
    const decision = decideHealth(before, result, {
      now,
      schedule: DEFAULT_RETRY_SCHEDULE,
      random: () => random,
    });
    health = decision.health;
    return { ...decision, before, now: time };
  });
}

function last(pushes: readonly Push[]): HealthDecision & { before: EndpointHealth; now: number } {
  const decision = follow(pushes).at(-1);
  if (decision === undefined) throw new Error('no push');
  return decision;
}

const times = (count: number, push: Push): Push[] => Array.from({ length: count }, () => push);

describe("an endpoint's circuit", () => {
  it('stays closed over four failures in a row, and opens with the fifth for five seconds', () => {
    expect(last(times(4, { answer: 500 })).health).toMatchObject({
      state: 'HEALTHY',
      consecutiveFailures: 4,
      circuit: null,
    });
    const { health, now } = last(times(5, { answer: 500 }));
    expect(health).toMatchObject({ state: 'FAILING', reason: 'answered 500', consecutiveFailures: 5 });
    expect(health.since.getTime()).toBe(now);
    expect(health.failingSince?.getTime()).toBe(start + 1000);
    expect(health.circuit).toMatchObject({ probes: 0, asked: false });
    expect(health.circuit?.retryAt.getTime()).toBe(now + 5000);
  });

  it('stays closed where failures are not in a row', () => {
    const { health } = last([
      ...times(4, { answer: 500 }),
      { answer: 200 },
      ...times(4, { answer: 'refused' }),
    ]);
    expect(health).toMatchObject({ state: 'HEALTHY', consecutiveFailures: 4, circuit: null });
  });

  it.each([429, 502, 503, 504])('opens with one %i', (answer) => {
    const { health, now } = last([{ answer: 200 }, { answer }]);
    expect(health).toMatchObject({
      state: 'THROTTLED',
      reason: `answered ${answer}`,
      consecutiveFailures: 1,
    });
    expect(health.circuit?.retryAt.getTime()).toBe(now + 5000);
  });

  it('opens for as long as the endpoint asks, also for longer than an hour', () => {
    const { health, now } = last([{ answer: 500, retryAfter: '7200' }]);
    expect(health.state).toBe('THROTTLED');
    expect(health.circuit?.retryAt.getTime()).toBe(now + 7_200_000);
  });

  it('waits longer after each probe that fails, at most an hour', () => {
    const probes = follow([...times(5, { answer: 500 }), ...times(8, { answer: 500 })]).slice(4);
    const waits = probes.map(({ health, now }) => ((health.circuit?.retryAt.getTime() ?? 0) - now) / 1000);
    expect(waits).toEqual([5, 30, 120, 600, 1800, 3600, 3600, 3600, 3600]);
  });

  it('closes with a probe that succeeds, and says since when', () => {
    const { health, now, hasResumed } = last([...times(7, { answer: 503 }), { answer: 204 }]);
    expect(hasResumed).toBe(true);
    expect(health).toMatchObject({
      state: 'HEALTHY',
      reason: null,
      consecutiveFailures: 0,
      failingSince: null,
      failures: [],
      circuit: null,
    });
    expect(health.resumedAt?.getTime()).toBe(now);
  });

  it('is not kept open longer by what was under way when it opened', () => {
    const { health, before } = last([
      ...times(5, { answer: 500 }),
      ...times(3, { answer: 500, isLate: true }),
    ]);
    expect(health).toBe(before);
    expect(health.circuit?.probes).toBe(0);
  });

  it('closes with a success that was under way when failures opened it', () => {
    const { health, hasResumed } = last([...times(5, { answer: 'refused' }), { answer: 200, isLate: true }]);
    expect(hasResumed).toBe(true);
    expect(health).toMatchObject({ state: 'HEALTHY', circuit: null });
  });

  it('stays open where the endpoint asked for a pause, whatever was under way then succeeds', () => {
    const { health, hasResumed } = last([
      { answer: 429, retryAfter: '60' },
      ...times(3, { answer: 200, isLate: true }),
    ]);
    expect(hasResumed).toBe(false);
    expect(health).toMatchObject({ state: 'THROTTLED', consecutiveFailures: 0 });
    expect(health.circuit?.retryAt.getTime()).toBe(start + 61_000);
  });

  it('opens for longer where what was under way asks for more', () => {
    const { health } = last([
      { answer: 429, retryAfter: '60' },
      { answer: 429, retryAfter: '600', isLate: true },
      { answer: 429, retryAfter: '5', isLate: true },
    ]);
    expect(health.circuit?.retryAt.getTime()).toBe(start + 602_000);
    expect(health.consecutiveFailures).toBe(1);
  });

  it('does not mind what we ended ourselves', () => {
    const { health } = last([...times(4, { answer: 500 }), ...times(9, { answer: 'aborted' })]);
    expect(health).toMatchObject({ state: 'HEALTHY', consecutiveFailures: 4 });
  });
});

describe('an endpoint is disabled', () => {
  it('at once when it answers that it is gone', () => {
    const { health, disable } = last([{ answer: 410 }]);
    expect(disable).toBe('GONE');
    expect(health).toMatchObject({ state: 'DISABLED', circuit: null });
    expect(health.failures).toHaveLength(1);
  });

  it('by a late answer that it is gone too', () => {
    expect(last([...times(5, { answer: 500 }), { answer: 410, isLate: true }]).disable).toBe('GONE');
  });

  it('after five days of failures only', () => {
    const failing = [...times(5, { answer: 500 }), ...times(5, { answer: 500, after: 86_400 - 1 })];
    expect(last(failing)).toMatchObject({ disable: null, health: { state: 'FAILING' } });
    const { disable, health } = last([...failing, { answer: 500, after: 10 }]);
    expect(disable).toBe('FAILING');
    expect(health).toMatchObject({ state: 'DISABLED', reason: 'answered 500' });
  });

  it('after five failures at least, however long they took', () => {
    const rare = times(5, { answer: 500, after: 29 * 3600 });
    expect(last(rare.slice(1)).disable).toBeNull();
    expect(last([...rare, { answer: 500, after: 5 * 3600 }]).disable).toBe('FAILING');
  });

  it('not where nobody tried it for days: one failure after a long pause is no five days of failures', () => {
    const paused = last([...times(4, { answer: 500 }), { answer: 500, after: 6 * 86_400 }]);
    expect(paused).toMatchObject({ disable: null, health: { state: 'FAILING' } });
    expect(paused.health.failingSince?.getTime()).toBe(paused.now);
  });

  it('not where one push in five days succeeded', () => {
    const day = times(10, { answer: 500, after: 8640 });
    expect(last([...day, ...day, ...day, { answer: 200 }, ...day, ...day, ...day]).disable).toBeNull();
  });

  it('for good: nothing that comes later changes its health, until somebody enables it again', () => {
    const { health, before, now } = last([{ answer: 410 }, { answer: 200, isLate: true }]);
    expect(health).toBe(before);
    const renewed = renewedHealth(health, 'https://example.com/', new Date(now));
    expect(renewed).toMatchObject({ state: 'HEALTHY', consecutiveFailures: 0, failures: [], circuit: null });
    expect(renewed.revision).toBeGreaterThan(health.revision);
    expect(renewed.resumedAt?.getTime()).toBe(now);
  });
});

const anyPush: fc.Arbitrary<Push> = fc.record({
  answer: fc.oneof(
    fc.constantFrom<Push['answer']>(200, 200, 500, 404, 302, 429, 503, 'refused', 'aborted'),
    fc.constantFrom<Push['answer']>(410, 500, 500),
  ),
  retryAfter: fc.constantFrom('', '', '', '5', '999999', 'soon'),
  isLate: fc.boolean(),
  after: fc.constantFrom(0, 1, 60, 4000, 100_000),
});

describe('whatever an endpoint answers', () => {
  const eachStep = (check: (step: ReturnType<typeof follow>[number], push: Push) => void): void => {
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.array(anyPush, { maxLength: 60 }), random, (pushes, drawn) => {
        follow(pushes, drawn).forEach((step, index) => check(step, pushes[index] ?? { answer: 200 }));
      }),
    );
  };

  it('the circuit is closed after a success, unless a pause was asked for before it ended', () => {
    eachStep(({ health, before }, { answer, isLate = false }) => {
      if (answer !== 200 || health.state === 'DISABLED') return;
      if (!isLate || before.circuit?.asked !== true) expect(health.circuit).toBeNull();
      expect(health).toMatchObject({ consecutiveFailures: 0, failingSince: null, failures: [] });
    });
  });

  it('no probe waits for more than an hour, but for what was asked for, and that never for more than a day', () => {
    eachStep(({ health, before, now }, { retryAfter }) => {
      if (health.circuit === null || health === before) return;
      const wait = health.circuit.retryAt.getTime() - now;
      const asked = retryAfter === '5' || retryAfter === '999999' || health.circuit === before.circuit;
      expect(wait).toBeLessThanOrEqual(asked ? DAY : 3_600_000);
    });
  });

  it('the state says what is so', () => {
    eachStep(({ health, disable }) => {
      const { state, circuit, consecutiveFailures, reason } = health;
      if (disable !== null) expect(state).toBe('DISABLED');
      if (state === 'HEALTHY') expect([circuit, consecutiveFailures < 5, reason]).toEqual([null, true, null]);
      if (state === 'THROTTLED') expect(circuit).not.toBeNull();
      if (state === 'FAILING') expect([circuit === null, consecutiveFailures >= 5]).toEqual([false, true]);
      if (state === 'DISABLED') expect(circuit).toBeNull();
    });
  });

  it('each change has a higher revision, and what changes nothing gives the same object', () => {
    eachStep(({ health, before }) => {
      if (health === before) return;
      expect(health.revision).toBe(before.revision + 1);
    });
  });

  it('it has been failing since the first failure after its last success, or after more than 30 hours without a try', () => {
    eachStep(({ health, before, now }) => {
      const newest = before.failures.at(-1)?.at.getTime() ?? now;
      const hasFailed = health.consecutiveFailures > before.consecutiveFailures;
      if (before.failingSince !== null && health.consecutiveFailures > 0) {
        const isAnew = hasFailed && now - newest > 30 * 3_600_000;
        expect(health.failingSince).toEqual(isAnew ? new Date(now) : before.failingSince);
      }
      expect(health.failingSince === null).toBe(health.consecutiveFailures === 0);
      expect(health.failures.length).toBe(Math.min(10, health.consecutiveFailures));
    });
  });
});
