import { describe, expect, it } from 'vitest';
import { judgePush } from '../../../src/domain/delivery-outcome.ts';
import type { FailedPush, PushFailure } from '../../../src/domain/delivery-outcome.ts';

const now = new Date('2026-03-04T05:06:07Z');

function answered(status: number, retryAfter: string | null = null) {
  return judgePush({ kind: 'answered', status, body: '', retryAfter, durationMs: 3 }, now);
}

function unanswered(reason: PushFailure, detail = '') {
  return judgePush({ kind: 'failed', reason, detail, durationMs: 3 }, now);
}

function failure(error: string, fields: Partial<FailedPush> = {}): FailedPush {
  return {
    outcome: 'FAILED',
    error,
    retryAfterMs: null,
    pausesEndpoint: false,
    isGone: false,
    isOurDoing: false,
    ...fields,
  };
}

describe('a push', () => {
  it.each([200, 201, 202, 204, 299])('is delivered when it was answered %i', (status) => {
    expect(answered(status)).toEqual({ outcome: 'DELIVERED' });
    expect(answered(status, '120')).toEqual({ outcome: 'DELIVERED' });
  });

  it.each([300, 301, 302, 304, 307, 308, 399])(
    'has failed when it was answered %i: redirects are not followed',
    (status) => {
      expect(answered(status)).toEqual(failure(`answered ${status}, redirects are not followed`));
    },
  );

  it.each([100, 199, 400, 401, 403, 404, 408, 409, 411, 422, 428, 451, 499, 500, 501, 505, 599])(
    'has failed when it was answered %i, and is tried again on its own',
    (status) => {
      expect(answered(status)).toEqual(failure(`answered ${status}`));
    },
  );

  it.each([429, 502, 503, 504])('that was answered %i pauses all that goes to the endpoint', (status) => {
    expect(answered(status)).toEqual(failure(`answered ${status}`, { pausesEndpoint: true }));
    expect(answered(status, '7')).toEqual(
      failure(`answered ${status}`, { pausesEndpoint: true, retryAfterMs: 7000 }),
    );
  });

  it.each([301, 400, 404, 500])('that was answered %i with Retry-After pauses the endpoint too', (status) => {
    expect(answered(status, '120')).toMatchObject({ pausesEndpoint: true, retryAfterMs: 120_000 });
    expect(answered(status, 'Wed, 04 Mar 2026 05:07:07 GMT')).toMatchObject({
      pausesEndpoint: true,
      retryAfterMs: 60_000,
    });
    expect(answered(status, 'soon')).toMatchObject({ pausesEndpoint: false, retryAfterMs: null });
  });

  it('that was answered 410 is the last one to the endpoint, whatever else the answer says', () => {
    const gone = failure('answered 410, wants no more webhooks', { isGone: true });
    expect(answered(410)).toEqual(gone);
    expect(answered(410, '60')).toEqual(gone);
  });

  it.each<PushFailure>(['TIMEOUT', 'CONNECT', 'BLOCKED'])(
    'that was refused or ran out of time (%s) tells whoever registered the url one and the same',
    (reason) => {
      expect(unanswered(reason)).toEqual(failure('no answer'));
      expect(unanswered(reason, 'connect ECONNREFUSED 10.0.0.7:22')).toEqual(failure('no answer'));
    },
  );

  it.each<[PushFailure, string]>([
    ['RESET', 'the connection was cut off before the answer was whole'],
    ['TLS', 'TLS failed'],
    ['DNS', 'host name not resolved'],
    ['PROTOCOL', 'not a valid HTTP answer'],
    ['INVALID_URL', 'invalid url'],
  ])('that brought no answer (%s) has failed and says why', (reason, text) => {
    expect(unanswered(reason, 'the detail')).toEqual(failure(`${text}: the detail`));
    expect(unanswered(reason)).toEqual(failure(text));
  });

  it('that we ended ourselves is no fault of the endpoint', () => {
    expect(unanswered('ABORTED')).toEqual(failure('aborted by us', { isOurDoing: true }));
  });
});
