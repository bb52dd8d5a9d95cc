import { describe, expect, test } from 'vitest';
import { createAuthenticator } from '../../../src/access/authenticator.ts';

const KEYS = ['first-key-0123456789', 'second-key-0123456789'];

describe('where a key is required', () => {
  const { authenticate } = createAuthenticator({ mode: 'REQUIRED', apiKeys: KEYS });

  test('either header names the caller, the same way', () => {
    const byBearer = authenticate({ authorization: `Bearer ${KEYS[1]}` });
    expect(byBearer?.scopes).toEqual(['READ', 'RESPOND', 'ADMIN']);
    expect(authenticate({ apiKey: KEYS[1] })).toEqual(byBearer);
    expect(authenticate({ authorization: `bearer  ${KEYS[1]}` })).toEqual(byBearer);
    expect(authenticate({ authorization: 'Basic abc', apiKey: KEYS[1] })).toEqual(byBearer);
  });

  test("a caller's name tells two keys apart and neither key", () => {
    const names = KEYS.map((apiKey) => authenticate({ apiKey })?.name ?? '');
    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(name).toMatch(/^key:[0-9a-f]{8}$/);
  });

  test.each([
    {},
    { apiKey: '' },
    { apiKey: 'first-key-012345678' },
    { apiKey: `${KEYS[0]} ` },
    { authorization: KEYS[0] },
    { authorization: 'Bearer ' },
    { authorization: `Bearer wrong`, apiKey: KEYS[0] },
    { apiKey: 'x'.repeat(100_000) },
  ])('%j is nobody', (credentials) => {
    expect(authenticate(credentials)).toBeNull();
  });
});

test('where no key is required, everybody may do everything, and a known key still gives its name', () => {
  const { authenticate } = createAuthenticator({ mode: 'OFF', apiKeys: KEYS });
  expect(authenticate({})).toMatchObject({ name: null, scopes: ['READ', 'RESPOND', 'ADMIN'] });
  expect(authenticate({ apiKey: 'unknown' })).toMatchObject({ name: null });
  expect(authenticate({ apiKey: KEYS[0] })?.name).toMatch(/^key:/);
});
