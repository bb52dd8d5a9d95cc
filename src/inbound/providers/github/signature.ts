import { verifyHexHmac } from '../../../domain/signing.ts';
import type { IntakeRequest } from '../../intake.ts';
import type { Verification, VerifyContext } from '../../provider.ts';

const PREFIX = 'sha256=';
const PATH = 'X-Hub-Signature-256';

export function verifyGithubSignature(
  { headers, body }: IntakeRequest,
  { secrets }: Pick<VerifyContext, 'secrets'>,
): Verification {
  const header = headers['x-hub-signature-256']?.trim();
  if (header === undefined || header === '') {
    return refused('is missing: this source has a secret, which is to be entered at GitHub too');
  }
  if (!header.startsWith(PREFIX)) return refused(`does not begin with ${PREFIX}`);
  const secret = secrets.findIndex((value) => verifyHexHmac(value, body, header.slice(PREFIX.length)));
  if (secret === -1) return refused('does not match the body and the secret of this source');
  return { matched: true, how: 'signature', secret };
}

function refused(message: string): Verification {
  return { matched: false, problem: { path: PATH, message } };
}
