import { describe, expect, it } from 'vitest';
import { createIntakeBench } from '../../support/intake-bench.ts';
import { readFixture, requestOf } from '../../support/inbound-fixture.ts';

async function post(body: unknown, headers: Record<string, string> = {}) {
  const bench = createIntakeBench();
  const reply = await bench.receive({ headers, body: Buffer.from(JSON.stringify(body)) });
  const { verdict, receipt, dedupKey } = bench.last();
  const signal = verdict.outcome === 'APPLIED' ? verdict.signals[0] : undefined;
  return { reply, verdict, receipt, dedupKey, signal };
}

async function errorPaths(body: unknown): Promise<string[]> {
  const { reply } = await post(body);
  expect(reply.status).toBe(422);
  return (reply.body['errors'] as { path: string }[]).map(({ path }) => path);
}

describe('an incident', () => {
  it('takes all that the form has', async () => {
    const { signal, receipt } = await post({
      title: ' Cart latency ',
      description: 'p99 2.4 s',
      severity: 'Error',
      status: 'firing',
      dedup_key: 'cart-eu',
      source: 'probe',
      service: 'cart',
      url: 'https://probe.example/1',
      occurred_at: '2026-03-04T09:12:31+01:00',
      metadata: { source: 'other', service: 'other' },
    });
    expect(signal).toMatchObject({
      kind: 'TRIGGER',
      key: { source: 'generic', externalKey: 'cart-eu', reuse: 'EPISODES', synthetic: false },
      occurredAt: new Date('2026-03-04T08:12:31Z'),
      fields: {
        title: 'Cart latency',
        description: 'p99 2.4 s',
        severity: 'HIGH',
        source: 'probe',
        service: 'cart',
        url: 'https://probe.example/1',
      },
    });
    expect(receipt.warnings).toEqual([]);
  });

  it('finds source and service in the metadata too, and says nothing of them where nobody did', async () => {
    const { signal } = await post({ title: 'x', metadata: { source: 'datadog', service: 'cart' } });
    expect(signal?.fields).toMatchObject({ source: 'datadog', service: 'cart' });
    expect((await post({ title: 'x', metadata: { source: 5 } })).signal?.fields).toEqual({
      title: 'x',
    });
  });

  it('has a key of its own where the sender names none', async () => {
    const { signal, receipt } = await post({ title: 'x', dedup_key: ' ' });
    expect(signal?.key).toEqual({
      source: 'generic',
      externalKey: `receipt:${receipt.id}`,
      reuse: 'ONCE',
      synthetic: true,
    });
    expect(receipt.warnings).toEqual(['dedup_key is blank and is passed over']);
  });

  it('gets MEDIUM for a word that is not understood, and a warning with the word', async () => {
    const { signal, reply } = await post({ title: 'x', severity: 'yellow-ish' });
    expect(signal?.fields.severity).toBe('MEDIUM');
    expect(reply.body['warnings']).toEqual(['severity "yellow-ish" is not understood: MEDIUM is assumed']);
  });

  it('keeps text code point by code point', async () => {
    const bench = createIntakeBench();
    const request = requestOf(readFixture('generic-non-ascii-emoji'));
    await bench.receive(request);
    const { title, description } = JSON.parse(request.body.toString()) as Record<string, string>;
    expect(bench.last().verdict).toMatchObject({ signals: [{ fields: { title, description } }] });
  });

  it('cuts what is too long, never through a character, and says so', async () => {
    const { signal, receipt } = await post({
      title: `${'a'.repeat(999)}😀b`,
      description: 'd'.repeat(70_000),
    });
    expect(signal?.fields.title).toBe('a'.repeat(999));
    expect(signal?.fields.description).toHaveLength(65_536);
    expect(receipt.warnings).toEqual([
      'title is cut to 1000 characters (it had 1002)',
      'description is cut to 65536 characters (it had 70000)',
    ]);
  });

  it('replaces half a surrogate pair', async () => {
    expect((await post({ title: 'a\ud800b' })).signal?.fields.title).toBe('a\ufffdb');
  });

  it('is not changed by hostile keys, and neither is any other object', async () => {
    const bench = createIntakeBench();
    const { reply } = {
      reply: await bench.receive({ ...requestOf(readFixture('generic-metadata-hostile-keys')), headers: {} }),
    };
    expect(reply.status).toBe(200);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect({}).not.toHaveProperty('isAdmin');
    expect({}).not.toHaveProperty('polluted');
    const inherited = await bench.receive({
      body: Buffer.from('{"title":"x","metadata":{"__proto__":{"source":"evil"}}}'),
    });
    expect(inherited.status).toBe(200);
    expect(bench.last().verdict).toMatchObject({ signals: [{ fields: { title: 'x' } }] });
    expect(JSON.stringify(bench.last().verdict)).not.toContain('evil');
  });
});

