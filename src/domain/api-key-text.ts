import { createHash, randomBytes } from 'node:crypto';

const PREFIX = 'opl_live_';
const RANDOM_BYTES = 32;
const CHECKSUM_LENGTH = 6;
const FORM = /^opl_live_[\w-]{43}[\w-]{6}$/;
/** 24 of 256 random bits: enough to tell keys apart, no help in guessing one. */
const HINT_LENGTH = PREFIX.length + 4;

/** A new key, to be shown once. */
export function makeApiKeyText(): string {
  const body = PREFIX + randomBytes(RANDOM_BYTES).toString('base64url');
  return body + checksumOf(body);
}

/** False for what was mistyped, cut off or made elsewhere: nobody needs to be asked about it. */
export function hasApiKeyForm(text: string): boolean {
  return FORM.test(text) && text.slice(-CHECKSUM_LENGTH) === checksumOf(text.slice(0, -CHECKSUM_LENGTH));
}

/** What is kept of a key. Its 256 random bits cannot be guessed from it, so a slow hash would gain nothing. */
export function apiKeyDigest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export function apiKeyHint(text: string): string {
  return text.slice(0, HINT_LENGTH);
}

function checksumOf(body: string): string {
  return createHash('sha256').update(body).digest('base64url').slice(0, CHECKSUM_LENGTH);
}
