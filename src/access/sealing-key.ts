import { hkdfSync } from 'node:crypto';

/** What secrets at rest are sealed with. The id may be stored and shown: nothing of the key can be told from it. */
export interface SealingKey {
  id: string;
  key: Buffer;
}

/** Below this a text is more likely a word than a key. */
export const SECRET_KEY_MIN_LENGTH = 32;

/** Any text makes a key, the same one everywhere. */
export function deriveSealingKey(secretKey: string): SealingKey {
  return {
    id: expand(secretKey, 'opslens sealing key id', 8).toString('hex'),
    key: expand(secretKey, 'opslens sealing key', 32),
  };
}

function expand(secretKey: string, purpose: string, length: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secretKey, '', purpose, length));
}
