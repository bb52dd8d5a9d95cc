import { describe, expect, it } from 'vitest';
import { fixturesOf } from '../../support/inbound-fixture.ts';
import { signalsOf, takeFixture, takeWebhook } from '../../support/provider-bench.ts';

const STRUCTURED = { 'content-type': 'application/cloudevents+json; charset=utf-8' };
const BATCH = { 'content-type': 'application/cloudevents-batch+json' };
const BINARY = {
  'content-type': 'application/json',
  'ce-specversion': '1.0',
  'ce-id': 'e1',
  'ce-source': '/probes/edge',
  'ce-type': 'probe.failed',
};

const cloudEvent = (over: object = {}) => ({
  specversion: '1.0',
  id: 'e1',
  source: '/probes/edge',
  type: 'probe.failed',
  subject: 'edge-tls',
  time: '2026-03-08T09:00:00Z',
  data: { title: 'TLS fails', severity: 'high' },
  ...over,
});

const take = (over: object = {}) => takeWebhook('cloudevents', cloudEvent(over), { headers: STRUCTURED });

describe('the fixtures', () => {
  it.each(fixturesOf('cloudevents').map((fixture) => [fixture.name, fixture] as const))(
    '%s',
    async (_name, fixture) => {
      const { outcome, externalKey, severity } = fixture.expect;
      const { verdict, signals, reply } = await takeFixture(fixture);
      expect(verdict.outcome).toBe(outcome);
      expect(reply.status).toBe(200);
      expect(signals.map(({ key }) => key.externalKey)).toEqual([externalKey].flat());
      expect(signals.map(({ fields }) => fields.severity?.toLowerCase())).toEqual([severity].flat());
      expect(
        (await takeFixture(fixture, { headers: { 'content-type': 'application/json' } })).reply.status,
      ).toBe(401);
    },
  );
});

describe('an event', () => {
  it('has its data in the form of generic webhooks, and what that leaves out around it', async () => {
    const [signal] = await signalsOf('cloudevents', cloudEvent(), { headers: STRUCTURED });
    expect(signal).toMatchObject({
      kind: 'TRIGGER',
      key: { externalKey: '["/probes/edge","edge-tls"]', reuse: 'EPISODES', synthetic: false },
      occurredAt: new Date('2026-03-08T09:00:00Z'),
      tie: '["/probes/edge","e1"]',
      fields: { title: 'TLS fails', severity: 'HIGH', source: '/probes/edge' },
    });
  });

  it('is told by its data first', async () => {
    const data = { title: 'x', dedup_key: 'k', source: 'probe 7', occurred_at: '2026-03-08T08:00:00Z' };
    expect((await take({ data })).signals).toMatchObject([
      {
        key: { externalKey: 'k', reuse: 'EPISODES' },
        occurredAt: new Date('2026-03-08T08:00:00Z'),
        fields: { source: 'probe 7' },
      },
    ]);
  });

  it('about nothing that is named is one of its own, however often it comes', async () => {
    const once = { externalKey: '["/probes/edge","e1"]', reuse: 'ONCE', synthetic: false };
    expect((await take({ subject: undefined })).signals[0]?.key).toMatchObject(once);
    expect((await take({ subject: null })).signals[0]?.key).toMatchObject(once);
    const { reply } = await take({ subject: null, data: { status: 'resolved', title: 'x' } });
    expect(reply).toMatchObject({ status: 422, body: { errors: [{ path: 'data.dedup_key' }] } });
  });

  it('resolves by its subject alone', async () => {
    expect((await take({ data: { status: 'resolved' } })).signals).toMatchObject([
      { kind: 'RESOLVE', key: { externalKey: '["/probes/edge","edge-tls"]' } },
    ]);
  });

  it.each([
    ['JSON as text', { data: '{"title":"x"}' }],
    ['JSON in base64', { data: undefined, data_base64: Buffer.from('{"title":"x"}').toString('base64') }],
    [
      'JSON in base64 beside nothing',
      { data: null, data_base64: Buffer.from('{"title":"x"}').toString('base64') },
    ],
  ])('may have its data as %s', async (_way, over) => {
    expect((await take(over)).signals).toMatchObject([{ fields: { title: 'x' } }]);
  });

  it.each([
    [{ data: { temperature: 5 } }],
    [{ data: { status: 'done' } }],
    [{ data: { status: 'open' } }],
    [{ data: 'plain text' }],
    [{ data: [1] }],
    [{ data: 5 }],
    [{ data: null }],
    [{ data: null, data_base64: '////' }],
    [{ data: null, data_base64: 'not base64' }],
    [{ specversion: '0.3' }],
    [{ specversion: '2.0' }],
  ])('of another kind is kept and ignored, never an error: %j', async (over) => {
    expect((await take(over)).reply).toMatchObject({ status: 202, body: { status: 'ignored' } });
  });

  it.each([
    [{ id: undefined }, ['id']],
    [{ id: '', source: 5 }, ['id', 'source']],
    [{ type: null, subject: 7 }, ['type', 'subject']],
    [{ specversion: null }, ['specversion']],
    [{ specversion: 1 }, ['specversion']],
    [{ data: { title: 5 } }, ['data.title', 'data.title']],
    [{ data: { title: 'x', status: 'odd' } }, ['data.status']],
  ])('that is broken is refused, and told where: %j', async (over, paths) => {
    const { reply } = await take(over);
    expect(reply.status).toBe(422);
    expect(new Set((reply.body['errors'] as { path: string }[]).map(({ path }) => path))).toEqual(
      new Set(paths),
    );
  });

  it('with a time that cannot be read is taken without it', async () => {
    const { signals, receipt } = await take({ time: 'yesterday' });
    expect(signals[0]?.occurredAt).toBeNull();
    expect(receipt.warnings).toEqual([expect.stringMatching(/^time /)]);
  });
});

