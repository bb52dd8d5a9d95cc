import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCertificateUrl, isSubscribeUrl } from '../../../src/inbound/providers/sns/amazon-urls.ts';
import { createSnsBench, snsSource, topic } from '../../support/sns-bench.ts';
import { CERTIFICATE_URL, TOPIC } from '../../support/sns-topic.ts';

const CONFIRM_URL = 'https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=23';

describe('what it fetches', () => {
  const HOSTS = /^https:\/\/sns\.[a-z]{2}(-[a-z]+){1,3}-\d{1,2}\.amazonaws\.com(\.cn)?\//;
  const part = fc.constantFrom(
    'https://',
    'http://',
    'sns.',
    'eu-west-1',
    'us-gov-west-1',
    '.amazonaws.com',
    '.amazonaws.com.cn',
    '/x.pem',
    '.pem',
    '@',
    ':443',
    ':8443',
    '/',
    '\\',
    '..',
    '#',
    '?',
    's3',
    's3-us-west-2',
    'evil.example',
    'localhost',
    '169.254.169.254',
    '%2f',
    '\t',
    '\n',
    '\u2024',
    'SNS.',
    '?Action=ConfirmSubscription',
    '&Token=t',
  );
  const anyUrl = fc.oneof(
    fc.array(part, { maxLength: 10 }).map((parts) => parts.join('')),
    fc.webUrl(),
    fc.string(),
    fc.constantFrom(CERTIFICATE_URL, CONFIRM_URL),
  );

  it('is never off the hosts of SNS, whatever SigningCertURL says', async () => {
    const bench = createSnsBench({ unsigned: true });
    await fc.assert(
      fc.asyncProperty(anyUrl, async (SigningCertURL) => {
        await bench.post(topic.message({ SigningCertURL }));
      }),
      { numRuns: 1000 },
    );
    expect(bench.fetched).toContain(CERTIFICATE_URL);
    for (const url of bench.fetched) {
      expect(url).toMatch(HOSTS);
      expect(new URL(url)).toMatchObject({
        protocol: 'https:',
        port: '',
        username: '',
        password: '',
        search: '',
        hash: '',
      });
    }
  });

  it('is never off the hosts of SNS, whatever SubscribeURL says', async () => {
    const bench = createSnsBench({ sources: snsSource({ settings: { topic_arns: TOPIC } }) });
    await fc.assert(
      fc.asyncProperty(anyUrl, async (SubscribeURL) => {
        await bench.post(topic.message({ Type: 'SubscriptionConfirmation', Token: 't', SubscribeURL }));
      }),
      { numRuns: 1000 },
    );
    expect(bench.fetched).toContain(CONFIRM_URL);
    for (const url of bench.fetched) expect(url).toMatch(HOSTS);
  });

  it.each([
    [CERTIFICATE_URL, true],
    ['https://sns.us-gov-west-1.amazonaws.com/a.pem', true],
    ['https://sns.cn-north-1.amazonaws.com.cn/a.pem', true],
    ['https://sns.s3.amazonaws.com/a.pem', false],
    ['https://sns.s3-us-west-2.amazonaws.com/a.pem', false],
    ['https://sns.eu-west-1.amazonaws.com.evil.example/a.pem', false],
    ['https://sns.eu-west-1.amazonaws.com:8443/a.pem', false],
    ['https://u:p@sns.eu-west-1.amazonaws.com/a.pem', false],
    ['https://evil.example\\@sns.eu-west-1.amazonaws.com/a.pem', false],
    ['http://sns.eu-west-1.amazonaws.com/a.pem', false],
    ['https://sns.eu-west-1.amazonaws.com/a.pem?x=1', false],
    ['https://sns.eu-west-1.amazonaws.com/../a.pem', false],
    ['https://sns.eu-west-1.amazonaws.com/a', false],
    ['https://sns.eu-west-1.amazonaws.com/a.pem\n', false],
    ['https://xsns.eu-west-1.amazonaws.com/a.pem', false],
  ])('may be a certificate at %s: %s', (url, allowed) => {
    expect(isCertificateUrl(url)).toBe(allowed);
  });

  it.each([
    [`https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${TOPIC}&Token=23`, true],
    ['https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe&Token=23', false],
    ['https://sns.eu-west-1.amazonaws.com/other?Action=ConfirmSubscription', false],
    ['https://sns.s3.amazonaws.com/?Action=ConfirmSubscription', false],
    ['https://evil.example/?Action=ConfirmSubscription', false],
  ])('may be a confirmation at %s: %s', (url, allowed) => {
    expect(isSubscribeUrl(url)).toBe(allowed);
  });
});
