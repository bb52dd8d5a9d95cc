import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { BodyTooLargeError } from '../../../src/domain/commit-errors.ts';
import { UnavailableError } from '../../../src/domain/submission.ts';
import { createRegistry } from '../../../src/inbound/registry.ts';
import { asIfStored, createIntakeBench } from '../../support/intake-bench.ts';

const NOW = new Date('2026-03-07T00:00:00.000Z');
const body = Buffer.from('{"title":"x"}');
const keyed = Buffer.from('{"title":"x","dedup_key":"k"}');
const trigger = Buffer.from('{"event":{"event_type":"incident.triggered","data":{"id":"P1","title":"x"}}}');

const hex = (secret: string, bytes: Buffer): string =>
  createHmac('sha256', secret).update(bytes).digest('hex');

describe('where it goes', () => {
  it('reaches a default source by the name of its provider too', async () => {
    const bench = createIntakeBench();
    expect((await bench.receive({ body, sourceName: 'generic' })).status).toBe(200);
    expect(bench.last().receipt).toMatchObject({ source: 'generic', provider: 'generic' });
  });

  it.each([
    [{ provider: 'nobody' }],
    [{ provider: 'constructor' }],
    [{ provider: '__proto__' }],
    [{ provider: 'generic', sourceName: 'none' }],
    [{ provider: 'generic', sourceName: 'github' }],
    [{ provider: 'generic', sourceName: '' }],
  ])('is 404 where there is no such source: %j', async (where) => {
    const bench = createIntakeBench();
    expect(await bench.receive({ body, ...where })).toMatchObject({ status: 404, body: { status: 'error' } });
    expect(bench.submissions).toEqual([]);
    expect(bench.lines).toHaveLength(1);
  });
});

describe('what cannot be read', () => {
  it.each([
    ['', 'the body is empty'],
    [' \n', 'the body is empty'],
    ['{"a":1,}', 'Expected double-quoted property name in JSON at position 7 (line 1 column 8)'],
    ['{\n "a"', "Expected ':' after property name in JSON at position 6 (line 2 column 5)"],
    ['{"a":', 'Unexpected end of JSON input at position 5 (line 1 column 6)'],
    ['hello', 'Unexpected token'],
    ['['.repeat(64), 'Unexpected end of JSON input at position 64 (line 1 column 65)'],
    ['['.repeat(100_000), 'nested deeper than 64 levels'],
    [`${'['.repeat(65)}${']'.repeat(65)}`, 'nested deeper than 64 levels'],
    [
      JSON.stringify(Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [i, 0]))),
      'more than 10000 keys',
    ],
  ])('is 400 with what and where: %.20s', async (text, message) => {
    const bench = createIntakeBench();
    const reply = await bench.receive({ body: Buffer.from(text) });
    expect(reply.status).toBe(400);
    expect(JSON.stringify(reply.body)).toContain(JSON.stringify(message).slice(1, -1));
    expect(bench.last()).toMatchObject({ verdict: { outcome: 'REJECTED' }, dedupKey: null });
    expect(bench.last().body.toString()).toBe(text);
  });

  it('is 400 where the bytes are not UTF-8', async () => {
    const reply = await createIntakeBench().receive({ body: Buffer.from([0x7b, 0xff, 0x7d]) });
    expect(reply).toMatchObject({
      status: 400,
      body: { errors: [{ message: 'the body is not valid UTF-8' }] },
    });
  });

  it('is told by the bytes, whatever the content type says of them', async () => {
    const bench = createIntakeBench();
    const receive = (bytes: Buffer, contentType: string | null) =>
      bench.receive({ body: bytes, headers: contentType === null ? {} : { 'content-type': contentType } });
    for (const type of [
      null,
      'text/plain',
      'application/json; charset=utf-16',
      'image/png',
      ';;;',
      '\u00fc',
    ]) {
      expect((await receive(Buffer.from('{"title":"\u00fc"}'), type)).status).toBe(200);
    }
    const gzipped = Buffer.from([0x1f, 0x8b, 0x08, 0, 0]);
    for (const bytes of [
      Buffer.from('{"title":"\u00fc"}', 'latin1'),
      Buffer.from('\ufeff{}', 'utf16le'),
      gzipped,
    ]) {
      expect(JSON.stringify((await receive(bytes, null)).body)).toContain('not valid UTF-8');
    }
    expect(JSON.stringify((await receive(Buffer.from('{"title":"x"}', 'utf16le'), null)).body)).toContain(
      'UTF-16',
    );
  });

  it('does not include a byte order mark, which is passed over once the bytes are verified', async () => {
    const marked = Buffer.concat([Buffer.from('\ufeff'), body]);
    const headers = { 'x-github-event': 'ping', 'x-hub-signature-256': `sha256=${hex('s', marked)}` };
    const bench = createIntakeBench({ secrets: { github: 's' } });
    expect((await bench.receive({ provider: 'github', headers, body: marked })).status).toBe(202);
    expect((await bench.receive({ body: marked })).status).toBe(200);
  });

  it('is 413 beyond the limit of the provider, of which a kilobyte is kept', async () => {
    const bench = createIntakeBench();
    const large = Buffer.alloc(256 * 1024 + 1, ' ');
    expect((await bench.receive({ provider: 'pagerduty', body: large })).status).toBe(413);
    expect(bench.last()).toMatchObject({
      verdict: { outcome: 'REJECTED' },
      receipt: { bodySize: large.length },
    });
    expect(bench.last().body).toHaveLength(1024);
    expect((await bench.receive({ body: large })).status).toBe(400);
  });
});

