import { createHash, createPrivateKey, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Clock } from '../kernel/clock.ts';
import type { StoredSigningKey } from '../store/meta-row.ts';
import type { WebhookSigningKeyStore } from '../store/webhook-signing-key-store.ts';
import type { SealedPlace, Sealer } from './sealing.ts';

/** A public key of RFC 8037. */
export interface PublicJwk {
  kty: 'OKP';
  crv: 'Ed25519';
  x: string;
  kid: string;
  use: 'sig';
  alg: 'EdDSA';
}

/** The key pairs of this installation, for receivers that are to verify webhooks without holding a secret. */
export interface WebhookSigningKeys {
  /** Signs what is sent now. Throws `CannotOpenError`. */
  privateKey(): KeyObject;
  /** Of all pairs, that of `privateKey` first. */
  publicKeys: readonly PublicJwk[];
}

interface OpenWebhookSigningKeysDeps {
  store: WebhookSigningKeyStore;
  sealer: Sealer;
  clock: Pick<Clock, 'now'>;
}

/** The first process of a database makes a pair, which all others find. */
export async function openWebhookSigningKeys({
  store,
  sealer,
  clock,
}: OpenWebhookSigningKeysDeps): Promise<WebhookSigningKeys> {
  const found = await store.all();
  const keys = found.length > 0 ? found : await store.rememberFirst(makeKey(sealer, clock.now()));
  const [current] = keys;
  if (current === undefined) throw new Error('the key that webhooks are signed with was not kept');
  let opened: KeyObject | undefined;
  return {
    privateKey: () => (opened ??= open(sealer, current)),
    publicKeys: keys.map(({ x }) => publicJwk(x)),
  };
}

/** RFC 7638: the same for everybody who has the key. */
export function thumbprint({ crv, kty, x }: Pick<PublicJwk, 'crv' | 'kty' | 'x'>): string {
  return createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');
}

function makeKey(sealer: Pick<Sealer, 'seal'>, createdAt: Date): StoredSigningKey {
  const { x = '', d = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  return { x, sealed: sealer.seal(d, placeOf(x)), createdAt };
}

function open(sealer: Pick<Sealer, 'open'>, { x, sealed }: StoredSigningKey): KeyObject {
  const d = sealer.open(sealed, placeOf(x));
  return createPrivateKey({ key: { kty: 'OKP', crv: 'Ed25519', x, d }, format: 'jwk' });
}

function placeOf(x: string): SealedPlace {
  return { recordId: publicJwk(x).kid, field: 'webhook signing key' };
}

function publicJwk(x: string): PublicJwk {
  const key = { kty: 'OKP', crv: 'Ed25519', x } as const;
  return { ...key, kid: thumbprint(key), use: 'sig', alg: 'EdDSA' };
}
