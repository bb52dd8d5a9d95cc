import { verifyHexSignature } from '../../hex-signature.ts';
import type { IntakeRequest } from '../../intake.ts';
import { notVerified } from '../../not-verified.ts';
import type { Verification, VerifyContext } from '../../provider.ts';

const HEADER = 'Sentry-Hook-Signature';

/** Sentry always signs, with the client secret of its integration. */
export function verifySentrySignature(
  { headers, body: bytes }: IntakeRequest,
  context: Pick<VerifyContext, 'secrets'>,
): Verification {
  const signature = headers['sentry-hook-signature']?.trim() ?? '';
  if (signature === '') {
    const message =
      'is missing: the secret of this source is the client secret of an integration, which signs';
    return notVerified(HEADER, message);
  }
  return verifyHexSignature({ header: HEADER, signatures: [signature], bytes }, context);
}
