import { describe, expect, it } from 'vitest';
import { judgePush } from '../../../src/domain/delivery-outcome.ts';
import type { PushFailure } from '../../../src/domain/delivery-outcome.ts';

function answered(status: number) {
  return judgePush({ kind: 'answered', status, body: '', retryAfter: null, durationMs: 3 });
}

describe('a push', () => {
  it.each([200, 201, 202, 204, 299])('is delivered when it was answered %i', (status) => {
    expect(answered(status)).toEqual({ outcome: 'DELIVERED' });
  });

  it.each([300, 301, 302, 304, 307, 308, 399])(
    'has failed when it was answered %i: redirects are not followed',
    (status) => {
      expect(answered(status)).toEqual({
        outcome: 'FAILED',
        error: `answered ${status}, redirects are not followed`,
      });
    },
  );

  it.each([100, 199, 400, 401, 404, 410, 429, 500, 503, 599])(
    'has failed when it was answered %i',
    (status) => {
      expect(answered(status)).toEqual({ outcome: 'FAILED', error: `answered ${status}` });
    },
  );

  it.each<[PushFailure, string]>([
    ['TIMEOUT', 'timed out'],
    ['CONNECT', 'could not connect'],
    ['RESET', 'the connection was cut off before the answer was whole'],
    ['TLS', 'TLS failed'],
    ['DNS', 'host name not resolved'],
    ['PROTOCOL', 'not a valid HTTP answer'],
    ['ABORTED', 'aborted by us'],
    ['INVALID_URL', 'invalid url'],
  ])('that brought no answer (%s) has failed and says why', (reason, text) => {
    const failed = { kind: 'failed', reason, durationMs: 3 } as const;
    expect(judgePush({ ...failed, detail: 'the detail' })).toEqual({
      outcome: 'FAILED',
      error: `${text}: the detail`,
    });
    expect(judgePush({ ...failed, detail: '' })).toEqual({ outcome: 'FAILED', error: text });
  });
});
