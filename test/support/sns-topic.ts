import { sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { selfSignedCertificate } from './self-signed-certificate.ts';
import type { SelfSigned } from './self-signed-certificate.ts';

export const TOPIC = 'arn:aws:sns:eu-west-1:210987654321:opslens-alarms';
export const CERTIFICATE_URL = 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0.pem';

/** What stands at the `SigningCertURL` of the fixtures, and at every other. */
export function fetchFixtureCertificate(): Promise<string> {
  const file = new URL('../fixtures/keys/sns-fixture-cert.pem', import.meta.url);
  return Promise.resolve(readFileSync(file, 'utf8'));
}

export interface SnsTopic {
  certificate: SelfSigned;
  fetchText: (url: string) => Promise<string>;
  /** A message as SNS sends it, signed unless it says what its signature is. */
  message(fields: Record<string, string>): Buffer;
  /** A message about an alarm of CloudWatch. */
  alarm(state: string, at: string, over?: Record<string, unknown>): Buffer;
}

/** A topic whose messages are signed with a key of its own. */
export function createSnsTopic(certificate = selfSignedCertificate()): SnsTopic {
  let count = 0;
  const message: SnsTopic['message'] = (fields) => {
    count += 1;
    const all: Record<string, string> = {
      Type: 'Notification',
      MessageId: `message-${count}`,
      TopicArn: TOPIC,
      Message: 'hello',
      Timestamp: '2026-03-09T12:30:00.512Z',
      SignatureVersion: '2',
      SigningCertURL: CERTIFICATE_URL,
      ...fields,
    };
    const signed = [
      'Message',
      'MessageId',
      'SubscribeURL',
      'Subject',
      'Timestamp',
      'Token',
      'TopicArn',
      'Type',
    ]
      .filter((name) => all[name] !== undefined)
      .map((name) => `${name}\n${all[name] ?? ''}\n`)
      .join('');
    const algorithm = all['SignatureVersion'] === '1' ? 'RSA-SHA1' : 'RSA-SHA256';
    const signature = sign(algorithm, Buffer.from(signed), certificate.privateKey).toString('base64');
    return Buffer.from(JSON.stringify({ Signature: signature, ...all }));
  };
  return {
    certificate,
    fetchText: () => Promise.resolve(certificate.pem),
    message,
    alarm: (state, at, over = {}) =>
      message({
        Message: JSON.stringify({
          AlarmName: 'orders-db-cpu',
          NewStateValue: state,
          NewStateReason: `now ${state}`,
          StateChangeTime: at,
          AlarmArn: 'arn:aws:cloudwatch:eu-west-1:210987654321:alarm:orders-db-cpu',
          ...over,
        }),
      }),
  };
}
