import { SECRET_KEY_MIN_LENGTH, deriveSealingKey } from './sealing-key.ts';
import type { SealingKey } from './sealing-key.ts';
import { readOrMakeSecretKey } from './secret-key-file.ts';

export interface SealingKeys {
  current: SealingKey;
  previous: SealingKey | null;
  /** To be told at start; null for none. */
  warning: string | null;
}

/** From the settings where they are given, else from `dataDir`. A key that came from there may go on as the previous one. */
export async function loadSealingKeys(settings: {
  secretKey: string | null;
  secretKeyPrevious: string | null;
  dataDir: string;
}): Promise<SealingKeys> {
  const { secretKey, secretKeyPrevious, dataDir } = settings;
  const short = secretKey !== null && secretKey.length < SECRET_KEY_MIN_LENGTH;
  return {
    current: deriveSealingKey(secretKey ?? (await readOrMakeSecretKey(dataDir))),
    previous: secretKeyPrevious === null ? null : deriveSealingKey(secretKeyPrevious),
    warning: short
      ? `SECRET_KEY has fewer than ${SECRET_KEY_MIN_LENGTH} characters and can be guessed; openssl rand -hex 32 makes a good one.`
      : null,
  };
}
