import { verifyHexSignature } from '../../hex-signature.ts';
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
  context: Pick<VerifyContext, 'secrets'>,
): Verification {
  const signatures = signaturesOf(request);
  const signed = verifyHexSignature(
    { header: 'X-PagerDuty-Signature', signatures, bytes: request.body },
    context,
  );
  if (signed.matched) return signed;
  const shared = verifySharedSecret(request, context);
  return shared.matched || signatures.length === 0 ? shared : signed;
}

function signaturesOf({ headers }: IntakeRequest): string[] {
  return (headers['x-pagerduty-signature'] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part.startsWith('v1='))
    .map((part) => part.slice('v1='.length))
    .slice(0, MAX_SIGNATURES);
}
