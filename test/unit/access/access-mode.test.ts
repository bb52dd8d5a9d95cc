import { describe, expect, test } from 'vitest';
import { decideAccess, isLoopbackHost, refuseWithoutKeys } from '../../../src/access/access-mode.ts';

describe('without AUTH set', () => {
  test.each(['127.0.0.1', '127.1.2.3', '::1', '[::1]', 'localhost'])(
    '%s serves this machine without keys',
    (host) => {
      expect(decideAccess({ auth: null, host })).toEqual({ mode: 'OFF', warning: null });
    },
  );

  test.each(['0.0.0.0', '::', '10.0.0.1', 'opslens.example.com', '1270.0.0.1'])('%s needs keys', (host) => {
    expect(decideAccess({ auth: null, host })).toEqual({ mode: 'REQUIRED', warning: null });
  });
});

test('AUTH=off is honoured anywhere, and says so', () => {
  const decision = decideAccess({ auth: 'off', host: '0.0.0.0' });
  expect(decision.mode).toBe('OFF');
  expect(decision.warning).toContain('AUTH=off while listening on 0.0.0.0');
});

test('AUTH=required needs keys on this machine too', () => {
  expect(decideAccess({ auth: 'required', host: '127.0.0.1' }).mode).toBe('REQUIRED');
});

test.each(['0.0.0.0', '127.0.0.1'])(
  'without any key %s is told how to get the first and the others',
  (host) => {
    expect(refuseWithoutKeys(host)).toContain('API_KEYS');
    expect(refuseWithoutKeys(host)).toContain('createApiKey');
  },
);

test('a name that merely begins like loopback is not loopback', () => {
  expect(isLoopbackHost('127.0.0.1.example.com')).toBe(false);
  expect(isLoopbackHost('localhost.example.com')).toBe(false);
});
