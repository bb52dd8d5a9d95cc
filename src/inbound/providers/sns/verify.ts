import { verify as verifySignature } from 'node:crypto';
import { assertNever } from '../../../kernel/assert-never.ts';
import type { IntakeRequest } from '../../intake.ts';
import { quoted } from '../../limited-text.ts';
import { notVerified } from '../../not-verified.ts';
import type { Provider, Verification, VerifyContext } from '../../provider.ts';
import { verifySharedSecret } from '../../shared-secret.ts';
import { isCertificateUrl } from './amazon-urls.ts';
import type { FindCertificate } from './certificates.ts';
import { readMessage, signedText } from './message.ts';
import type { SnsMessage } from './message.ts';
import type { SigningCertificate } from './signing-certificate.ts';
import { TOPIC_ARNS, topicArns } from './topic-arns.ts';

const ALGORITHMS: ReadonlyMap<string, string> = new Map([
  ['1', 'RSA-SHA1'],
  ['2', 'RSA-SHA256'],
]);

/**
 * SNS signs for whoever has a topic. So its signature alone proves nothing: the topic must be one of the source's, or the
 * sender know its secret. That comes first, and strangers make nobody fetch a certificate.
 */
export function createSnsVerify(findCertificate: FindCertificate): Provider['verify'] {
  return (request, context) => {
    const message = readMessage(request);
    if (message === null) return notVerified('', reasonOfForm(request));
    const leave = mayUse(message, request, context);
    if (!leave.matched) return leave;
    const algorithm = ALGORITHMS.get(message.SignatureVersion);
    if (algorithm === undefined) return notVerified('SignatureVersion', 'must be 1 or 2');
    if (!isCertificateUrl(message.SigningCertURL)) {
      return notVerified(
        'SigningCertURL',
        'must be an https URL of sns.<region>.amazonaws.com that ends in .pem',
      );
    }
    return findCertificate(message.SigningCertURL, context).then((found) => {
      switch (found.kind) {
        case 'CERTIFICATE':
          return isSigned(message, algorithm, found.certificate, context.now)
            ? leave
            : notVerified(
                'Signature',
                'does not match the message and its certificate, or that is out of date',
              );
        case 'WRONG':
          return notVerified('SigningCertURL', found.message);
        case 'AWAY':
          return { ...notVerified('SigningCertURL', found.message), status: 503 };
        default:
          return assertNever(found);
      }
    });
  };
}

/** Whether this topic, or this sender, may use the source at all, if it is who it says. */
function mayUse(message: SnsMessage, request: IntakeRequest, context: VerifyContext): Verification {
  const { settings, secrets, unsignedAllowed } = context;
  const topics = topicArns(settings);
  const how = 'signature of SNS';
  if (topics !== null) {
    return topics.includes(message.TopicArn)
      ? { matched: true, how, secret: null }
      : notVerified('TopicArn', `${quoted(message.TopicArn)} is not among the ${TOPIC_ARNS} of this source`);
  }
  if (secrets.length > 0) {
    const shared = verifySharedSecret(request, { secrets });
    return shared.matched ? { ...shared, how: `${how} and ${shared.how}` } : shared;
  }
  if (unsignedAllowed) return { matched: true, how, secret: null };
  const advice = `anybody's topic is signed by SNS: set ${TOPIC_ARNS} of this source to ${quoted(message.TopicArn)}`;
  return notVerified('TopicArn', advice);
}

function isSigned(
  message: SnsMessage,
  algorithm: string,
  { key, validFrom, validTo }: SigningCertificate,
  now: Date,
): boolean {
  if (now < validFrom || now > validTo) return false;
  const signature = Buffer.from(message.Signature, 'base64');
  return verifySignature(algorithm, Buffer.from(signedText(message)), key, signature);
}

function reasonOfForm({ headers }: IntakeRequest): string {
  return headers['x-amz-sns-rawdelivery'] === undefined
    ? 'the body is no message of SNS with its signature'
    : 'raw message delivery leaves the signature out: switch it off for this subscription';
}
