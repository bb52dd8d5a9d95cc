import { describe, expect, test } from 'vitest';
import { deriveSealingKey } from '../../../src/access/sealing-key.ts';
import { CannotOpenError, createSealer } from '../../../src/access/sealing.ts';

const old = deriveSealingKey('the former secret key');
const current = deriveSealingKey('the current secret key');
const place = { recordId: 'endpoint-1', field: 'secret' };
const sealer = createSealer({ current, previous: null });

describe('a sealed secret', () => {
  test.each(['your-secret', '', 'ünïcödé 🚨', 'x'.repeat(10_000)])('opens to what it was: %s', (text) => {
    expect(sealer.open(sealer.seal(text, place), place)).toBe(text);
  });

  test('shows neither the secret nor whether two are the same', () => {
    const sealed = sealer.seal('your-secret', place);
    expect(sealed).toMatch(new RegExp(`^v1\\.${current.id}\\.`));
    expect(sealed).not.toContain(Buffer.from('your-secret').toString('base64url'));
    expect(sealer.seal('your-secret', place)).not.toBe(sealed);
  });

  test('does not open in another record or field', () => {
    const sealed = sealer.seal('your-secret', place);
    expect(() => sealer.open(sealed, { ...place, recordId: 'endpoint-2' })).toThrow(CannotOpenError);
    expect(() => sealer.open(sealed, { ...place, field: 'previous' })).toThrow(CannotOpenError);
  });

  test('does not open once any part of it was changed', () => {
    const sealed = sealer.seal('your-secret', place);
    for (let at = 0; at < sealed.length; at++) {
      const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
      // The last character of base64url may carry bits that mean nothing.
      if (
        Buffer.from(changed.split('.')[3] ?? '', 'base64url').equals(
          Buffer.from(sealed.split('.')[3] ?? '', 'base64url'),
        ) &&
        at === sealed.length - 1
      )
        continue;
      expect(() => sealer.open(changed, place), changed).toThrow(CannotOpenError);
    }
    for (const text of ['', 'v1...', sealed.slice(0, -30), `${sealed}.x`, 'plain']) {
      expect(() => sealer.open(text, place)).toThrow(CannotOpenError);
    }
  });

  test('of the previous key still opens, and new ones take the current key', () => {
    const before = createSealer({ current: old, previous: null }).seal('your-secret', place);
    expect(() => sealer.open(before, place)).toThrow(/SECRET_KEY_PREVIOUS/);
    const after = createSealer({ current, previous: old });
    expect(after.open(before, place)).toBe('your-secret');
    expect(after.seal('your-secret', place)).toContain(current.id);
  });
});

test('one text makes one key everywhere, and its id says nothing of it', () => {
  expect(deriveSealingKey('a')).toEqual(deriveSealingKey('a'));
  expect(deriveSealingKey('a').id).not.toBe(deriveSealingKey('b').id);
  expect(deriveSealingKey('a').key.toString('hex')).not.toContain(deriveSealingKey('a').id);
});
