import { createHmac, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isOwnHeader } from '../../../src/domain/endpoint-headers.ts';
import { pushHeaders, secretKeys } from '../../../src/outbound/push-headers.ts';
import type { PushHeadersInput, SigningKeys } from '../../../src/outbound/push-headers.ts';
import type { OpenDelivery } from '../../../src/store/delivery-store.ts';
import { libraryAccepts, publicKeyAccepts } from '../../support/verify-webhook.ts';

const BODY = '{"data": {"title": "\\u00fc"}, "event": "incident.created"}';
const OLD = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const NEW = 'whsec_plJ3nmyCDGBKInavdOK15jsl';

const delivery: OpenDelivery = {
  id: 'v1:e1',
  eventId: 'v1',
  eventType: 'INCIDENT_CREATED',
  endpointId: 'e1',
  incidentId: 'i1',
  sequence: 7,
  previousSequence: 4,
  priority: 0,
  bodyBytes: BODY.length,
  state: 'PENDING',
  dueAt: new Date(0),
  attemptCount: 0,
  createdAt: new Date(0),
};

interface Asked {
  keys?: Partial<SigningKeys>;
  headers?: PushHeadersInput['target']['headers'];
  of?: Partial<OpenDelivery>;
}

function listOf({ keys, headers = [], of }: Asked = {}): string[] {
  return pushHeaders({
    delivery: { ...delivery, ...of },
    body: BODY,
    target: {
      keys: { current: secretKeys(OLD), next: null, privateKey: null, ...keys },
      headers: headers.filter(isOwnHeader),
    },
    now: new Date(),
    version: '1.2.3',
  });
}

function sent(asked: Asked = {}): { headers: Record<string, string>; body: string } {
  const list = listOf(asked);
  const pairs = list.flatMap((name, index) =>
    index % 2 === 0 ? [[name.toLowerCase(), list[index + 1]]] : [],
  );
  return { headers: Object.fromEntries(pairs) as Record<string, string>, body: BODY };
}

function guide(secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(BODY).digest('hex')}`;
}

describe('the signatures of a push', () => {
  it.each([
    [OLD, NEW],
    [OLD, 'by hand: a secret ☃'],
    ['your-webhook-secret', NEW],
    ['your-webhook-secret', 'another-one'],
  ])('are good for the old and for the new secret during a rotation: %s, %s', (old, next) => {
    const during = sent({ keys: { current: secretKeys(old), next: secretKeys(next) } });
    expect(during.headers['x-webhook-signature']).toBe(guide(old));
    expect(during.headers['x-webhook-signature-next']).toBe(guide(next));
    expect(libraryAccepts(old, during)).toBe(true);
    expect(libraryAccepts(next, during)).toBe(true);
    expect(libraryAccepts('whsec_AAAA', during)).toBe(false);
    expect(during.headers['webhook-signature']).toMatch(/^v1,\S+ v1,\S+$/);
  });

  it('are those of one secret otherwise', () => {
    const alone = sent();
    expect(alone.headers['x-webhook-signature']).toBe(guide(OLD));
    expect(alone.headers).not.toHaveProperty('x-webhook-signature-next');
    expect(alone.headers['webhook-signature']).toMatch(/^v1,\S+$/);
    expect([libraryAccepts(OLD, alone), libraryAccepts(NEW, alone)]).toEqual([true, false]);
  });

  it('are good for who has only the public key, where the endpoint wants that, and break no other receiver', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const keys = [publicKey.export({ format: 'jwk' })];
    const signed = sent({ keys: { privateKey, next: secretKeys(NEW) } });
    expect(publicKeyAccepts(keys, signed)).toBe(true);
    expect(publicKeyAccepts(keys, { ...signed, body: `${BODY} ` })).toBe(false);
    expect(
      publicKeyAccepts([generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' })], signed),
    ).toBe(false);
    expect([libraryAccepts(OLD, signed), libraryAccepts(NEW, signed)]).toEqual([true, true]);
  });
});

describe("an endpoint's own headers", () => {
  it('go ahead of ours, in their order', () => {
    const headers = [
      { name: 'X-Team', value: 'payments' },
      { name: 'Authorization', value: 'Bearer x' },
    ];
    expect(listOf({ headers }).slice(0, 5)).toEqual([
      'X-Team',
      'payments',
      'Authorization',
      'Bearer x',
      'Content-Type',
    ]);
  });

  it('never stand beside or in the place of one of ours, nor frame the request', () => {
    const ours = listOf({ keys: { next: secretKeys(NEW) }, of: { supersedes: [5], testBody: BODY } })
      .concat(listOf({ of: { supersedes: [5] } }))
      .filter((_, index) => index % 2 === 0);
    const framing = ['Host', 'Connection', 'Content-Length', 'Transfer-Encoding', 'content-encoding'];
    for (const name of [...ours, ...framing]) {
      for (const spelt of [name, name.toLowerCase(), name.toUpperCase()]) {
        expect(listOf({ headers: [{ name: spelt, value: 'forged' }] })).not.toContain('forged');
      }
    }
  });
});

describe('what a push says of its place', () => {
  it('is its number, the one before it and those that it stands for', () => {
    const { headers } = sent({ of: { supersedes: [5, 6] } });
    expect(headers).toMatchObject({
      'x-opslens-sequence': '7',
      'x-opslens-previous-sequence': '4',
      'x-opslens-superseded': '5,6',
    });
    expect(headers).not.toHaveProperty('x-opslens-test');
    const first = sent({ of: { previousSequence: null, supersedes: [] } }).headers;
    expect(first).not.toHaveProperty('x-opslens-previous-sequence');
    expect(first).not.toHaveProperty('x-opslens-superseded');
  });

  it('is nothing for a test event, which says that it is one', () => {
    const { headers } = sent({ of: { testBody: BODY, sequence: 0, previousSequence: null } });
    expect(headers['x-opslens-test']).toBe('true');
    expect(Object.keys(headers).filter((name) => /sequence|superseded/.test(name))).toEqual([]);
  });
});