it('is 413 where not even its packed body fits the store, and the ledger has its start and why', async () => {
  const refusal = new BodyTooLargeError('the body has too many bytes compressed');
  const bench = createIntakeBench({
    submit: (submission) =>
      submission.verdict.outcome === 'REJECTED' ? asIfStored(submission) : Promise.reject(refusal),
  });
  const reply = await bench.receive({ body: Buffer.from(`{"title":"${'x'.repeat(5000)}"}`) });
  expect(reply).toMatchObject({
    status: 413,
    body: { receipt_id: 'id-1', errors: [{ message: refusal.message }] },
  });
  expect(bench.last()).toMatchObject({
    verdict: { outcome: 'REJECTED', reason: refusal.message },
    receipt: { id: 'id-1', bodySize: 5012, fromStranger: false },
    dedupKey: null,
  });
  expect(bench.last().body).toHaveLength(1024);
  expect(bench.lines).toMatchObject([{ fields: { outcome: 'REJECTED', status: 413 } }]);
});

describe('the same webhook again', () => {
  const keyOf = async (request: Parameters<ReturnType<typeof createIntakeBench>['receive']>[0]) => {
    const bench = createIntakeBench({ now: NOW });
    await bench.receive(request);
    return bench.last().dedupKey;
  };
  const hash = createHash('sha256').update(body).digest('hex');

  it('is told by an Idempotency-Key, which promises the same body', async () => {
    const headers = { 'idempotency-key': ' order-1 ' };
    const key = { value: 'generic:idempotency-key:order-1', until: null, refuseOtherBody: true };
    expect(await keyOf({ headers, body })).toEqual(key);
    expect(await keyOf({ headers, body: keyed })).toEqual(key);
  });

  it('is told by its bytes for a minute, where nothing in it names an incident', async () => {
    const until = new Date(NOW.getTime() + 60_000);
    expect(await keyOf({ body })).toEqual({ value: `generic:sha256:${hash}`, until, refuseOtherBody: false });
    expect(await keyOf({ provider: 'github', body })).toMatchObject({
      value: `github:sha256:${hash}`,
      until,
    });
  });

  it('is left to the fold where it names one: an identical second outage must open again', async () => {
    expect(await keyOf({ body: keyed })).toBeNull();
    expect(await keyOf({ provider: 'pagerduty', body: trigger })).toBeNull();
  });

  it('never mistakes one kind of id for another, nor a long one for its beginning', async () => {
    const delivery = (id: string) =>
      keyOf({ provider: 'github', body, headers: { 'x-github-delivery': id } });
    const keys = await Promise.all([
      delivery('idempotency-key:a'),
      keyOf({ provider: 'github', body, headers: { 'idempotency-key': 'a' } }),
      delivery(`sha256:${hash}`),
      keyOf({ provider: 'github', body }),
      delivery('a'.repeat(300)),
      delivery('a'.repeat(301)),
    ]);
    expect(new Set(keys.map((key) => key?.value)).size).toBe(keys.length);
    for (const key of keys) expect(key?.value.length).toBeLessThan(300);
  });
});

