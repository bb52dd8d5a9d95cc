import { verifyHexSignature } from '../../hex-signature.ts';
import type { IntakeRequest } from '../../intake.ts';
import { notVerified } from '../../not-verified.ts';
import type { Verification, VerifyContext } from '../../provider.ts';

const PREFIX = 'sha256=';
const HEADER = 'X-Hub-Signature-256';

export function verifyGithubSignature(
  { headers, body: bytes }: IntakeRequest,
  context: Pick<VerifyContext, 'secrets'>,
): Verification {
  const sent = headers['x-hub-signature-256']?.trim() ?? '';
  if (sent === '') {
    return notVerified(HEADER, 'is missing: this source has a secret, which is to be entered at GitHub too');
  }
  if (!sent.startsWith(PREFIX)) return notVerified(HEADER, `does not begin with ${PREFIX}`);
  return verifyHexSignature({ header: HEADER, signatures: [sent.slice(PREFIX.length)], bytes }, context);
}
