import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refuseOverlap } from '../../../src/domain/rotation-overlap.ts';
import { retireSecret, rotateSecret } from '../../../src/domain/source-rotation.ts';
import type { SealedSecret } from '../../../src/domain/source.ts';

const HOUR_MS = 3_600_000;
const NOW = new Date('2026-03-07T00:00:00.000Z');

function aSecret(id: string, until: Date | null = null): SealedSecret {
  return { id, sealed: `sealed ${id}`, createdAt: NOW, until, lastUsedAt: null };
}

function hours(count: number): Date {
  return new Date(NOW.getTime() + count * HOUR_MS);
}

function ids(secrets: SealedSecret[] | object): unknown {
  return Array.isArray(secrets) ? (secrets as SealedSecret[]).map(({ id, until }) => [id, until]) : secrets;
}

describe('a new secret', () => {
  test('stands beside the one before it until a stated time, and beside earlier ones until theirs', () => {
    const first = rotateSecret({ secrets: [] }, aSecret('a'), { overlapHours: 24, now: NOW });
    expect(ids(first)).toEqual([['a', null]]);
    const secrets = [aSecret('b'), aSecret('a', hours(1)), aSecret('old', NOW)];
    expect(ids(rotateSecret({ secrets }, aSecret('c'), { overlapHours: 24, now: NOW }))).toEqual([
      ['c', null],
      ['b', hours(24)],
      ['a', hours(1)],
    ]);
  });

  test('ends the one before it at once where no overlap is wanted', () => {
    const ended = rotateSecret({ secrets: [aSecret('a')] }, aSecret('b'), { overlapHours: 0, now: NOW });
    expect(ids(ended)).toEqual([
      ['b', null],
      ['a', NOW],
    ]);
  });

  test('never drops a secret that is still good: a third previous one is refused, by name of the others', () => {
    const secrets = [aSecret('c'), aSecret('b', hours(2)), aSecret('a', hours(1))];
    expect(rotateSecret({ secrets }, aSecret('d'), { overlapHours: 1, now: NOW })).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('b and a'),
    });
    expect(ids(rotateSecret({ secrets }, aSecret('d'), { overlapHours: 0, now: NOW }))).toHaveLength(4);
    expect(ids(rotateSecret({ secrets }, aSecret('d'), { overlapHours: 1, now: hours(1) }))).toHaveLength(3);
  });

  test.each([-1, 721, Number.NaN, Infinity])('cannot have an overlap of %d hours', (overlapHours) => {
    expect(refuseOverlap(overlapHours)).toMatchObject({ code: 'INVALID', path: ['input', 'overlapHours'] });
  });
});

describe('a retired secret', () => {
  const secrets = [aSecret('b'), aSecret('a', hours(2)), aSecret('old', hours(-1))];

  test('ends now, and stays in sight; one that had ended keeps its end', () => {
    expect(ids(retireSecret({ secrets }, 'a', NOW))).toEqual([
      ['b', null],
      ['a', NOW],
      ['old', hours(-1)],
    ]);
    expect(retireSecret({ secrets }, 'old', NOW)).toEqual(secrets);
  });

  test('is neither the current one nor an unknown one', () => {
    expect(retireSecret({ secrets }, 'b', NOW)).toMatchObject({ code: 'CONFLICT' });
    expect(retireSecret({ secrets }, 'x'.repeat(500), NOW)).toMatchObject({ code: 'NOT_FOUND' });
  });
});

test('whatever is done in whatever order, each secret is good exactly until what was last said of it', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('ROTATE' as const), overlapHours: fc.integer({ min: 0, max: 5 }) }),
    fc.record({ kind: fc.constant('RETIRE' as const), which: fc.nat(5) }),
    fc.record({ kind: fc.constant('WAIT' as const), hours: fc.integer({ min: 1, max: 4 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let now = NOW;
      let secrets: SealedSecret[] = [];
      const said = new Map<string, Date | null>();
      for (const [index, one] of steps.entries()) {
        if (one.kind === 'WAIT') now = new Date(now.getTime() + one.hours * HOUR_MS);
        else if (one.kind === 'ROTATE') {
          const { overlapHours } = one;
          const rotated = rotateSecret({ secrets }, aSecret(`s${index}`), { overlapHours, now });
          if (!Array.isArray(rotated)) continue;
          const before = secrets[0]?.id;
          if (before !== undefined) said.set(before, new Date(now.getTime() + overlapHours * HOUR_MS));
          said.set(`s${index}`, null);
          secrets = rotated;
        } else {
          const id = secrets[one.which]?.id ?? 'none';
          const retired = retireSecret({ secrets }, id, now);
          if (!Array.isArray(retired)) continue;
          const until = said.get(id);
          if (until != null && until > now) said.set(id, now);
          secrets = retired;
        }
        const good = (until: Date | null | undefined) =>
          until === null || (until !== undefined && until > now);
        const inForce = secrets.filter(({ until }) => good(until)).map(({ id }) => id);
        const expected = [...said].filter(([, until]) => good(until)).map(([id]) => id);
        expect(inForce.sort()).toEqual(expected.sort());
        expect(secrets.findIndex(({ until }) => until === null)).toBe(secrets.length === 0 ? -1 : 0);
        expect(secrets.length).toBeLessThanOrEqual(4);
      }
    }),
  );
});