describe('the binary mode', () => {
  const post = (headers: Record<string, string>, body: unknown = { title: 'x' }) =>
    takeWebhook('cloudevents', body, { headers: { ...BINARY, ...headers } });

  it('has attributes with their characters encoded, once, or in quotes', async () => {
    const subjectOf = async (value: string) => {
      const { signals } = await post({ 'ce-subject': value });
      return (JSON.parse(signals[0]?.key.externalKey ?? '') as string[])[1];
    };
    expect(await subjectOf('Euro%20%E2%82%AC%20%f0%9f%98%80')).toBe('Euro € 😀');
    expect(await subjectOf('100%2525')).toBe('100%25');
    expect(await subjectOf('"a \\"b\\" c"')).toBe('a "b" c');
    expect(await subjectOf(Buffer.from('schlüssel').toString('latin1'))).toBe('schlüssel');
    expect((await post({ 'ce-id': '%C0%A0', 'ce-subject': '%ff' })).reply).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'ce-id' }, { path: 'ce-subject' }] },
    });
  });

  it('names the header that is missing, and the field of the data that is wrong', async () => {
    const missing = await takeWebhook('cloudevents', { title: 'x' }, { headers: { 'ce-id': 'e1' } });
    expect(missing.reply).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'ce-specversion' }, { path: 'ce-source' }, { path: 'ce-type' }] },
    });
    expect((await post({}, { title: 5 })).reply).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'title' }] },
    });
  });

  it.each([
    ['text/plain', '{"title":"x"}', 200],
    ['application/problem+json', '{"title":"x"}', 200],
    ['', '{"title":"x"}', 200],
    ['text/plain', 'disk full', 202],
    ['application/xml', '<title/>', 202],
    ['image/png', Buffer.from([0x89, 0xff]), 202],
    ['application/json', '', 202],
    ['application/json', '{"title":', 400],
  ])('under the content type %s may have any body: %s is %i', async (type, body, status) => {
    expect((await post({ 'content-type': type }, body)).reply.status).toBe(status);
  });
});

describe('a batch', () => {
  const post = (events: unknown) => takeWebhook('cloudevents', events, { headers: BATCH });

  it('is taken as one, none of its events left out', async () => {
    const { signals } = await post([
      cloudEvent(),
      cloudEvent({ id: 'e2', subject: null }),
      cloudEvent({ id: 'e3', subject: null }),
    ]);
    expect(new Set(signals.map(({ key }) => key.externalKey)).size).toBe(3);
  });

  it('with one event that is wrong is refused whole, and told which', async () => {
    const { reply, verdict } = await post([
      cloudEvent(),
      cloudEvent({ id: null }),
      5,
      cloudEvent({ data: { title: '', dedup_key: 'k' } }),
    ]);
    expect(reply).toMatchObject({
      status: 422,
      body: { errors: [{ path: '1.id' }, { path: '2' }, { path: '3.data.title' }] },
    });
    expect(verdict.outcome).toBe('REJECTED');
  });

  it('with events that are not acted on has the others taken, and says so', async () => {
    const { signals, receipt } = await post([
      cloudEvent({ data: null }),
      cloudEvent({ time: 5 }),
      cloudEvent({ specversion: '9' }),
    ]);
    expect(signals).toHaveLength(1);
    expect(receipt.warnings.map((warning) => warning.slice(0, 7))).toEqual(['event 1', 'event 0', 'event 2']);
    expect((await post([cloudEvent({ data: null })])).verdict.outcome).toBe('IGNORED');
  });

  it.each([
    [[], 202],
    [{}, 422],
    ['x', 422],
    [Array.from({ length: 201 }, (_, n) => cloudEvent({ id: `${n}` })), 422],
  ])('that is none, or empty, or too large comes to what it should', async (body, status) => {
    expect((await post(typeof body === 'string' ? '"x"' : body)).reply.status).toBe(status);
  });
});

describe('which mode it is', () => {
  it('is seen in the body too, where the content type was lost on the way', async () => {
    const headers = { 'content-type': 'text/plain' };
    expect((await takeWebhook('cloudevents', cloudEvent(), { headers })).signals).toHaveLength(1);
    expect((await takeWebhook('cloudevents', [cloudEvent()], { headers })).signals).toHaveLength(1);
  });

  it.each([
    'application/cloudevents+avro',
    'application/cloudevents-batch+protobuf',
    'Application/CloudEvents',
  ])('is not known of %s, which is kept and ignored', async (type) => {
    const { reply, reason } = await takeWebhook('cloudevents', Buffer.from([1, 255]), {
      headers: { 'content-type': type },
    });
    expect(reply.status).toBe(202);
    expect(reason).toContain('JSON');
  });

  it('is none where nothing says that it is an event', async () => {
    const { reply, reason } = await takeWebhook('cloudevents', { title: 'x' });
    expect(reply.status).toBe(202);
    expect(reason).toContain('no CloudEvent');
    expect((await takeWebhook('cloudevents', 'x')).reply.status).toBe(400);
  });
});
