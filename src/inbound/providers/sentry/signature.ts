import { verifyHexHmac } from '../../../domain/signing.ts';
import type { IntakeRequest } from '../../intake.ts';
import type { Verification, VerifyContext } from '../../provider.ts';

const PATH = 'Sentry-Hook-Signature';

/** Sentry always signs, with the client secret of its integration. */
export function verifySentrySignature(
  { headers, body }: IntakeRequest,
  { secrets }: Pick<VerifyContext, 'secrets'>,
): Verification {
  const signature = headers['sentry-hook-signature']?.trim() ?? '';
  if (signature === '')
    return refused(
      'is missing: the secret of this source is the client secret of an integration, which signs',
    );
  const secret = secrets.findIndex((value) => verifyHexHmac(value, body, signature));
  if (secret === -1) return refused('does not match the body and the secret of this source');
  return { matched: true, how: 'signature', secret };
}

function refused(message: string): Verification {
  return { matched: false, problem: { path: PATH, message } };
}
