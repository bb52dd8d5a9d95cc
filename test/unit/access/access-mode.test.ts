import { describe, expect, test } from 'vitest';
import { decideAccess, isLoopbackHost } from '../../../src/access/access-mode.ts';

describe('without AUTH set', () => {
  test.each(['127.0.0.1', '127.1.2.3', '::1', '[::1]', 'localhost'])(
    '%s serves this machine without keys',
    (host) => {
      expect(decideAccess({ auth: null, host, apiKeyCount: 0 })).toEqual({
        ok: true,
        mode: 'OFF',
        warning: null,
      });
    },
  );

  test.each(['0.0.0.0', '::', '10.0.0.1', 'opslens.example.com', '1270.0.0.1'])(
    '%s needs a key to start',
    (host) => {
      const decision = decideAccess({ auth: null, host, apiKeyCount: 0 });
      expect(decision).toMatchObject({ ok: false });
      expect(JSON.stringify(decision)).toContain('API_KEYS');
      expect(decideAccess({ auth: null, host, apiKeyCount: 1 })).toEqual({
        ok: true,
        mode: 'REQUIRED',
        warning: null,
      });
    },
  );
});

test('AUTH=off is honoured anywhere, and says so', () => {
  const decision = decideAccess({ auth: 'off', host: '0.0.0.0', apiKeyCount: 0 });
  expect(decision).toMatchObject({ ok: true, mode: 'OFF' });
  expect(JSON.stringify(decision)).toContain('AUTH=off while listening on 0.0.0.0');
});

test('AUTH=required without a key lets nobody in, so it does not start', () => {
  expect(decideAccess({ auth: 'required', host: '127.0.0.1', apiKeyCount: 0 })).toMatchObject({ ok: false });
  expect(decideAccess({ auth: 'required', host: '127.0.0.1', apiKeyCount: 1 })).toMatchObject({
    mode: 'REQUIRED',
  });
});

test('a name that merely begins like loopback is not loopback', () => {
  expect(isLoopbackHost('127.0.0.1.example.com')).toBe(false);
  expect(isLoopbackHost('localhost.example.com')).toBe(false);
});
