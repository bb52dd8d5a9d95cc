import { describe, expect, test } from 'vitest';
import { createAuthenticator } from '../../../src/access/authenticator.ts';
import type { AuthenticatorDeps } from '../../../src/access/authenticator.ts';

const KEYS = ['first-key-0123456789', 'second-key-0123456789'];

describe('where a key is required', () => {
  const { authenticate } = createAuthenticator({ mode: 'REQUIRED', apiKeys: KEYS });

  test('either header names the caller, the same way', async () => {
    const byBearer = await authenticate({ authorization: `Bearer ${KEYS[1]}` });
    expect(byBearer?.scopes).toEqual(['READ', 'RESPOND', 'ADMIN']);
    expect(await authenticate({ apiKey: KEYS[1] })).toEqual(byBearer);
    expect(await authenticate({ authorization: `bearer  ${KEYS[1]}` })).toEqual(byBearer);
    expect(await authenticate({ authorization: 'Basic abc', apiKey: KEYS[1] })).toEqual(byBearer);
  });

  test("a caller's name tells two keys apart and neither key", async () => {
    const names = await Promise.all(KEYS.map(async (apiKey) => (await authenticate({ apiKey }))?.name ?? ''));
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
  ])('%j is nobody', async (credentials) => {
    expect(await authenticate(credentials)).toBeNull();
  });
});

describe('where no key is required', () => {
  const authenticator = (stored: AuthenticatorDeps['stored'] = () => null) =>
    createAuthenticator({ mode: 'OFF', apiKeys: KEYS, stored });

  test('everybody may do everything, and a known key still gives its name', async () => {
    const { authenticate } = authenticator();
    expect(await authenticate({})).toMatchObject({ name: null, scopes: ['READ', 'RESPOND', 'ADMIN'] });
    expect(await authenticate({ apiKey: 'unknown' })).toMatchObject({ name: null });
    expect((await authenticate({ apiKey: KEYS[0] }))?.name).toMatch(/^key:/);
  });

  test('naming a key of few scopes takes none away', async () => {
    const find = () => Promise.resolve({ name: 'a dashboard', scopes: ['READ'] as const, keyId: 'id' });
    const { authenticate } = authenticator(() => ({ find, watch: () => () => undefined }));
    expect(await authenticate({ apiKey: 'stored' })).toEqual({
      name: 'a dashboard',
      scopes: ['READ', 'RESPOND', 'ADMIN'],
      keyId: 'id',
    });
  });
});
