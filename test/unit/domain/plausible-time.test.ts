import { describe, expect, it } from 'vitest';
import { parseTimestamp, plausibleTime } from '../../../src/domain/plausible-time.ts';

const receivedAt = new Date('2026-03-04T05:00:00.000Z');
const seconds = (n: number): Date => new Date(receivedAt.getTime() + n * 1000);

describe('a claimed time', () => {
  it('stands as claimed when it is in the past, or up to a minute ahead', () => {
    for (const claimed of [new Date('2000-01-01T00:00:00Z'), seconds(-1), seconds(60)]) {
      expect(plausibleTime(claimed, receivedAt)).toEqual({ occurredAt: claimed, claimedAt: null });
    }
  });

  it('becomes the time of receipt when it is over a minute ahead, and the claim is kept', () => {
    expect(plausibleTime(seconds(61), receivedAt)).toEqual({
      occurredAt: receivedAt,
      claimedAt: seconds(61),
    });
  });

  it('counts as absent when it lies before 2000', () => {
    for (const claimed of [
      null,
      new Date(0),
      new Date('0001-01-01T00:00:00Z'),
      new Date('1999-12-31T23:59:59Z'),
    ]) {
      expect(plausibleTime(claimed, receivedAt)).toEqual({ occurredAt: null, claimedAt: null });
    }
  });
});

describe('a timestamp as text', () => {
  it.each([
    ['2026-03-04T09:12:31Z', '2026-03-04T09:12:31.000Z'],
    ['2026-03-04t09:12:31z', '2026-03-04T09:12:31.000Z'],
    [' 2026-03-04T10:12:31.5+01:00 ', '2026-03-04T09:12:31.500Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
  ])('reads %s', (text, expected) => {
    expect(parseTimestamp(text)?.toISOString()).toBe(expected);
  });

  it.each([
    '2026-03-04T09:12:31',
    '2026-02-30T00:00:00Z',
    '2026-03-04',
    'yesterday',
    '1772615551',
    '',
    '2016-12-31T23:59:60Z',
  ])('does not guess what "%s" means', (text) => {
    expect(parseTimestamp(text)).toBeNull();
  });
});
