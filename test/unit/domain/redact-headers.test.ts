import { expect, it } from 'vitest';
import { redactHeaders } from '../../../src/domain/redact-headers.ts';

it('hides every header that holds a secret, and leaves the others as they came', () => {
  const headers = {
    'content-type': 'application/json',
    'x-github-delivery': '7a1d0c10',
    authorization: 'Bearer s3cret',
    'proxy-authorization': 'Basic s3cret',
    cookie: 'a=s3cret',
    'x-webhook-secret': 's3cret',
    'x-hub-signature-256': 'sha256=s3cret',
    'x-pagerduty-signature': 'v1=s3cret',
    'x-api-key': 's3cret',
    'x-vault-token': 's3cret',
    'idempotency-key': 'order-1',
  };
  const redacted = redactHeaders(headers, []);
  expect(JSON.stringify(redacted)).not.toContain('s3cret');
  expect(Object.keys(redacted)).toEqual(Object.keys(headers));
  expect(redacted).toMatchObject({ 'x-github-delivery': '7a1d0c10', 'idempotency-key': 'order-1' });
});

it('hides a token of the URL where a proxy repeats it', () => {
  const redacted = redactHeaders(
    { 'x-original-url': '/api/v1/webhooks/generic/generic/t%2Fk', referer: 'http://x/t/k?t/k' },
    ['t/k', ''],
  );
  expect(redacted).toEqual({
    'x-original-url': '/api/v1/webhooks/generic/generic/[redacted]',
    referer: 'http://x/[redacted]?[redacted]',
  });
});
