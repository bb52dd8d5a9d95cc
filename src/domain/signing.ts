import { createHash, createHmac, randomBytes, sign, timingSafeEqual } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

const STANDARD_PREFIX = 'whsec_';
const SHA256_HEX = /^[0-9a-f]{64}$/i;

/** Why no signature can be made with a secret. Told to whoever registers it, never thrown. */
export interface SecretRefusal {
  refused: 'EMPTY' | 'NOT_BASE64';
  message: string;
}

/** The value of `X-Webhook-Signature`: the key is the whole secret string, `whsec_` included. */
export function opslensSignature(secret: string | KeyObject, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/** The key of Standard Webhooks: what `whsec_` announces as base64, or the bytes of any other secret. */
export function standardWebhooksKey(secret: string): Buffer | SecretRefusal {
  if (secret === '') return { refused: 'EMPTY', message: 'a secret must not be empty' };
  if (!secret.startsWith(STANDARD_PREFIX)) return Buffer.from(secret);
  const encoded = secret.slice(STANDARD_PREFIX.length);
  if (encoded === '') return { refused: 'EMPTY', message: `no key follows ${STANDARD_PREFIX}` };
  if (isBase64(encoded)) return Buffer.from(encoded, 'base64');
  return { refused: 'NOT_BASE64', message: `what follows ${STANDARD_PREFIX} is not base64` };
}

/** What all entries of `webhook-signature` sign. Receivers sign the same text, so a point in the id would make it ambiguous. */
export function standardWebhooksContent(id: string, timestampSeconds: number, body: string): string {
  if (id.includes('.') || !Number.isSafeInteger(timestampSeconds)) {
    throw new RangeError(`not to be signed: id ${id}, timestamp ${timestampSeconds}`);
  }
  return `${id}.${timestampSeconds}.${body}`;
}

/** One entry of `webhook-signature`, for who holds the secret. */
export function standardWebhooksSignature(key: Buffer | KeyObject, content: string): string {
  return `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
}

/** One entry of `webhook-signature`, for who knows the public key (Ed25519) alone. */
export function publicKeySignature(privateKey: KeyObject, content: string): string {
  return `v1a,${sign(null, Buffer.from(content), privateKey).toString('base64')}`;
}

export function generateSecret(): string {
  return STANDARD_PREFIX + randomBytes(32).toString('base64');
}

/**
 * Whether a sender who knows the secret signed these bytes. Hex is read in either case (RFC 4648, section 8); a
 * header's prefix is the caller's to strip. An empty secret proves nothing, so nothing is signed by it.
 */
export function verifyHexHmac(secret: string, rawBody: Buffer, hexDigest: string): boolean {
  if (secret === '' || !SHA256_HEX.test(hexDigest)) return false;
  return timingSafeEqual(
    createHmac('sha256', secret).update(rawBody).digest(),
    Buffer.from(hexDigest, 'hex'),
  );
}

/** Compares digests, so that neither the content nor the length of the held secret shows in the time it takes. */
export function secretsEqual(a: string, b: string): boolean {
  return timingSafeEqual(sha256(a), sha256(b)) && a !== '';
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Standard alphabet, padded in full or not at all. Node's decoder would skip anything else without a word. */
function isBase64(text: string): boolean {
  const digits = text.replace(/={1,2}$/, '');
  const padded = digits.length < text.length;
  return /^[A-Za-z0-9+/]+$/.test(digits) && (padded ? text.length % 4 === 0 : digits.length % 4 !== 1);
}