describe('what is kept and logged', () => {
  it('keeps the raw bytes, their hash and size, and the headers without secrets', async () => {
    const bench = createIntakeBench({ secrets: { generic: 's3cret' } });
    const headers = { 'x-webhook-secret': 's3cret', 'user-agent': 'curl', 'x-forwarded-uri': '/x/s3cret' };
    await bench.receive({ body, headers, token: 's3cret' });
    expect(bench.last()).toMatchObject({
      body,
      receipt: {
        bodyHash: createHash('sha256').update(body).digest('hex'),
        bodySize: body.length,
        headers: {
          'x-webhook-secret': '[redacted]',
          'user-agent': 'curl',
          'x-forwarded-uri': '/x/[redacted]',
        },
      },
    });
  });

  it('writes one line for each webhook, with its outcome', async () => {
    const bench = createIntakeBench({ secrets: { github: 's' } });
    await bench.receive({ body });
    await bench.receive({ provider: 'github', body });
    await bench.receive({ provider: 'pagerduty', body: Buffer.from('[]') });
    expect(bench.lines).toMatchObject([
      {
        level: 'info',
        text: expect.stringContaining('webhook'),
        fields: {
          source: 'generic',
          outcome: 'APPLIED',
          reason: null,
          receiptId: expect.any(String),
          durationMs: expect.any(Number),
        },
      },
      {
        level: 'warn',
        fields: {
          source: 'github',
          outcome: 'REJECTED',
          status: 401,
          reason: expect.stringContaining('X-Hub-Signature-256'),
        },
      },
      { level: 'info', fields: { source: 'pagerduty', outcome: 'IGNORED', status: 202 } },
    ]);
  });

  it("lets the committer's refusal through, with a line of its own", async () => {
    const error = new UnavailableError('the database is away', 2);
    const bench = createIntakeBench({ submit: () => Promise.reject(error) });
    await expect(bench.receive({ body })).rejects.toBe(error);
    expect(bench.lines).toMatchObject([{ level: 'error', fields: { outcome: 'UnavailableError' } }]);
  });

  it('writes it where the sources cannot be read, too', async () => {
    const error = new UnavailableError('the database is away', 2);
    const sources = { find: () => Promise.reject(error), used: () => undefined };
    const bench = createIntakeBench({ sources });
    await expect(bench.receive({})).rejects.toBe(error);
    expect(bench.lines).toMatchObject([{ level: 'error', fields: { outcome: 'UnavailableError' } }]);
  });

  it('keeps a webhook whose provider has a fault, and answers 500', async () => {
    const registry = createRegistry();
    const generic = registry.get('generic');
    if (generic === undefined) throw new Error('no generic provider');
    const broken = {
      ...generic,
      interpret: () => {
        throw new TypeError('a fault of ours');
      },
    };
    const bench = createIntakeBench({ registry: new Map([['generic', broken]]) });
    expect((await bench.receive({ body })).status).toBe(500);
    expect(bench.last()).toMatchObject({
      body,
      verdict: { outcome: 'FAILED', reason: expect.stringContaining('a fault of ours') },
    });
    expect(bench.lines[0]).toMatchObject({ level: 'error' });
  });
});

it('tells for every provider which forms and events it takes', () => {
  for (const [name, provider] of createRegistry()) {
    expect(provider.name).toBe(name);
    expect(JSON.parse(JSON.stringify(provider.accepts))).toEqual(provider.accepts);
    expect(Object.keys(provider.accepts.events).length).toBeGreaterThan(0);
  }
});
