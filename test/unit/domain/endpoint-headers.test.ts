import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isCredential,
  readEndpointHeaders,
  readStoredHeaders,
} from '../../../src/domain/endpoint-headers.ts';

const reasonOf = (value: unknown): string | null => {
  const reading = readEndpointHeaders(value);
  return reading.ok ? null : reading.reason;
};

describe('headers of an endpoint', () => {
  test('are written as an object or as an array, and keep their order and spelling', () => {
    const value = [
      { name: 'X-Team', value: 'payments & more' },
      { name: 'authorization', value: 'Bearer a.b' },
    ];
    expect(readEndpointHeaders(value)).toEqual({ ok: true, value });
    expect(readEndpointHeaders({ 'X-Team': 'payments & more', authorization: 'Bearer a.b' })).toEqual({
      ok: true,
      value,
    });
    expect(readEndpointHeaders([])).toEqual({ ok: true, value: [] });
  });

  test.each([
    'Host',
    'CONTENT-LENGTH',
    'content-type',
    'Content-Anything',
    'transfer-encoding',
    'Connection',
    'keep-alive',
    'TE',
    'Trailer',
    'Upgrade',
    'Expect',
    'Cookie',
    'Proxy-Authorization',
    'webhook-id',
    'webhook-signature',
    'X-Webhook-Signature',
    'X-OpsLens-Event',
    'x-opslens-made-up',
    'User-Agent',
    'Date',
    'Accept-Encoding',
  ])('never include %s', (name) => {
    expect(reasonOf({ [name]: 'value' })).toBe(`must not include ${name}, which is not yours to set`);
  });

  test.each(['Authorization', 'X-API-Key', 'X-Content', 'Webhooks', 'Hostname', 'X-Date'])(
    'may include %s',
    (name) => {
      expect(reasonOf({ [name]: 'value' })).toBeNull();
    },
  );

  test.each(['', 'X Team', 'X-Team:', 'X-Team\r\nHost', 'ü', 'X(Team)', 'X\u0000'])(
    'have no name %j',
    (name) => {
      expect(reasonOf({ [name]: 'value' })).toMatch('must have names of');
    },
  );

  test.each([
    '',
    ' x',
    'x ',
    'x\n',
    '\nx',
    'a\r\nHost: evil',
    'a\u0000b',
    'a\tb',
    'ü',
    '\u2028',
    'a\u007f',
    5,
    { $gt: '' },
  ])('have no value %j', (value) => {
    const reason = 'must give X-Team a value of visible ASCII characters';
    expect(reasonOf([{ name: 'X-Team', value }])).toBe(reason);
    // Nor in a row, sealed or not.
    expect(readStoredHeaders([{ name: 'X-Team', value, sealed: 'v1.a' }])).toEqual({ ok: false, reason });
  });

  test.each([
    [{ Authorization: null }],
    [[{ name: 'Authorization', value: null }]],
    [[{ name: 'Authorization' }]],
  ])('as credentials are shown, without a value, are refused and it is said what to do: %j', (value) => {
    expect(reasonOf(value)).toBe(
      'must give Authorization a value: those of credentials are never shown, so give it again, or leave headers out to change none',
    );
  });

  test('are never sealed when they are given', () => {
    expect(reasonOf([{ name: 'Authorization', sealed: 'v1.a' }])).toMatch('must give Authorization a value');
  });

  test('are sealed in a row, unless a person wrote a value there', () => {
    const sealed = { name: 'Authorization', sealed: 'v1.a' };
    const stored = [sealed, { name: 'X-Team', value: 'payments' }];
    expect(readStoredHeaders(stored)).toEqual({ ok: true, value: stored });
    const written = { name: 'Authorization', value: 'Bearer a' };
    expect(readStoredHeaders([{ ...sealed, ...written }])).toEqual({ ok: true, value: [written] });
    expect(readStoredHeaders([{ ...sealed, value: null }])).toEqual({ ok: true, value: [sealed] });
    // A sealed text is longer than what it seals, and none of the characters that are counted.
    const long = Array.from({ length: 10 }, (_, index) => ({ name: `X-${index}`, sealed: 'v'.repeat(5600) }));
    expect(readStoredHeaders(long)).toEqual({ ok: true, value: long });
    for (const wrong of ['', 5, null, 'v'.repeat(8193)]) {
      expect(readStoredHeaders([{ name: 'X-Team', sealed: wrong }])).toMatchObject({
        ok: false,
        reason: expect.stringMatching('must give X-Team a '),
      });
    }
  });

  test.each([5, true, 'X-Team: a'])('are not %j', (value) => {
    expect(reasonOf(value)).toMatch('must be names with values');
  });

  test.each([[['X-Team']], [[null]], [[{ value: 'x' }]]])('have no item %j', (value) => {
    expect(reasonOf(value)).toMatch('must have names of');
  });

  test('are at most 10, each name once, 4,096 characters in all', () => {
    const headers = (count: number, value = 'v') =>
      Array.from({ length: count }, (_, index) => ({ name: `X-${index}`, value }));
    expect(reasonOf(headers(10))).toBeNull();
    expect(reasonOf(headers(11))).toBe('must be at most 10');
    expect(reasonOf([...headers(1), { name: 'x-0', value: 'w' }])).toBe('must not include x-0 twice');
    expect(reasonOf(headers(4, 'v'.repeat(1021)))).toBeNull();
    expect(reasonOf(headers(4, 'v'.repeat(1022)))).toBe('must have at most 4096 characters in all');
  });

  test('are refused without repeating a value', () => {
    const secret = 'very-secret';
    const wrong = [
      { a: `${secret}\n` },
      { host: secret },
      [{ name: 'a', value: [secret] }],
      { 'a b': secret },
    ];
    for (const value of wrong) expect(reasonOf(value)).not.toMatch(secret);
  });

  test('whatever is written: they can be sent as they are, or there is a reason', () => {
    const name = fc.oneof(fc.string(), fc.constantFrom('X-Team', '__proto__', 'constructor'));
    const written = fc.oneof(
      fc.anything(),
      fc.dictionary(name, fc.string()),
      fc.array(fc.record({ name, value: fc.oneof(fc.string(), fc.anything()) }, { requiredKeys: [] })),
    );
    fc.assert(
      fc.property(written, (value) => {
        const reading = readEndpointHeaders(value);
        if (!reading.ok) expect(reading.reason).not.toBe('');
        for (const header of reading.ok ? reading.value : []) {
          expect(() => new Headers([[header.name, header.value]])).not.toThrow();
          expect(header.value).toMatch(/^[ -~]+$/);
        }
      }),
    );
  });

  test.each([
    ['Authorization', 'x', true],
    ['X-API-Key', 'x', true],
    ['X-Auth-Token', 'x', true],
    ['X-Functions-Key', 'x', true],
    ['X-Anything', 'Bearer abc', true],
    ['X-Anything', 'Basic YTpi', true],
    ['X-Team', 'payments', false],
    ['X-Environment', 'bearer-of-news', false],
  ])('%s: %s is a credential: %s', (name, value, expected) => {
    expect(isCredential({ name, value })).toBe(expected);
  });
});
