import { spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CanonicalJsonError, canonicalJson } from '../../../src/kernel/canonical-json.ts';
import type { JsonValue } from '../../../src/kernel/canonical-json.ts';

interface Vector {
  name: string;
  input: string;
  expected: string;
  hmac_sha256_hex: string;
  rule: string;
  value_mode_ok: boolean;
}

interface Refused {
  input?: string;
  /** Python that makes the input: `'[' * 1200 + ']' * 1200`. */
  input_spec?: string;
  why: string;
}

const file = JSON.parse(
  readFileSync(new URL('../../fixtures/vectors/canonical-json.json', import.meta.url), 'utf8'),
) as { hmac_key_utf8: string; vectors: Vector[]; reject: Refused[] };
const vectors = file.vectors.filter((vector) => vector.value_mode_ok);

/** Any string of UTF-16 units, broken pairs included, with those that sort or escape specially made likely. */
const anyText = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0xffff }),
      fc.integer({ min: 0x20, max: 0x80 }),
      fc.constantFrom(
        0,
        0x22,
        0x5c,
        0x7f,
        0x2028,
        0xd7ff,
        0xd800,
        0xd83d,
        0xdbff,
        0xdc00,
        0xde00,
        0xdfff,
        0xe000,
      ),
    ),
    { maxLength: 8 },
  )
  .map((units) => String.fromCharCode(...units));

const anyNumber = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.maxSafeInteger(),
  fc.constantFrom(-0, 1e-4, 9.999e-5, 1e-7, 1e15, 1e16, 9999999999999998, 2 ** 53, 2 ** 53 - 1, 1e21, 5e-324),
  fc.tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: -30, max: 30 })).map(([n, e]) => n * 10 ** e),
);

const { anyValue } = fc.letrec<{ anyValue: JsonValue }>((tie) => ({
  anyValue: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<JsonValue>(null, true, false, [], {}),
    anyNumber,
    anyText,
    fc.array(tie('anyValue'), { maxLength: 5 }),
    fc.dictionary(anyText, tie('anyValue'), { maxKeys: 6 }),
  ),
}));

function nested(levels: number): JsonValue {
  let value: JsonValue = [];
  for (let level = 1; level < levels; level++) value = level % 2 === 0 ? [value] : { in: value };
  return value;
}

function inputOf({ input, input_spec = '' }: Refused): string {
  if (input !== undefined) return input;
  return [...input_spec.matchAll(/'(.)' \* (\d+)/g)]
    .map(([, text = '', times]) => text.repeat(Number(times)))
    .join('');
}

/** What arrives from code that the compiler did not see. */
function refusalOf(value: unknown): CanonicalJsonError {
  try {
    canonicalJson(value as JsonValue);
  } catch (error) {
    if (error instanceof CanonicalJsonError) return error;
    throw error;
  }
  throw new Error('was not refused');
}

describe('canonical JSON is what Python writes', () => {
  it.each(vectors)('for $name: $rule', ({ input, expected, hmac_sha256_hex }) => {
    const text = canonicalJson(JSON.parse(input) as JsonValue);
    expect(text).toBe(expected);
    expect(createHmac('sha256', file.hmac_key_utf8).update(text).digest('hex')).toBe(hmac_sha256_hex);
  });

  it('in all the vectors that JavaScript values can express', () => {
    expect(vectors).toHaveLength(27);
  });

  it('so that a receiver who parses and dumps with a real python3 gets the bytes that were signed', () => {
    const seed = Date.now();
    const lines = fc.sample(anyValue, { numRuns: 3000, seed }).map(canonicalJson);
    const program = [
      'import json, sys',
      'for number, line in enumerate(sys.stdin.read().split("\\n")):',
      '    again = json.dumps(json.loads(line), sort_keys=True)',
      '    if again != line: print(number, line, again, sep="\\n"); break',
      'else: print("same", number + 1)',
    ].join('\n');
    const python = spawnSync('python3', ['-c', program], { input: lines.join('\n'), encoding: 'utf8' });
    expect(python.error).toBeUndefined();
    expect(python.stdout.trim() + python.stderr, `seed ${seed}`).toBe('same 3000');
  });

  it('so that parsing it and writing it again changes nothing', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text) as JsonValue)).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });

  it('and means what was put in', () => {
    fc.assert(
      fc.property(anyValue, (value) =>
        isDeepStrictEqual(JSON.parse(canonicalJson(value)), JSON.parse(JSON.stringify(value))),
      ),
      { numRuns: 1000 },
    );
  });

  it('whatever the order in which the keys were set', () => {
    const entries: [string, JsonValue][] = [
      ['b', 1],
      ['\u{1f600}', 2],
      ['\ue000', 3],
      ['a', 4],
      ['\ud83d', 5],
    ];
    const expected = '{"a": 4, "b": 1, "\\ud83d": 5, "\\ue000": 3, "\\ud83d\\ude00": 2}';
    expect(canonicalJson(Object.fromEntries(entries))).toBe(expected);
    expect(canonicalJson(Object.fromEntries(entries.toReversed()))).toBe(expected);
  });

  it('with every digit of a bigint', () => {
    expect(canonicalJson([9007199254740993n, -(10n ** 21n), 0n])).toBe(
      '[9007199254740993, -1000000000000000000000, 0]',
    );
  });

  it('for objects without a prototype and keys named like members of one', () => {
    const bare: Record<string, JsonValue> = Object.create(null) as Record<string, JsonValue>;
    bare['toString'] = 1;
    bare['__proto__'] = 2;
    expect(canonicalJson(bare)).toBe('{"__proto__": 2, "toString": 1}');
  });
});

describe('canonical JSON refuses', () => {
  it.each<[string, unknown]>([
    ['NaN', NaN],
    ['Infinity', Infinity],
    ['a number that overflowed', JSON.parse('-1e400')],
    ['undefined', undefined],
    ['a function', () => 1],
    ['a symbol', Symbol('s')],
    ['a Date', new Date(0)],
    ['a Map', new Map()],
    ['bytes', Buffer.from('x')],
    ['an integer of more digits than Python reads', 10n ** 4300n],
  ])('%s, and says where it stands', (_name, value) => {
    const error = refusalOf({ data: { fine: [1, { deep: true }], entries: [0, { 'first seen': value }] } });
    expect(error.path).toEqual(['data', 'entries', 1, 'first seen']);
    expect(error.message).toMatch(/^\$\.data\.entries\[1\]\["first seen"\]: ./);
  });

  it.each(file.reject)(
    'what has no JSON text that Python reads, be it only once it was parsed: $why',
    (refused) => {
      const input = inputOf(refused);
      expect(input).not.toBe('');
      expect(() => canonicalJson(JSON.parse(input) as JsonValue)).toThrow();
    },
  );

  it('a value that is itself no JSON', () => {
    expect(refusalOf(undefined)).toMatchObject({ path: [], message: '$: undefined is not JSON' });
  });

  it('the hole in an array', () => {
    const holed: unknown[] = [1];
    holed[2] = 3;
    expect(refusalOf(holed).path).toEqual([1]);
  });

  it('more than 64 levels, and nothing at 64', () => {
    expect(JSON.parse(canonicalJson(nested(64)))).toEqual(nested(64));
    const error = refusalOf(nested(65));
    expect(error.path).toHaveLength(64);
    expect(error.message).toContain('deeper than 64 levels');
  });

  it('a value that contains itself', () => {
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    expect(refusalOf(loop).message).toContain('deeper than 64 levels');
  });

  it('nothing at 4,300 digits, the sign not counted', () => {
    expect(canonicalJson(-(10n ** 4299n))).toHaveLength(4301);
  });
});
