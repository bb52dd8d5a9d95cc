import { verifyHexHmac } from '../../../domain/signing.ts';
import type { IntakeRequest } from '../../intake.ts';
import type { Verification, VerifyContext } from '../../provider.ts';
import { verifySharedSecret } from '../../shared-secret.ts';

/** Rotation needs two; each one costs an HMAC over the body. */
const MAX_SIGNATURES = 8;

/**
 * V3 signs; V2, V1 and the guide's form cannot, and which form it is stands in the body that is not to be read yet. A V3
 * subscription may send the shared secret in a custom header instead: its signing secret is PagerDuty's choice, not ours.
 */
export function verifyPagerduty(
  request: IntakeRequest,
  { secrets }: Pick<VerifyContext, 'secrets'>,
): Verification {
  const signatures = signaturesOf(request);
  const signer = secrets.findIndex((secret) =>
    signatures.some((signature) => verifyHexHmac(secret, request.body, signature)),
  );
  if (signer !== -1) return { matched: true, how: 'signature', secret: signer };
  const shared = verifySharedSecret(request, { secrets });
  if (shared.matched || signatures.length === 0) return shared;
  return {
    matched: false,
    problem: {
      path: 'X-PagerDuty-Signature',
      message: 'does not match the body and the secret of this source',
    },
  };
}

function signaturesOf({ headers }: IntakeRequest): string[] {
  return (headers['x-pagerduty-signature'] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part.startsWith('v1='))
    .map((part) => part.slice('v1='.length))
    .slice(0, MAX_SIGNATURES);
}
