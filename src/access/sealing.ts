import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { SealingKey } from './sealing-key.ts';

/** Where a sealed text belongs. Moved to another record or field it no longer opens. */
export interface SealedPlace {
  recordId: string;
  field: string;
}

/** A sealed text that no key at hand opens, or that was changed. Asking again will not help. */
export class CannotOpenError extends Error {
  override readonly name = 'CannotOpenError';
}

export interface Sealer {
  seal(text: string, place: SealedPlace): string;
  /** Throws `CannotOpenError`. */
  open(sealed: string, place: SealedPlace): string;
}

const FORM = /^v1\.([0-9a-f]{16})\.([\w-]{16})\.([\w-]+)$/;
const TAG_BYTES = 16;

/** AES-256-GCM. Seals with the current key; opens also what the previous one sealed. */
export function createSealer({
  current,
  previous,
}: {
  current: SealingKey;
  previous: SealingKey | null;
}): Sealer {
  const keys = new Map([...(previous === null ? [] : [previous]), current].map(({ id, key }) => [id, key]));
  return {
    seal(text, place) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', current.key, iv, { authTagLength: TAG_BYTES });
      cipher.setAAD(associatedData(current.id, place));
      const box = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `v1.${current.id}.${iv.toString('base64url')}.${box.toString('base64url')}`;
    },
    open(sealed, place) {
      const [, keyId = '', iv = '', box = ''] = FORM.exec(sealed) ?? [];
      const key = keys.get(keyId);
      if (key === undefined) {
        throw new CannotOpenError(
          keyId === ''
            ? 'not in the form of a sealed secret'
            : `sealed with key ${keyId}: set the SECRET_KEY it was sealed with as SECRET_KEY_PREVIOUS`,
        );
      }
      try {
        return decrypt(key, keyId, Buffer.from(iv, 'base64url'), Buffer.from(box, 'base64url'), place);
      } catch (cause) {
        throw new CannotOpenError('the sealed secret was changed or belongs elsewhere', { cause });
      }
    },
  };
}

function decrypt(key: Buffer, keyId: string, iv: Buffer, box: Buffer, place: SealedPlace): string {
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(associatedData(keyId, place));
  decipher.setAuthTag(box.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(box.subarray(0, -TAG_BYTES)), decipher.final()]).toString('utf8');
}

/** JSON keeps the parts apart, whatever they hold. */
function associatedData(keyId: string, { recordId, field }: SealedPlace): Buffer {
  return Buffer.from(JSON.stringify([keyId, recordId, field]));
}
