import { describe, expect, it } from 'vitest';
import { selfSignedCertificate } from '../../support/self-signed-certificate.ts';
import { createSnsBench, snsSource, topic } from '../../support/sns-bench.ts';
import { TOPIC, createSnsTopic } from '../../support/sns-topic.ts';

describe('whom it believes', () => {
  const alarm = topic.alarm('ALARM', '2026-03-09T12:30:00.000+0000');

  it('is a topic that the source names, without any secret', async () => {
    const bench = createSnsBench({
      sources: snsSource({ settings: { topic_arns: `arn:x, ${TOPIC}` } }),
      unsigned: false,
    });
    expect((await bench.post(alarm)).status).toBe(200);
    const other = topic.message({ TopicArn: 'arn:aws:sns:eu-west-1:666:theirs' });
    const reply = await bench.post(other);
    expect(reply).toMatchObject({ status: 401, body: { errors: [{ path: 'TopicArn' }] } });
    expect(JSON.stringify(reply.body)).toContain('topic_arns');
  });

  it.each(['', ' , '])('is nobody where the setting is there but names none: %j', async (setting) => {
    const bench = createSnsBench({
      sources: snsSource({ settings: { topic_arns: setting } }),
      unsigned: true,
    });
    expect((await bench.post(alarm)).status).toBe(401);
  });

  it('is whoever knows the secret too, where the source names no topics', async () => {
    const secrets = [{ id: 'f00d', value: 's3cret', generation: 'CURRENT', until: null }] as const;
    const bench = createSnsBench({ sources: snsSource({ secrets: [...secrets] }) });
    expect((await bench.post(alarm)).status).toBe(401);
    expect((await bench.post(alarm, { token: 'wrong' })).status).toBe(401);
    expect(bench.fetched).toEqual([]);
    expect((await bench.post(alarm, { token: 's3cret' })).status).toBe(200);
    expect(bench.last().receipt.verifiedWith).toBe('signature of SNS and shared secret with secret f00d');
    const unsigned = topic.message({ Signature: 'AAAA' });
    expect((await bench.post(unsigned, { token: 's3cret' })).status).toBe(401);
  });

  it('is any topic only while unsigned webhooks are allowed, and else is told what to set', async () => {
    expect((await createSnsBench({ unsigned: true }).post(alarm)).status).toBe(200);
    const bench = createSnsBench({ unsigned: false });
    const reply = await bench.post(alarm);
    expect(reply.status).toBe(401);
    expect(JSON.stringify(reply.body)).toMatch(/topic_arns.*opslens-alarms/);
    expect(bench.fetched).toEqual([]);
  });

  it('is nobody without the signature, in whatever form the message comes', async () => {
    const bench = createSnsBench();
    const raw = await bench.post(Buffer.from('hello'), { headers: { 'x-amz-sns-rawdelivery': 'true' } });
    expect(raw).toMatchObject({ status: 401 });
    expect(JSON.stringify(raw.body)).toContain('raw message delivery');
    for (const fields of [
      { Signature: '' },
      { Signature: 'not base64' },
      { SignatureVersion: '3' },
      { SignatureVersion: 'constructor' },
      { Type: 'Other' },
      { TopicArn: `${TOPIC}\nType\nNotification` },
      { MessageId: 'a\nb' },
      { Type: 'SubscriptionConfirmation' },
    ]) {
      expect([fields, (await bench.post(topic.message(fields))).status]).toEqual([fields, 401]);
    }
    for (const text of ['', '[]', 'null', '{"Type":"Notification"}']) {
      expect((await bench.post(Buffer.from(text))).status).toBe(401);
    }
  });

  it('is the body alone, not the headers beside it', async () => {
    const bench = createSnsBench({ sources: snsSource({ settings: { topic_arns: TOPIC } }) });
    const headers = {
      'x-amz-sns-topic-arn': TOPIC,
      'x-amz-sns-message-type': 'SubscriptionConfirmation',
      'x-amz-sns-message-id': 'other',
    };
    expect((await bench.post(topic.message({ TopicArn: `${TOPIC}-2` }), { headers })).status).toBe(401);
    await bench.post(alarm, { headers });
    expect(bench.last().receipt.deliveryId).not.toBe('other');
    expect(bench.last().verdict.outcome).toBe('APPLIED');
  });

  it.each([
    ['expired', { validTo: new Date('2026-03-01') }, 401],
    ['not valid yet', { validFrom: new Date('2026-04-01') }, 401],
    ["somebody else's", { commonName: 'sns.amazonaws.com.evil.example' }, 401],
    ['that of another service', { commonName: 's3.amazonaws.com' }, 401],
    ['one without an RSA key', { keyType: 'ec' }, 401],
    ['that of a newer region', { commonName: 'sns-signing.af-south-1.amazonaws.com' }, 200],
    ['that of China', { commonName: 'sns-cn-north-1.amazonaws.com.cn' }, 200],
  ] as const)('where the certificate is %s it comes to what it should', async (_what, options, status) => {
    const other = createSnsTopic(selfSignedCertificate(options));
    expect((await createSnsBench({ fetchText: other.fetchText }).post(other.message({}))).status).toBe(
      status === 200 ? 202 : status,
    );
  });

  it('has to come again while the certificate cannot be fetched: SNS takes a refusal as delivered', async () => {
    const bench = createSnsBench({ fetchText: () => Promise.reject(new Error('no route')) });
    const reply = await bench.post(alarm);
    expect(reply).toMatchObject({ status: 503, headers: { 'Retry-After': expect.stringMatching(/^\d+$/) } });
    expect(bench.last()).toMatchObject({
      verdict: { outcome: 'REJECTED', reason: expect.stringContaining('no route') },
      dedupKey: null,
    });
  });
});
