import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apiKeyDigest, apiKeyHint, hasApiKeyForm, makeApiKeyText } from '../../../src/domain/api-key-text.ts';
import { apiKeyState } from '../../../src/domain/api-key.ts';
import { SCOPES, withRead } from '../../../src/domain/scope.ts';

describe('the text of a key', () => {
  test('has its form, and no two are alike', () => {
    const keys = Array.from({ length: 100 }, makeApiKeyText);
    expect(new Set(keys).size).toBe(100);
    for (const key of keys) {
      expect(key).toMatch(/^opl_live_[\w-]{49}$/);
      expect(hasApiKeyForm(key)).toBe(true);
      expect(key.startsWith(apiKeyHint(key))).toBe(true);
      expect(apiKeyHint(key)).toHaveLength(13);
      expect(apiKeyDigest(key)).not.toContain(key.slice(9));
    }
  });

  test('is refused with any one character changed, left out or added', () => {
    const key = makeApiKeyText();
    const place = fc.nat(key.length - 1);
    const character = fc.constantFrom(...Array.from('abcXYZ019-_.é '));
    fc.assert(
      fc.property(place, character, (at, other) => {
        fc.pre(key[at] !== other);
        expect(hasApiKeyForm(key.slice(0, at) + other + key.slice(at + 1))).toBe(false);
        expect(hasApiKeyForm(key.slice(0, at) + key.slice(at + 1))).toBe(false);
        expect(hasApiKeyForm(key.slice(0, at) + other + key.slice(at))).toBe(false);
      }),
    );
  });
});

test('scopes come once each, in order, and any of them brings READ', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...SCOPES)), (scopes) => {
      const wanted = SCOPES.filter((one) => scopes.includes(one) || (one === 'READ' && scopes.length > 0));
      expect(withRead(scopes)).toEqual(wanted);
    }),
  );
});

test('a key is taken until it expires or is revoked', () => {
  const now = new Date('2026-01-01T00:00:00Z');
  const [before, after] = [new Date(now.getTime() - 1), new Date(now.getTime() + 1)];
  expect(apiKeyState({ revokedAt: null, expiresAt: null }, now)).toBe('ACTIVE');
  expect(apiKeyState({ revokedAt: null, expiresAt: after }, now)).toBe('ACTIVE');
  expect(apiKeyState({ revokedAt: null, expiresAt: now }, now)).toBe('EXPIRED');
  expect(apiKeyState({ revokedAt: before, expiresAt: after }, now)).toBe('REVOKED');
  expect(apiKeyState({ revokedAt: before, expiresAt: before }, now)).toBe('REVOKED');
});