describe('a status', () => {
  it.each([
    ['triggered', 'TRIGGER'],
    ['OPEN', 'TRIGGER'],
    ['', 'TRIGGER'],
    [null, 'TRIGGER'],
    ['acknowledged', 'ACKNOWLEDGE'],
    ['unacknowledged', 'UNACKNOWLEDGE'],
    ['Resolved', 'RESOLVE'],
    ['ok', 'RESOLVE'],
    ['reopened', 'REOPEN'],
  ])('%j is %s', async (status, kind) => {
    expect((await post({ title: 'x', dedup_key: 'k', status })).signal?.kind).toBe(kind);
  });

  it('needs no title to resolve or acknowledge what a key names', async () => {
    const { signal } = await post({ dedup_key: 'k', status: 'resolved' });
    expect(signal).toMatchObject({ kind: 'RESOLVE', fields: {} });
  });

  it('needs a key to resolve anything', async () => {
    expect(await errorPaths({ title: 'x', status: 'resolved' })).toEqual(['dedup_key']);
  });

  it('that is not known is refused, since a guess would open or close the wrong incident', async () => {
    expect(await errorPaths({ title: 'x', status: 'flapping' })).toEqual(['status']);
    expect(await errorPaths({ title: 'x', status: 'constructor' })).toEqual(['status']);
  });
});

describe('a body that is wrong', () => {
  it('is answered with every field that is wrong', async () => {
    expect(
      await errorPaths({
        title: 1,
        description: [],
        severity: {},
        metadata: 'x',
        dedup_key: 2,
        status: 3,
        url: 4,
        source: 5,
        service: 6,
        occurred_at: 7,
      }),
    ).toEqual([
      'title',
      'description',
      'severity',
      'status',
      'dedup_key',
      'source',
      'service',
      'url',
      'occurred_at',
      'metadata',
    ]);
    expect(await errorPaths({ description: 5 })).toEqual(['description', 'title']);
    expect(await errorPaths({ title: '  ' })).toEqual(['title']);
    expect(await errorPaths({ title: 'x', metadata: [] })).toEqual(['metadata']);
  });

  it.each(['yesterday', '2026-03-04T09:12:31', '1772615551'])(
    'has a time that cannot be read: %s',
    async (time) => {
      expect(await errorPaths({ title: 'x', occurred_at: time })).toEqual(['occurred_at']);
    },
  );

  it('is a list, which is refused with the reason', async () => {
    const { reply } = await post([{ title: 'x' }]);
    expect(reply).toMatchObject({
      status: 422,
      body: { errors: [{ path: '', message: expect.stringContaining('list') }] },
    });
    for (const body of [5, 'x', null, true]) expect(await errorPaths(body)).toEqual(['']);
  });

  it('uses a key that could reach incidents of others', async () => {
    expect(await errorPaths({ title: 'x', dedup_key: 'receipt:1' })).toEqual(['dedup_key']);
    expect(await errorPaths({ title: 'x', dedup_key: 'k'.repeat(501) })).toEqual(['dedup_key']);
  });
});
