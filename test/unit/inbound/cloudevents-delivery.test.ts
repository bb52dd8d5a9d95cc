import { describe, expect, it } from 'vitest';
import { bodyOf, fixturesOf, requestOf } from '../../support/inbound-fixture.ts';
import { createIntakeBench } from '../../support/intake-bench.ts';
import { takeWebhook } from '../../support/provider-bench.ts';

const cloudEvent = (over: object = {}) => ({
  specversion: '1.0',
  id: 'e1',
  source: '/probes/edge',
  type: 'probe.failed',
  data: { title: 'TLS fails' },
  ...over,
});
const STRUCTURED = { 'content-type': 'application/cloudevents+json' };
const BATCH = { 'content-type': 'application/cloudevents-batch+json' };
const BINARY = {
  'content-type': 'application/json',
  'ce-specversion': '1.0',
  'ce-id': 'e1',
  'ce-source': '/probes/edge',
  'ce-type': 'probe.failed',
};

describe('the same event again', () => {
  const keyOf = async (body: unknown, headers: Record<string, string> = STRUCTURED) =>
    (await takeWebhook('cloudevents', body, { headers })).dedupKey?.value;

  it('is known by its source and id, in whatever mode it comes', async () => {
    const key = await keyOf(cloudEvent());
    expect(key).toBe('cloudevents:id:["/probes/edge","e1"]');
    expect(await keyOf({ title: 'x' }, BINARY)).toBe(key);
    expect(await keyOf([cloudEvent()], BATCH)).toBe(key);
  });

  it('is told from others that would be written alike', async () => {
    const keys = await Promise.all([
      keyOf(cloudEvent({ source: 'a b', id: 'c' })),
      keyOf(cloudEvent({ source: 'a', id: 'b c' })),
      keyOf(cloudEvent({ source: 'a","b', id: 'c' })),
      keyOf(cloudEvent({ source: 'a', id: 'b","c' })),
      keyOf([cloudEvent({ id: '1' }), cloudEvent({ id: '2' })], BATCH),
      keyOf([cloudEvent({ id: '2' }), cloudEvent({ id: '1' })], BATCH),
    ]);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('the secret', () => {
  const fixture = fixturesOf('cloudevents')[0];
  if (fixture === undefined) throw new Error('no fixture');
  const { authorization: _, ...headers } = requestOf(fixture).headers;
  const query = new URLSearchParams({ access_token: 'top s3cret+' });

  it('may stand in the query, which is neither stored nor logged', async () => {
    const bench = createIntakeBench({ secrets: { cloudevents: 'top s3cret+' } });
    const request = { ...requestOf(fixture), body: bodyOf(fixture), query };
    const proxied = {
      ...headers,
      'x-original-url': '/api/v1/webhooks/cloudevents?access_token=top%20s3cret%2B',
    };
    expect((await bench.receive({ ...request, headers: proxied })).status).toBe(200);
    expect(bench.last().receipt.verifiedWith).toBe('shared secret');
    expect(JSON.stringify([bench.submissions, bench.lines])).not.toMatch(/s3cret/);
    const wrong = { ...request, headers, query: new URLSearchParams({ access_token: 'other' }) };
    expect((await bench.receive(wrong)).status).toBe(401);
  });

  it.each(['generic', 'pagerduty', 'statuspage'])('may not stand in the query for %s', async (provider) => {
    const bench = createIntakeBench({ secrets: { [provider]: 'top s3cret+' } });
    expect((await bench.receive({ provider, query })).status).toBe(401);
  });
});
