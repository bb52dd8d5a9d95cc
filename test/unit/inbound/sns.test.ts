import { describe, expect, it } from 'vitest';
import { bodyOf, fixturesOf, readFixture, requestOf } from '../../support/inbound-fixture.ts';
import { createSnsBench, snsSource, topic } from '../../support/sns-bench.ts';
import { CERTIFICATE_URL, TOPIC, fetchFixtureCertificate } from '../../support/sns-topic.ts';

const ALARM_ARN = 'arn:aws:cloudwatch:eu-west-1:210987654321:alarm:orders-db-cpu';

describe('the fixtures', () => {
  it.each(fixturesOf('sns').map((fixture) => [fixture.name, fixture] as const))(
    '%s',
    async (_name, fixture) => {
      const bench = createSnsBench({ fetchText: fetchFixtureCertificate });
      const reply = await bench.receive(requestOf(fixture));
      const { outcome, externalKey } = fixture.expect;
      expect(reply.status).toBe(outcome === 'APPLIED' ? 200 : 202);
      const { verdict, receipt } = bench.last();
      expect(verdict.outcome).toBe(outcome);
      expect(receipt.verifiedWith).toBe('signature of SNS');
      if (verdict.outcome === 'APPLIED') expect(verdict.signals).toMatchObject([{ key: { externalKey } }]);
      const tampered = bodyOf(fixture);
      const place = tampered.indexOf('2026');
      tampered.writeUInt8(tampered.readUInt8(place) ^ 1, place);
      expect((await bench.receive({ ...requestOf(fixture), body: tampered })).status).toBe(401);
    },
  );
});

describe('a subscription', () => {
  const { SubscribeURL } = JSON.parse(bodyOf(readFixture('sns-subscription-confirmation')).toString()) as {
    SubscribeURL: string;
  };
  const asks = () => topic.message({ Type: 'SubscriptionConfirmation', Token: 't', SubscribeURL });
  const named = snsSource({ settings: { topic_arns: TOPIC } });

  it('is confirmed where the source names the topic', async () => {
    const bench = createSnsBench({ sources: named });
    expect((await bench.post(asks())).status).toBe(202);
    expect(bench.fetched).toEqual([CERTIFICATE_URL, SubscribeURL]);
    expect(bench.last().verdict).toMatchObject({
      outcome: 'IGNORED',
      reason: expect.stringMatching(/: confirmed$/),
    });
  });

  it('that cannot be confirmed has to ask again', async () => {
    const away = (url: string) =>
      url === SubscribeURL ? Promise.reject(new Error('no route')) : topic.fetchText(url);
    const bench = createSnsBench({ sources: named, fetchText: away });
    expect(await bench.post(asks())).toMatchObject({
      status: 503,
      headers: { 'Retry-After': expect.any(String) },
    });
    expect(bench.last()).toMatchObject({ verdict: { outcome: 'REJECTED' }, dedupKey: null });
  });

  it('of any other topic is left to a person, who is told how, without its token in the log', async () => {
    const bench = createSnsBench({ unsigned: true });
    const reply = await bench.post(asks());
    expect(reply.status).toBe(202);
    expect(reply.body['reason']).toMatch(/opslens-alarms.*topic_arns/);
    expect(bench.fetched).toEqual([CERTIFICATE_URL]);
    expect(JSON.stringify([bench.lines, reply.body])).not.toContain('2336412f37fb687f5d51e6e2425fixture');
  });

  it('that was ended is kept and ignored', async () => {
    const body = topic.message({ Type: 'UnsubscribeConfirmation', Token: 't', SubscribeURL });
    const bench = createSnsBench({ sources: named });
    expect(await bench.post(body)).toMatchObject({ status: 202, body: { status: 'ignored' } });
    expect(bench.fetched).toEqual([CERTIFICATE_URL]);
  });
});

describe('an alarm', () => {
  const signalOf = async (body: Buffer) => {
    const bench = createSnsBench();
    await bench.post(body);
    const { verdict } = bench.last();
    if (verdict.outcome !== 'APPLIED') throw new Error(`${verdict.outcome}: ${verdict.reason}`);
    return { signal: verdict.signals[0], warnings: bench.last().receipt.warnings };
  };

  it('opens an incident of its ARN, at the time of the change, with a link to the console', async () => {
    const { signal, warnings } = await signalOf(topic.alarm('ALARM', '2026-03-09T12:30:00.000+0000'));
    expect(signal).toMatchObject({
      kind: 'TRIGGER',
      key: { source: 'sns', externalKey: ALARM_ARN, reuse: 'EPISODES', synthetic: false },
      occurredAt: new Date('2026-03-09T12:30:00Z'),
      fields: {
        title: 'orders-db-cpu',
        description: 'now ALARM',
        url: 'https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#alarmsV2:alarm/orders-db-cpu',
      },
    });
    expect(signal?.fields).not.toHaveProperty('severity');
    expect(warnings).toEqual([]);
  });

  it.each([
    ['OK', 'RESOLVE', 'now OK'],
    ['INSUFFICIENT_DATA', 'NOTE', 'INSUFFICIENT_DATA: now INSUFFICIENT_DATA'],
  ])('that is %s is a signal of kind %s', async (state, kind, text) => {
    const { signal } = await signalOf(topic.alarm(state, '2026-03-09T12:30:00.000+0000'));
    expect(signal).toMatchObject({ kind, text, fields: {} });
  });

  it('told of by two topics is one change', async () => {
    const [one, two] = await Promise.all([
      signalOf(topic.alarm('OK', '2026-03-09T12:30:00.000+0000')),
      signalOf(topic.alarm('OK', '2026-03-09T12:30:00.000+0000')),
    ]);
    expect(one.signal?.tie).toBe(two.signal?.tie);
  });

  it('without a readable time has that of its message', async () => {
    const { signal, warnings } = await signalOf(topic.alarm('ALARM', 'yesterday'));
    expect(signal?.occurredAt).toEqual(new Date('2026-03-09T12:30:00.512Z'));
    expect(warnings).toHaveLength(1);
  });

  it.each([
    ['of an unknown state', topic.alarm('MAYBE', '2026-03-09T12:30:00.000+0000')],
    ['that has no ARN', topic.alarm('ALARM', '2026-03-09T12:30:00.000+0000', { AlarmArn: null })],
    ['that is plain text', topic.message({ Message: 'disk full' })],
    ['of EventBridge', topic.message({ Message: '{"source":"aws.ec2","detail":{}}' })],
    ['that is empty', topic.message({ Message: '' })],
  ])('or a message %s is kept and ignored', async (_what, body) => {
    const bench = createSnsBench();
    expect(await bench.post(body)).toMatchObject({ status: 202, body: { status: 'ignored' } });
    expect(bench.last().verdict.outcome).toBe('IGNORED');
  });

  it.each([
    ['arn:aws-cn:cloudwatch:cn-north-1:1:alarm:a b', 'https://cn-north-1.console.amazonaws.cn/'],
    ['arn:aws-us-gov:cloudwatch:us-gov-west-1:1:alarm:a', 'https://console.amazonaws-us-gov.com/'],
  ])('of another partition links to its own console: %s', async (AlarmArn, host) => {
    const { signal } = await signalOf(topic.alarm('ALARM', '2026-03-09T12:30:00.000+0000', { AlarmArn }));
    expect(signal?.fields.url?.startsWith(host)).toBe(true);
  });
});
