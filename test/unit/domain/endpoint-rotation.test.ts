import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  endedOverlap,
  promoteEndpointSecret,
  rotateEndpointSecret,
  signingSecrets,
} from '../../../src/domain/endpoint-rotation.ts';
import type { EndpointSecrets } from '../../../src/domain/endpoint-rotation.ts';

const HOUR_MS = 3_600_000;
const NOW = new Date('2026-03-07T00:00:00.000Z');
const PLAIN = { form: 'PLAIN', value: 'by hand' } as const;
const OLD = { form: 'SEALED', sealed: 'old' } as const;
const NEW = { form: 'SEALED', sealed: 'new' } as const;

function hours(count: number): Date {
  return new Date(NOW.getTime() + count * HOUR_MS);
}

function accepted(result: ReturnType<typeof rotateEndpointSecret>): EndpointSecrets {
  if ('code' in result) throw new Error(result.message);
  return result;
}

describe('a rotation', () => {
  test.each([OLD, PLAIN])(
    'has both secrets sign until its end, and the new one alone from then on: %j',
    (secret) => {
      const during = accepted(
        rotateEndpointSecret({ secret, nextSecret: null }, 'new', { overlapHours: 24, now: NOW }),
      );
      expect(during).toEqual({ secret, nextSecret: { sealed: 'new', until: hours(24) } });
      expect(signingSecrets(during, NOW)).toEqual({ current: secret, next: NEW });
      expect(signingSecrets(during, new Date(hours(24).getTime() - 1))).toEqual({
        current: secret,
        next: NEW,
      });
      expect(signingSecrets(during, hours(24))).toEqual({ current: NEW, next: null });
    },
  );

  test('without an overlap, or of an endpoint without a usable secret, is over at once', () => {
    const alone = { secret: NEW, nextSecret: null };
    const options = { overlapHours: 0, now: NOW };
    expect(rotateEndpointSecret({ secret: PLAIN, nextSecret: null }, 'new', options)).toEqual(alone);
    const none = { secret: null, nextSecret: null };
    expect(signingSecrets(none, NOW)).toBeNull();
    expect(rotateEndpointSecret(none, 'new', { ...options, overlapHours: 24 })).toEqual(alone);
  });

  test('is refused during another one, which says what to do and when that ends by itself', () => {
    const during = { secret: OLD, nextSecret: { sealed: 'new', until: hours(2) } };
    for (const overlapHours of [0, 24]) {
      expect(rotateEndpointSecret(during, 'newer', { overlapHours, now: hours(1) })).toMatchObject({
        code: 'CONFLICT',
        path: ['input', 'id'],
        message: expect.stringMatching(/2026-03-07T02:00:00.000Z.*promoteWebhookEndpointSecret/),
      });
    }
  });

  test('may follow one that has ended, written down or not, and begins with its secret', () => {
    const ended = { secret: OLD, nextSecret: { sealed: 'new', until: NOW } };
    for (const before of [ended, endedOverlap(ended, NOW) ?? ended]) {
      expect(rotateEndpointSecret(before, 'newer', { overlapHours: 1, now: NOW })).toEqual({
        secret: NEW,
        nextSecret: { sealed: 'newer', until: hours(1) },
      });
    }
  });

  test('is promoted before its end; where there is none, that is told', () => {
    const during = { secret: PLAIN, nextSecret: { sealed: 'new', until: hours(2) } };
    const promoted = promoteEndpointSecret(during);
    expect(promoted).toEqual({ secret: NEW, nextSecret: null });
    expect(promoteEndpointSecret(promoted as EndpointSecrets)).toMatchObject({ code: 'CONFLICT' });
  });
});

const time = fc.integer({ min: 0, max: 100 }).map(hours);
const secrets = fc.record({
  secret: fc.constantFrom(OLD, PLAIN, null),
  nextSecret: fc.option(fc.record({ sealed: fc.constant('new'), until: time }), { nil: null }),
});

test('writing the end of an overlap down changes nothing in what is signed from then on', () => {
  fc.assert(
    fc.property(secrets, time, time, (before, at, later) => {
      const written = endedOverlap(before, at);
      const ended = before.nextSecret !== null && before.nextSecret.until <= at;
      expect(written !== null).toBe(ended);
      if (written === null || later < at) return;
      expect(signingSecrets(written, later)).toEqual(signingSecrets(before, later));
      expect(endedOverlap(written, later)).toBeNull();
    }),
  );
});

test('whoever has the newest secret or, until its end, the one before it, can always verify', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('rotate'), hours: fc.constantFrom(0, 1, 24) }),
    fc.record({ kind: fc.constantFrom('promote', 'settle'), hours: fc.constant(0) }),
    fc.record({ kind: fc.constant('wait'), hours: fc.integer({ min: 1, max: 30 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let stored: EndpointSecrets = { secret: PLAIN, nextSecret: null };
      // What a person who did these steps would expect.
      let good: { secret: unknown; until: Date | null }[] = [{ secret: PLAIN, until: null }];
      let now = NOW;
      for (const [index, { kind, hours: count }] of steps.entries()) {
        if (kind === 'wait') now = new Date(now.getTime() + count * HOUR_MS);
        good = good.filter(({ until }) => until === null || until > now);
        if (kind === 'settle') stored = endedOverlap(stored, now) ?? stored;
        const asked =
          kind === 'rotate'
            ? rotateEndpointSecret(stored, `s${index}`, { overlapHours: count, now })
            : kind === 'promote' && promoteEndpointSecret(stored);
        if (asked !== false && !('code' in asked)) {
          stored = asked;
          const newest = kind === 'rotate' ? { form: 'SEALED', sealed: `s${index}` } : good.at(-1)?.secret;
          const until = new Date(now.getTime() + count * HOUR_MS);
          const before = good.map((one) => ({ ...one, until })).filter((one) => one.until > now);
          good = [...(kind === 'rotate' ? before : []), { secret: newest, until: null }];
        } else if (kind === 'rotate') {
          expect(good).toHaveLength(2);
        }
        const signing = signingSecrets(stored, now);
        const all = [signing?.current, signing?.next].filter((one) => one !== null && one !== undefined);
        expect(all).toEqual(good.map(({ secret }) => secret));
      }
    }),
  );
});
