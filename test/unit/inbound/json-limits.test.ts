import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { JsonValue } from '../../../src/kernel/canonical-json.ts';
import { jsonExcess } from '../../../src/inbound/json-excess.ts';
import { DEFAULT_JSON_LIMITS, parseJsonText } from '../../../src/inbound/parse-json.ts';
import { parseGithubBody } from '../../../src/inbound/providers/github/parse-body.ts';

const MB = 1024 * 1024;
const list = (item: string, bytes: number): string =>
  `[${`${item},`.repeat(Math.floor(bytes / (item.length + 1))).slice(0, -1)}]`;

describe('what is too much of a JSON text', () => {
  const limits = { depth: 3, keys: 4 };

  it.each([
    ['{"a":{"b":[1]}}', null],
    ['{"a":{"b":[[1]]}}', 'the body is nested deeper than 3 levels'],
    ['[[],[],[[]]]', null],
    ['{"a":1,"b":2,"c":3,"d":4}', null],
    ['{"a":1,"b":{"c":3,"d":4,"e":5}}', 'the body has more than 4 keys'],
    ['{"a":1,"a":2,"a":3,"a":4,"a":5}', 'the body has more than 4 keys'],
    [`[${'0,'.repeat(39)}0]`, null],
    [`[${'0,'.repeat(40)}0]`, 'the body has more than 40 values'],
    [`[${'[],'.repeat(20)}0]`, 'the body has more than 40 values'],
    // Nothing counts inside a string, wherever that ends.
    [String.raw`["[[[[[[{{{{::::::,,,,", "\"[[[[", "\\", "\\\"[[[[[::::::"]`, null],
    [String.raw`["\\",[[[[`, 'the body is nested deeper than 3 levels'],
    [String.raw`["\\\",[[[[`, null],
    ['"[[[[[[', null],
    ['', null],
  ])('of %j: %j', (text, excess) => {
    expect(jsonExcess(text, limits)).toBe(excess);
  });

  it('is told of exactly those texts whose value has it', () => {
    const measure = (value: JsonValue, depth = 0): { keys: number; depth: number } => {
      if (typeof value !== 'object' || value === null) return { keys: 0, depth };
      const inner = Object.values(value).map((child) => measure(child as JsonValue, depth + 1));
      const own = Array.isArray(value) ? 0 : Object.keys(value).length;
      return {
        keys: inner.reduce((sum, { keys }) => sum + keys, own),
        depth: inner.reduce((deepest, one) => Math.max(deepest, one.depth), depth + 1),
      };
    };
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6, noUnicodeString: false }), fc.nat(3), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const { keys, depth } = measure(JSON.parse(text) as JsonValue);
        expect(jsonExcess(text, { depth, keys: Math.max(keys, 50) })).toBeNull();
        if (keys > 0) expect(jsonExcess(text, { depth: 99, keys: keys - 1 })).not.toBeNull();
        if (depth > 0) expect(jsonExcess(text, { depth: depth - 1, keys: 10_000 })).toContain('nested');
      }),
    );
  });
});

describe('a body of 25 MB that is made to cost', () => {
  const limits = { ...DEFAULT_JSON_LIMITS, keys: 100_000 };

  it.each([
    ['empty objects', list('{}', 25 * MB)],
    ['empty lists', list('[]', 25 * MB)],
    ['numbers', list('0', 25 * MB)],
    ['small objects', list('{"a":1}', 25 * MB)],
    ['brackets alone', '['.repeat(25 * MB)],
  ])('%s is refused unparsed', (_what, text) => {
    // Parsed, they take from a third of a second to five, and up to half a gigabyte.
    const parse = vi.spyOn(JSON, 'parse');
    onTestFinished(() => parse.mockRestore());
    expect(parseJsonText(text, limits)).toMatchObject({ readable: false });
    expect(parse).not.toHaveBeenCalled();
  });

  it('whose form has millions of fields is searched for its payload alone', () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const request = (form: string) => ({
      headers,
      body: Buffer.from(form),
      verifiedWith: null,
      secretId: null,
    });
    const others = 'a=&'.repeat((8 * MB) / 3);
    const found = { readable: true, payload: { x: '+ &' } };
    const payload = `payload=${encodeURIComponent('{"x":"+ &"}').replaceAll('%20', '+')}`;
    expect(parseGithubBody(request(`${others}${payload}&a=b`), limits)).toEqual(found);
    expect(parseGithubBody(request(payload), limits)).toEqual(found);
    expect(parseGithubBody(request(`${others}xpayload=1&payloads=2`), limits)).toMatchObject({
      readable: false,
      problem: { path: 'payload' },
    });
  });

  it('and is not JSON is told of by line and column, however many lines it has', () => {
    const text = `${'\n'.repeat(25 * MB)}x`;
    const begunAt = performance.now();
    expect(parseJsonText(text, limits)).toMatchObject({
      problem: { message: expect.stringContaining('Unexpected token') },
    });
    expect(parseJsonText(`[\n${'\n'.repeat(1000)}  "a" b]`, limits)).toMatchObject({
      problem: { message: expect.stringContaining('(line 1002 column 7)') },
    });
    expect(performance.now() - begunAt).toBeLessThan(2000);
  });
});
