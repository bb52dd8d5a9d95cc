import { createHmac, createPrivateKey, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  generateSecret,
  opslensSignature,
  publicKeySignature,
  secretsEqual,
  standardWebhooksContent,
  standardWebhooksKey,
  standardWebhooksSignature,
  verifyHexHmac,
} from '../../../src/domain/signing.ts';
import { canonicalJson } from '../../../src/kernel/canonical-json.ts';
import type { JsonValue } from '../../../src/kernel/canonical-json.ts';

interface Vector {
  name: string;
  scheme: string;
  secret: string;
  privateKeyBase64: string;
  publicKeyBase64: string;
  headers: Record<string, string>;
  bodyText: string;
  valid: boolean;
  payload: JsonValue;
  valueModeOk: boolean;
}

const { vectors } = JSON.parse(
  readFileSync(new URL('../../fixtures/vectors/signatures.json', import.meta.url), 'utf8'),
) as { vectors: Vector[] };

function ofScheme(scheme: string): Vector[] {
  const found = vectors.filter((vector) => vector.scheme === scheme);
  if (found.length === 0) throw new Error(`no vector of ${scheme}`);
  return found;
}

function header(vector: Vector, name: string): string {
  const value = vector.headers[name];
  if (value === undefined) throw new Error(`${vector.name} has no header ${name}`);
  return value;
}

function keyOf(secret: string): Buffer {
  const key = standardWebhooksKey(secret);
  if (!Buffer.isBuffer(key)) throw new Error(key.message);
  return key;
}

/** A receiver as the standard describes it: any entry of a known version may match. */
function anEntryMatches(list: string, expected: string): boolean {
  const digest = (entry: string): Buffer => createHmac('sha256', 'receiver').update(entry).digest();
  return list.split(' ').some((entry) => timingSafeEqual(digest(entry), digest(expected)));
}

function libraryAccepts(webhook: Webhook, body: string, headers: Record<string, string>): boolean {
  try {
    webhook.verify(body, headers, { jsonParse: false });
    return true;
  } catch {
    return false;
  }
}

const BODY = '{"test": "\\u00fc"}';
function sign(secret: string): Record<string, string> {
  const seconds = Math.floor(Date.now() / 1000);
  return {
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(seconds),
    'webhook-signature': standardWebhooksSignature(
      keyOf(secret),
      standardWebhooksContent('msg_1', seconds, BODY),
    ),
  };
}

afterEach(() => {
  vi.useRealTimers();
});

describe('X-Webhook-Signature', () => {
  const ours = ofScheme('opslens');

  it.each(ours)('is the HMAC of the exact body: $name', (vector) => {
    expect(opslensSignature(vector.secret, vector.bodyText)).toBe(header(vector, 'X-Webhook-Signature'));
  });

  it.each(ours.filter((vector) => vector.valueModeOk))(
    'fits the payload once it is written: $name',
    (vector) => {
      const body = canonicalJson(vector.payload);
      expect(body).toBe(vector.bodyText);
      expect(opslensSignature(vector.secret, body)).toBe(header(vector, 'X-Webhook-Signature'));
    },
  );

  it('takes the whole secret string as key, whsec_ included', () => {
    const expected = createHmac('sha256', Buffer.from('whsec_MfKQ9r8G')).update('{}').digest('hex');
    expect(opslensSignature('whsec_MfKQ9r8G', '{}')).toBe(`sha256=${expected}`);
  });
});

describe('webhook-signature', () => {
  const standard = ofScheme('standard-webhooks');

  it.each(standard)('agrees with a receiver of our own and with npm standardwebhooks: $name', (vector) => {
    const seconds = Number(header(vector, 'webhook-timestamp'));
    const list = header(vector, 'webhook-signature');
    const ours = standardWebhooksSignature(
      keyOf(vector.secret),
      standardWebhooksContent(header(vector, 'webhook-id'), seconds, vector.bodyText),
    );
    expect(anEntryMatches(list, ours)).toBe(vector.valid);
    vi.useFakeTimers({ now: seconds * 1000 });
    expect(libraryAccepts(new Webhook(vector.secret), vector.bodyText, vector.headers)).toBe(vector.valid);
  });

  it.each([
    ['made by us', generateSecret()],
    ['in unpadded base64', generateSecret().replaceAll('=', '')],
  ])('is accepted by npm standardwebhooks with a secret %s', (_name, secret) => {
    const headers = sign(secret);
    expect(libraryAccepts(new Webhook(secret), BODY, headers)).toBe(true);
    expect(libraryAccepts(new Webhook(secret), `${BODY} `, headers)).toBe(false);
    expect(libraryAccepts(new Webhook(generateSecret()), BODY, headers)).toBe(false);
  });

  it.each(['your-webhook-secret', 'clé-secrète-☃', 'whsec', 'WHSEC_MfKQ9r8G', ' whsec_MfKQ9r8G'])(
    'is accepted by npm standardwebhooks in raw format with the secret "%s" of a person',
    (secret) => {
      const webhook = new Webhook(Buffer.from(secret), { format: 'raw' });
      expect(libraryAccepts(webhook, BODY, sign(secret))).toBe(true);
    },
  );

  it('is never made over an id or a time that would make the signed text ambiguous', () => {
    expect(() => standardWebhooksContent('msg.1', 1, '{}')).toThrow(RangeError);
    expect(() => standardWebhooksContent('msg', 1.5, '{}')).toThrow(RangeError);
  });
});

