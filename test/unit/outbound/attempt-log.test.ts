import { pino } from 'pino';
import { expect, it } from 'vitest';
import type { PushResult } from '../../../src/domain/delivery-outcome.ts';
import { createMetrics } from '../../../src/kernel/metrics.ts';
import { createAttemptLog } from '../../../src/outbound/attempt-log.ts';
import type { AttemptResult, OpenDelivery } from '../../../src/store/delivery-store.ts';

const delivery: OpenDelivery = {
  id: 'v1:e1',
  eventId: 'v1',
  eventType: 'INCIDENT_CREATED',
  endpointId: 'e1',
  incidentId: 'i1',
  sequence: 1,
  previousSequence: null,
  priority: 0,
  bodyBytes: 2,
  state: 'PENDING',
  dueAt: new Date(0),
  attemptCount: 0,
  createdAt: new Date(0),
};

const answered: PushResult = { kind: 'answered', status: 200, body: '', retryAfter: null, durationMs: 5 };

function attempted(next: AttemptResult['next']): AttemptResult {
  const failed = next.state !== 'DELIVERED';
  return {
    delivery,
    attempt: {
      at: new Date(0),
      durationMs: 5,
      outcome: failed ? 'FAILED' : 'DELIVERED',
      status: failed ? 500 : 200,
      error: failed ? 'answered 500' : null,
      responseBody: 'never logged',
    },
    next,
  };
}

function open(level = 'info') {
  const lines: Record<string, unknown>[] = [];
  const stream = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  let now = 0;
  const clock = { now: () => new Date(now), monotonic: () => now };
  const log = createAttemptLog({
    logger: pino({ level }, stream),
    clock,
    metrics: createMetrics(),
    figures: { attempted: () => undefined },
  });
  return { log, lines, later: (ms: number) => void (now += ms) };
}

it('says of each attempt what came of it, so that a search for "webhook" finds it', () => {
  const { log, lines } = open();
  log.attempted(delivery, attempted({ state: 'DELIVERED', completedAt: new Date(0) }), answered);
  log.attempted(delivery, attempted({ state: 'WAITING', dueAt: new Date(5000) }), answered);
  log.attempted(delivery, attempted({ state: 'DEAD', completedAt: new Date(0) }), answered);
  expect(lines).toMatchObject([
    { level: 30, msg: 'webhook delivered', deliveryId: 'v1:e1', endpointId: 'e1', status: 200, attempt: 1 },
    { level: 30, error: 'answered 500', dueAt: '1970-01-01T00:00:05.000Z' },
    { level: 40, msg: 'webhook not delivered, given up' },
  ]);
  expect(JSON.stringify(lines)).not.toContain('never logged');
});

it('counts what is beyond fifty a second in one line', () => {
  const { log, lines, later } = open();
  const delivered = attempted({ state: 'DELIVERED', completedAt: new Date(0) });
  for (let count = 0; count < 5000; count++) log.attempted(delivery, delivered, answered);
  expect(lines).toHaveLength(50);
  later(1000);
  log.attempted(delivery, delivered, answered);
  expect(lines.slice(50)).toMatchObject([
    { msg: 'webhook attempts not shown one by one', delivered: 4950 },
    { msg: 'webhook delivered' },
  ]);
});

it('says what the API does not: why there was no answer', () => {
  const { log, lines } = open();
  const { attempt, ...rest } = attempted({ state: 'WAITING', dueAt: new Date(5000) });
  const unanswered = { ...rest, attempt: { ...attempt, status: null, error: 'no answer' } };
  const detail = 'connect ECONNREFUSED 192.0.2.1:443';
  log.attempted(delivery, unanswered, { kind: 'failed', reason: 'CONNECT', detail, durationMs: 5 });
  expect(lines).toMatchObject([{ error: 'no answer', failure: 'CONNECT', detail }]);
});
