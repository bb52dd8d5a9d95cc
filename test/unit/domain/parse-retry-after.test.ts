import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_RETRY_AFTER_MS, parseRetryAfter } from '../../../src/domain/parse-retry-after.ts';

const now = new Date('1994-11-06T08:49:37Z');

describe('Retry-After', () => {
  it.each([
    ['1', 1000],
    ['120', 120_000],
    [' 120 ', 120_000],
    ['0007', 7000],
    ['Sun, 06 Nov 1994 08:50:37 GMT', 60_000],
    ['Sunday, 06-Nov-94 08:50:37 GMT', 60_000],
    ['Sun Nov  6 08:50:37 1994', 60_000],
    ['Sun Nov 13 08:49:37 1994', MAX_RETRY_AFTER_MS],
  ])('%j is understood', (text, ms) => {
    expect(parseRetryAfter(text, now)).toBe(ms);
  });

  it.each(['86400', '86401', '99999999999999999999', '9'.repeat(64), 'Mon, 06 Nov 2094 08:49:37 GMT'])(
    '%j is at most a day',
    (text) => {
      expect(parseRetryAfter(text, now)).toBe(MAX_RETRY_AFTER_MS);
    },
  );

  it.each([
    null,
    '',
    '0',
    '-5',
    '1.5',
    '1e3',
    '0x10',
    '١٢',
    'soon',
    '120, 60',
    '9'.repeat(65),
    '1994-11-06T08:50:37Z',
    'Sun, 06 Nov 1994 08:49:37 GMT',
    'Sun, 06 Nov 1993 08:49:37 GMT',
    'Sun, 41 Nov 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 28:49:37 GMT',
    'Sun, 06 Nov 1994 08:50:37 CET',
    'Sun, 06 Nov 1994 08:50:37 GMT trailing',
  ])('%j asks for nothing', (text) => {
    expect(parseRetryAfter(text, now)).toBeNull();
  });

  it('never throws, and never gives anything but a wait of at most a day or none', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
        ),
        (text) => {
          const ms = parseRetryAfter(text, now);
          if (ms !== null) {
            expect(ms).toBeGreaterThan(0);
            expect(ms).toBeLessThanOrEqual(MAX_RETRY_AFTER_MS);
          }
        },
      ),
    );
  });

  it('takes back what JavaScript writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 86_400 }), (seconds) => {
        const text = new Date(now.getTime() + seconds * 1000).toUTCString();
        expect(parseRetryAfter(text, now)).toBe(seconds * 1000);
      }),
    );
  });
});
