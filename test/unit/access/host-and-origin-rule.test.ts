import { describe, expect, test } from 'vitest';
import { refuseHost } from '../../../src/access/host-rule.ts';
import { refuseOrigin } from '../../../src/access/origin-rule.ts';

const NONE = { publicHosts: [], allowedOrigins: [] };

describe('Host', () => {
  test.each(['localhost', 'LOCALHOST:8000', 'localhost.', '127.0.0.1:9', '[::1]:8000'])(
    '%s is served',
    (host) => {
      expect(refuseHost(host, [])).toBeNull();
    },
  );

  test.each([
    undefined,
    '',
    'evil.example',
    'localhost.evil.example',
    '127.0.0.2',
    'a@localhost',
    'localhost:x',
  ])('%s is refused', (host) => {
    expect(refuseHost(host, [])).not.toBeNull();
  });

  test('the refusal names the setting that changes it', () => {
    expect(refuseHost('ops.example.com:8000', [])).toContain('PUBLIC_HOSTS');
  });

  test('a public host is served on all ports, or on the one it names', () => {
    expect(refuseHost('Ops.example.com:8000', ['ops.example.com'])).toBeNull();
    expect(refuseHost('ops.example.com:8000', ['ops.example.com:8000'])).toBeNull();
    expect(refuseHost('ops.example.com', ['ops.example.com:8000'])).not.toBeNull();
    expect(refuseHost('x.ops.example.com', ['ops.example.com'])).not.toBeNull();
  });
});

describe('Origin', () => {
  test.each([
    [undefined, 'localhost:8000'],
    ['http://localhost:8000', 'localhost:8000'],
    ['https://ops.example.com', 'ops.example.com'],
    ['https://ops.example.com', 'ops.example.com:443'],
    ['http://[::1]:8000', '[::1]:8000'],
  ])('%s may call %s', (origin, host) => {
    expect(refuseOrigin({ origin, host }, NONE)).toBeNull();
  });

  test.each([
    ['http://evil.example', 'localhost:8000'],
    ['http://localhost:3000', 'localhost:8000'],
    ['http://localhost', 'localhost:8000'],
    ['https://ops.example.com', 'ops.example.com:80'],
    ['null', 'localhost:8000'],
    ['file://', 'localhost:8000'],
    ['', 'localhost:8000'],
    ['chrome-extension://localhost:8000', 'localhost:8000'],
    ['http://127.0.0.1:8000', 'localhost:8000'],
  ])('%s may not call %s', (origin, host) => {
    expect(refuseOrigin({ origin, host }, NONE)).not.toBeNull();
  });

  test('a public host may call although a proxy wrote another Host', () => {
    const request = { origin: 'https://ops.example.com', host: '127.0.0.1:8000' };
    expect(refuseOrigin(request, { ...NONE, publicHosts: ['ops.example.com'] })).toBeNull();
  });

  test('an allowed origin may call, and no other that looks like it', () => {
    const allowed = { ...NONE, allowedOrigins: ['https://dash.example.com'] };
    const refuse = (origin: string): string | null =>
      refuseOrigin({ origin, host: 'ops.example.com' }, allowed);
    expect(refuse('https://dash.example.com')).toBeNull();
    for (const other of ['http://dash', 'https://a.dash', 'https://dash.example.com.evil', 'https://xdash']) {
      expect(refuse(`${other}.example.com`)).toContain('ALLOWED_ORIGINS');
    }
    expect(refuse('https://dash.example.com:8443')).not.toBeNull();
  });
});