describe('the signature for who knows the public key alone', () => {
  it.each(ofScheme('standard-webhooks-ed25519'))('is that of the vector: $name', (vector) => {
    const [seed, x] = [vector.privateKeyBase64, vector.publicKeyBase64].map((text) =>
      Buffer.from(text, 'base64').subarray(0, 32).toString('base64url'),
    ) as [string, string];
    const key = createPrivateKey({ key: { kty: 'OKP', crv: 'Ed25519', d: seed, x }, format: 'jwk' });
    const content = standardWebhooksContent(
      header(vector, 'webhook-id'),
      Number(header(vector, 'webhook-timestamp')),
      vector.bodyText,
    );
    expect(publicKeySignature(key, content)).toBe(header(vector, 'webhook-signature'));
  });
});

describe('the secret of an endpoint', () => {
  it.each([
    ['', 'EMPTY'],
    ['whsec_', 'EMPTY'],
    ['whsec_=', 'NOT_BASE64'],
    ['whsec_==', 'NOT_BASE64'],
    ['whsec_A', 'NOT_BASE64'],
    ['whsec_AAAAA', 'NOT_BASE64'],
    ['whsec_AAA==', 'NOT_BASE64'],
    ['whsec_AA=', 'NOT_BASE64'],
    ['whsec_AAAA====', 'NOT_BASE64'],
    ['whsec_AA=A', 'NOT_BASE64'],
    ['whsec_not base64', 'NOT_BASE64'],
    ['whsec_AA-_', 'NOT_BASE64'],
    ['whsec_AAAA\n', 'NOT_BASE64'],
    ['whsec_clé', 'NOT_BASE64'],
  ])('is refused with a reason where no key can come of it: %j', (secret, refused) => {
    expect(standardWebhooksKey(secret)).toEqual({ refused, message: expect.stringMatching(/./) });
  });

  it.each([
    ['whsec_AAECAw==', [0, 1, 2, 3]],
    ['whsec_AAECAw', [0, 1, 2, 3]],
    ['whsec_AAECAwQ=', [0, 1, 2, 3, 4]],
    ['whsec_AAECAwQF', [0, 1, 2, 3, 4, 5]],
    ['whsec_+/+/', [0xfb, 0xff, 0xbf]],
    ['é', [0xc3, 0xa9]],
  ])('gives the key of Standard Webhooks: %j', (secret, bytes) => {
    expect([...keyOf(secret)]).toEqual(bytes);
  });

  it('is 32 random bytes when we make it', () => {
    const secrets = Array.from({ length: 100 }, generateSecret);
    expect(new Set(secrets).size).toBe(100);
    for (const secret of secrets) {
      expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
      expect(keyOf(secret)).toHaveLength(32);
    }
  });
});

describe('the signature of an inbound webhook', () => {
  it.each(ofScheme('github'))('is verified as GitHub documents it: $name', (vector) => {
    const digest = header(vector, 'X-Hub-Signature-256').replace(/^sha256=/, '');
    expect(verifyHexHmac(vector.secret, Buffer.from(vector.bodyText), digest)).toBe(vector.valid);
  });

  it.each(ofScheme('pagerduty-v3'))('is verified against any of the list of PagerDuty: $name', (vector) => {
    const digests = header(vector, 'X-PagerDuty-Signature')
      .split(',')
      .map((entry) => entry.replace(/^v1=/, ''));
    const body = Buffer.from(vector.bodyText);
    expect(digests.some((digest) => verifyHexHmac(vector.secret, body, digest))).toBe(vector.valid);
  });

  const body = Buffer.from([0x7b, 0xff, 0x00, 0x7d]);
  const digest = createHmac('sha256', 'clé').update(body).digest('hex');

  it('covers the raw bytes, even those that are no UTF-8', () => {
    expect(verifyHexHmac('clé', body, digest)).toBe(true);
    expect(verifyHexHmac('clé', Buffer.from(body.toString()), digest)).toBe(false);
  });

  it('may be written in either case', () => {
    expect(verifyHexHmac('clé', body, digest.toUpperCase())).toBe(true);
  });

  it.each([
    ['', 'empty'],
    [digest.slice(0, 62), 'too short'],
    [`${digest}00`, 'too long'],
    [`sha256=${digest}`, 'with its prefix left on'],
    [` ${digest}`, 'with a blank before it'],
    [`${digest}\n`, 'with a line end'],
    [`${digest.slice(0, 63)}g`, 'not hex'],
    [`${digest.slice(0, 63)}\u0130`, 'not ASCII'],
    ['0'.repeat(64), 'of something else'],
  ])('is refused, never thrown at: %j, %s', (candidate) => {
    expect(verifyHexHmac('clé', body, candidate)).toBe(false);
  });

  it('is refused under another secret, and under an empty one', () => {
    expect(verifyHexHmac('cle', body, digest)).toBe(false);
    expect(verifyHexHmac('', body, createHmac('sha256', '').update(body).digest('hex'))).toBe(false);
  });
});

describe('two secrets', () => {
  it('are equal only when every character is', () => {
    expect(secretsEqual('fixture-secret ☃', 'fixture-secret ☃')).toBe(true);
    expect(secretsEqual('fixture-secret', 'Fixture-secret')).toBe(false);
    expect(secretsEqual('fixture-secret', 'fixture-secret ')).toBe(false);
    expect(secretsEqual('fixture-secret', '')).toBe(false);
  });

  it('that are both empty prove nothing', () => {
    expect(secretsEqual('', '')).toBe(false);
  });
});
