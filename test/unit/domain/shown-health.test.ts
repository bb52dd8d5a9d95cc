import { expect, test } from 'vitest';
import { newHealth } from '../../../src/domain/endpoint-health.ts';
import type { EndpointHealth } from '../../../src/domain/endpoint-health.ts';
import { shownHealth } from '../../../src/domain/shown-health.ts';

const URL = 'https://receiver.example/hook';
const REGISTERED = new Date('2026-05-01T10:00:00Z');
const FAILED = new Date('2026-05-02T10:00:00Z');
const DISABLED = new Date('2026-05-07T10:00:00Z');

const endpoint = {
  id: 'one',
  url: URL,
  state: 'ACTIVE' as const,
  createdAt: REGISTERED,
  disabledAt: null,
};

const failing: EndpointHealth = {
  ...newHealth('one', URL, FAILED),
  state: 'FAILING',
  reason: 'answered 500',
  consecutiveFailures: 7,
  failingSince: FAILED,
  failures: [{ at: FAILED, durationMs: 5, status: 500, error: 'answered 500', deliveryId: 'd' }],
  circuit: { openedAt: FAILED, retryAt: DISABLED, probes: 2, asked: false },
};

test('an endpoint without a stored health is healthy since it was registered', () => {
  expect(shownHealth(endpoint, null)).toMatchObject({
    status: 'HEALTHY',
    since: REGISTERED,
    consecutiveFailures: 0,
  });
});

test('what a former address did says nothing of the new one', () => {
  const moved = { ...endpoint, url: 'https://other.example/hook' };
  expect(shownHealth(moved, failing)).toMatchObject({
    status: 'HEALTHY',
    lastError: null,
    pausedUntil: null,
  });
});

test('a disabled endpoint is shown as disabled, with the error that led to it, and waits for nothing', () => {
  const disabled = { ...endpoint, state: 'DISABLED' as const, disabledAt: DISABLED };
  const stored = { ...failing, state: 'DISABLED' as const, since: DISABLED, circuit: null };
  const shown = { status: 'DISABLED', since: DISABLED, lastError: 'answered 500', pausedUntil: null };
  expect(shownHealth(disabled, stored)).toMatchObject(shown);
  expect(shownHealth(disabled, failing)).toMatchObject(shown);
  expect(shownHealth(disabled, null)).toMatchObject({ status: 'DISABLED', since: DISABLED });
});

test('an endpoint that its owner enabled again is healthy until it fails anew', () => {
  const stored = { ...failing, state: 'DISABLED' as const, since: DISABLED, circuit: null };
  expect(shownHealth(endpoint, stored)).toMatchObject({ status: 'HEALTHY', consecutiveFailures: 0 });
});
