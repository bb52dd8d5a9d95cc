import { verifyHexHmac } from '../domain/signing.ts';
import { notVerified } from './not-verified.ts';
import type { Verification, VerifyContext } from './provider.ts';

export interface HexSignature {
  /** Where it was sent. */
  header: string;
  /** Without their prefixes: one that matches is enough. */
  signatures: readonly string[];
  /** What the sender signed. */
  bytes: Buffer;
}

/** Whether one of the source's secrets made one of the signatures: hex HMAC-SHA256, which most senders use. */
export function verifyHexSignature(
  { header, signatures, bytes }: HexSignature,
  { secrets }: Pick<VerifyContext, 'secrets'>,
): Verification {
  const secret = secrets.findIndex((value) =>
    signatures.some((signature) => verifyHexHmac(value, bytes, signature)),
  );
  return secret === -1
    ? notVerified(header, 'does not match the body and the secret of this source')
    : { matched: true, how: 'signature', secret };
}
