import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Source, SourceSecret, Sources } from '../../../src/inbound/source.ts';
import { createIntakeBench } from '../../support/intake-bench.ts';
import { onlySource, testSource } from '../../support/test-source.ts';

const NOW = new Date('2026-03-07T00:00:00.000Z');
const body = Buffer.from('{"title":"x"}');
const keyed = Buffer.from('{"title":"x","dedup_key":"k"}');
const trigger = Buffer.from('{"event":{"event_type":"incident.triggered","data":{"id":"P1","title":"x"}}}');

const hex = (secret: string, bytes: Buffer): string =>
  createHmac('sha256', secret).update(bytes).digest('hex');
const basic = (secret: string): string => `Basic ${Buffer.from(`opslens:${secret}`).toString('base64')}`;

function sourceWith(provider: string, secrets: SourceSecret[] | null, fields: Partial<Source> = {}): Sources {
  return onlySource(testSource('stored', { provider, secrets, ...fields }));
}

describe('who may send', () => {
  const secrets = { generic: 's3cret', github: 's3cret', pagerduty: 's3cret' };

  it.each([
    ['X-Webhook-Secret', { headers: { 'x-webhook-secret': 's3cret' } }],
    ['a bearer token', { headers: { authorization: 'Bearer s3cret' } }],
    ['a password', { headers: { authorization: basic('s3cret') } }],
    ['the URL', { token: 's3cret' }],
  ])('knows the secret of the source, sent in %s', async (_way, how) => {
    for (const [provider, bytes] of [
      ['generic', body],
      ['pagerduty', trigger],
    ] as const) {
      const bench = createIntakeBench({ secrets, unsigned: false });
      expect((await bench.receive({ provider, body: bytes, ...how })).status).toBe(200);
      expect(bench.last().receipt.verifiedWith).toBe('shared secret');
      expect(JSON.stringify(bench.last().receipt)).not.toContain('s3cret');
      expect(JSON.stringify(bench.lines)).not.toContain('s3cret');
    }
  });

  it('may have a secret beyond ASCII, which HTTP carries as bytes', async () => {
    const bench = createIntakeBench({ secrets: { generic: 'schlüssel🔑' } });
    const asNodeReadsIt = Buffer.from('schlüssel🔑').toString('latin1');
    expect((await bench.receive({ body, headers: { 'x-webhook-secret': asNodeReadsIt } })).status).toBe(200);
    expect((await bench.receive({ body, token: 'schlüssel🔑' })).status).toBe(200);
  });

  it.each([
    [{}],
    [{ headers: { 'x-webhook-secret': '' } }],
    [{ headers: { 'x-webhook-secret': 'S3cret' } }],
    [{ headers: { authorization: 'Bearer' } }],
    [{ headers: { authorization: basic('other') } }],
    [{ headers: { authorization: 'Basic s3cret' } }],
    [{ token: 's3cre' }],
  ])('else is refused with 401, and kept as rejected: %j', async (how) => {
    const bench = createIntakeBench({ secrets });
    const reply = await bench.receive({ body, ...how });
    expect(reply).toMatchObject({
      status: 401,
      body: { status: 'error', errors: [{ path: 'X-Webhook-Secret' }] },
    });
    expect(bench.last()).toMatchObject({ verdict: { outcome: 'REJECTED' }, dedupKey: null });
  });

  it('signs with GitHub, where the secret itself is not enough', async () => {
    const bench = createIntakeBench({ secrets });
    const ping = { provider: 'github', body, headers: { 'x-github-event': 'ping' } };
    const signed = { ...ping.headers, 'x-hub-signature-256': `sha256=${hex('s3cret', body)}` };
    expect((await bench.receive({ ...ping, headers: signed })).status).toBe(202);
    expect(bench.last().receipt.verifiedWith).toBe('signature');
    for (const wrong of [hex('other', body), hex('s3cret', keyed), '', 'zz']) {
      const headers = { ...ping.headers, 'x-hub-signature-256': `sha256=${wrong}` };
      expect((await bench.receive({ ...ping, headers })).status).toBe(401);
    }
    const sha1 = { ...ping.headers, 'x-hub-signature-256': hex('s3cret', body) };
    expect((await bench.receive({ ...ping, headers: sha1 })).status).toBe(401);
    expect((await bench.receive({ ...ping, headers: { 'x-webhook-secret': 's3cret' } })).status).toBe(401);
  });

  it('signs with PagerDuty, among other signatures and blanks', async () => {
    const bench = createIntakeBench({ secrets });
    const list = ` v1=${hex('other', trigger)} , v2=abc,  v1=${hex('s3cret', trigger)} `;
    const reply = await bench.receive({
      provider: 'pagerduty',
      body: trigger,
      headers: { 'x-pagerduty-signature': list },
    });
    expect(reply.status).toBe(200);
    expect(bench.last().receipt.verifiedWith).toBe('signature');
    const wrong = await bench.receive({
      provider: 'pagerduty',
      body: trigger,
      headers: { 'x-pagerduty-signature': `v1=${hex('other', trigger)}` },
    });
    expect(wrong.body['errors']).toMatchObject([{ path: 'X-PagerDuty-Signature' }]);
  });

  it('is anybody only while that is allowed, and else is told what to set', async () => {
    expect((await createIntakeBench({ unsigned: true }).receive({ body })).status).toBe(200);
    const reply = await createIntakeBench({ unsigned: false }).receive({ body });
    expect(reply.status).toBe(401);
    expect(JSON.stringify(reply.body)).toMatch(/GENERIC_WEBHOOK_SECRET.*UNSIGNED_INTAKE/);
  });

  it('is nobody where the secret is set but empty: that never means "accept all"', async () => {
    const bench = createIntakeBench({ secrets: { generic: '', github: '' }, unsigned: true });
    expect((await bench.receive({ body, headers: { 'x-webhook-secret': '' } })).status).toBe(401);
    const headers = { 'x-hub-signature-256': `sha256=${hex('', body)}` };
    expect((await bench.receive({ provider: 'github', body, headers })).status).toBe(401);
  });

  it('may use the previous secret until it runs out, and the receipt says which one it was', async () => {
    const secretsUntil = (until: Date): SourceSecret[] => [
      { id: null, value: 'new', generation: 'CURRENT', until: null },
      { id: 'f00d', value: 'old', generation: 'PREVIOUS', until },
    ];
    const send = (until: Date, secret: string) => {
      const bench = createIntakeBench({ sources: sourceWith('github', secretsUntil(until)), now: NOW });
      const headers = { 'x-github-event': 'ping', 'x-hub-signature-256': `sha256=${hex(secret, body)}` };
      return bench
        .receive({ provider: 'github', body, headers })
        .then(({ status }) => [status, bench.last().receipt.verifiedWith]);
    };
    const later = new Date(NOW.getTime() + 1);
    expect(await send(later, 'new')).toEqual([202, 'signature']);
    expect(await send(later, 'old')).toEqual([202, 'signature with secret f00d (previous secret)']);
    expect(await send(NOW, 'old')).toEqual([401, null]);
  });

  it('is told how to set a secret where a registered source has none', async () => {
    const bench = createIntakeBench({ sources: sourceWith('generic', null), unsigned: false });
    const reply = await bench.receive({ body });
    expect(reply.status).toBe(401);
    expect(JSON.stringify(reply.body)).toMatch(/source stored .*rotateSourceSecret.*UNSIGNED_INTAKE/);
  });

  it('may be right where a secret cannot be opened, so is to come again; other secrets hold all the same', async () => {
    const shut: SourceSecret = { id: 'f00d', value: null, generation: 'CURRENT', until: null };
    const previous = {
      id: 'beef',
      value: 'old',
      generation: 'PREVIOUS',
      until: new Date(NOW.getTime() + 1),
    } as const;
    const send = (secrets: SourceSecret[], headers: Record<string, string>) => {
      const bench = createIntakeBench({ sources: sourceWith('generic', secrets), unsigned: true, now: NOW });
      return bench.receive({ body, headers }).then((reply) => ({ reply, submission: bench.last() }));
    };
    for (const secrets of [[shut], [shut, previous]]) {
      const { reply, submission } = await send(secrets, { 'x-webhook-secret': 'new' });
      expect(reply).toMatchObject({ status: 503, headers: { 'Retry-After': expect.any(String) } });
      expect(JSON.stringify(reply.body)).toMatch(
        /f00d of the source stored cannot be opened.*SECRET_KEY_PREVIOUS/,
      );
      expect(submission).toMatchObject({ verdict: { outcome: 'REJECTED' }, dedupKey: null });
    }
    const { reply, submission } = await send([shut, previous], { 'x-webhook-secret': 'old' });
    expect(reply.status).toBe(200);
    expect(submission.receipt.verifiedWith).toBe('shared secret with secret beef (previous secret)');
    const ended = { ...previous, id: 'dead', value: null, until: NOW };
    const wrong = await send([{ ...previous, generation: 'CURRENT', until: null }, ended], {});
    expect(wrong.reply.status).toBe(401);
  });
});

describe('a disabled source', () => {
  const disabled = () =>
    createIntakeBench({
      sources: sourceWith('generic', [{ id: 'f00d', value: 's3cret', generation: 'CURRENT', until: null }], {
        enabled: false,
      }),
    });

  it('has its webhooks verified and kept without effect, and free to come again', async () => {
    const bench = disabled();
    const headers = { 'x-webhook-secret': 's3cret', 'idempotency-key': 'order-1' };
    const reply = await bench.receive({ body, headers });
    expect(reply.status).toBeGreaterThanOrEqual(200);
    expect(reply.status).toBeLessThan(300);
    expect(bench.last()).toMatchObject({
      verdict: { outcome: 'IGNORED', reason: 'the source stored is disabled' },
      dedupKey: null,
      body,
      receipt: { verifiedWith: 'shared secret with secret f00d' },
    });
  });

  it('refuses whom it would refuse anyway', async () => {
    expect((await disabled().receive({ body, headers: { 'x-webhook-secret': 'wrong' } })).status).toBe(401);
    const headers = { 'x-webhook-secret': 's3cret' };
    expect((await disabled().receive({ body: Buffer.from('{'), headers })).status).toBe(400);
  });
});
