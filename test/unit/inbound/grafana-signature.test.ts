import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { takeWebhook } from '../../support/provider-bench.ts';
import type { TakeOptions } from '../../support/provider-bench.ts';

const SECRET = 'grafana-vector-secret';
const BODY = '{"alerts":[],"title":"🔥 café"}';
const NOW = new Date('2026-03-08T07:00:00.000Z');
const SECONDS = NOW.getTime() / 1000;
const SIGNED_TIME = { timestamp_header: 'X-Signed-At' };

const sign = (text: string, secret = SECRET) => createHmac('sha256', secret).update(text).digest('hex');

async function statusOf(headers: Record<string, string>, options: TakeOptions = {}) {
  const { reply, receipt } = await takeWebhook('grafana', BODY, {
    secret: SECRET,
    now: NOW,
    headers,
    ...options,
  });
  const [problem] = (reply.body['errors'] ?? []) as { path: string; message: string }[];
  return { status: reply.status, how: receipt.verifiedWith, problem };
}

describe('a signature', () => {
  it.each(['X-Grafana-Alerting-Signature', 'x-grafana-alerting-signature', 'X-Grafana-Alert-Signature'])(
    'over the body is taken from %s',
    async (header) => {
      expect(await statusOf({ [header]: sign(BODY) })).toMatchObject({ status: 202, how: 'signature' });
      expect(await statusOf({ [header]: sign(BODY).toUpperCase() })).toMatchObject({ status: 202 });
    },
  );

  it.each([
    ['of another secret', sign(BODY, 'another')],
    ['of other bytes', sign(`${BODY} `)],
    ['with a prefix, which Grafana does not write', `sha256=${sign(BODY)}`],
    ['cut off', sign(BODY).slice(0, 63)],
    ['that is empty', ''],
    ['that is no hex', 'z'.repeat(64)],
  ])('%s is refused', async (_what, signature) => {
    const { status, problem } = await statusOf({ 'X-Grafana-Alerting-Signature': signature });
    expect(status).toBe(401);
    expect(problem?.path).toBe('X-Grafana-Alerting-Signature');
    expect(problem?.message).toContain('timestamp_header');
  });

  it('is taken from the header that the source names, and from no other', async () => {
    const settings = { signature_header: ' X-Ours ' };
    expect(await statusOf({ 'X-Ours': sign(BODY) }, { settings })).toMatchObject({ status: 202 });
    expect(await statusOf({ 'X-Grafana-Alerting-Signature': sign(BODY) }, { settings })).toMatchObject({
      status: 401,
    });
    // What every object inherits is no header.
    expect(await statusOf({}, { settings: { signature_header: 'constructor' } })).toMatchObject({
      status: 401,
    });
  });

  it('is not needed where the secret itself is sent', async () => {
    for (const Authorization of [
      `Bearer ${SECRET}`,
      `Basic ${Buffer.from(`me:${SECRET}`).toString('base64')}`,
    ]) {
      expect(await statusOf({ Authorization })).toMatchObject({ status: 202, how: 'shared secret' });
    }
    const both = { Authorization: `Bearer ${SECRET}`, 'X-Grafana-Alerting-Signature': sign(BODY, 'another') };
    expect(await statusOf(both)).toMatchObject({ status: 202, how: 'shared secret' });
    expect(await statusOf({})).toMatchObject({ status: 401, problem: { path: 'X-Webhook-Secret' } });
  });
});

describe('a signed time', () => {
  const stamped = (seconds: number | string, signature = sign(`${seconds}:${BODY}`)) => ({
    'X-Signed-At': String(seconds),
    'X-Grafana-Alerting-Signature': signature,
  });

  it.each([0, -300, 300])('%i s from now is taken', async (offset) => {
    expect(await statusOf(stamped(SECONDS + offset), { settings: SIGNED_TIME })).toMatchObject({
      status: 202,
      how: 'signature',
    });
  });

  it.each([-301, 301, -86_400])('%i s from now is refused, and says by how much', async (offset) => {
    const { status, problem } = await statusOf(stamped(SECONDS + offset), { settings: SIGNED_TIME });
    expect(status).toBe(401);
    expect(problem).toMatchObject({
      path: 'X-Signed-At',
      message: expect.stringContaining(`${Math.abs(offset)} s`),
    });
  });

  it.each(['', 'soon', '1e9', '-5', `${SECONDS}.5`, '9'.repeat(40), `${SECONDS}, ${SECONDS}`])(
    'that reads "%s" is refused',
    async (time) => {
      const { status, problem } = await statusOf(stamped(time), { settings: SIGNED_TIME });
      expect(status).toBe(401);
      expect(problem?.path).toBe('X-Signed-At');
    },
  );

  it('that was changed, or that was not signed with the body, is refused', async () => {
    const changed = stamped(SECONDS, sign(`${SECONDS - 1}:${BODY}`));
    expect(await statusOf(changed, { settings: SIGNED_TIME })).toMatchObject({ status: 401 });
    const bare = { 'X-Grafana-Alerting-Signature': sign(BODY) };
    expect(await statusOf(bare, { settings: SIGNED_TIME })).toMatchObject({ status: 401 });
    expect(await statusOf({ ...bare, 'X-Signed-At': `${SECONDS}` }, { settings: SIGNED_TIME })).toMatchObject(
      {
        status: 401,
      },
    );
  });

  it('is not asked for where the setting is blank', async () => {
    const settings = { timestamp_header: ' ', signature_header: '' };
    expect(await statusOf({ 'X-Grafana-Alerting-Signature': sign(BODY) }, { settings })).toMatchObject({
      status: 202,
    });
  });
});

describe('signatures that other programs made', () => {
  // printf '%s' '{"alerts":[]}' | openssl dgst -sha256 -hmac 'fixture-secret'; the second with 1772953200: before it
  it.each([
    ['body', {}, 'eb0c15de5b9e3e7650eccc6acc8749fa1c787460b2c1d019cc209e697525a156'],
    [
      '<seconds>:body',
      { settings: SIGNED_TIME },
      '8a92b31200d00912d7847fb233c3a851147f1c47a2282c55e0a6967c3e035e5c',
    ],
  ])('over %s match', async (_what, options, signature) => {
    const { receipt } = await takeWebhook('grafana', '{"alerts":[]}', {
      secret: 'fixture-secret',
      now: NOW,
      headers: { 'X-Signed-At': '1772953200', 'X-Grafana-Alerting-Signature': signature },
      ...options,
    });
    expect(receipt.verifiedWith).toBe('signature');
  });
});
