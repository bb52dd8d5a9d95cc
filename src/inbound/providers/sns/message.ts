import { z } from 'zod';
import { parseJsonBody } from '../../parse-json.ts';
import type { IntakeRequest } from '../../intake.ts';

/** One line each: what is signed is lines, and a value with a line break could pass for two fields. */
const line = z.string().regex(/^[^\r\n]+$/);

const common = {
  Message: z.string(),
  MessageId: line,
  Timestamp: line,
  TopicArn: z.string().regex(/^arn:[\w-]+:sns:[\w-]+:\d+:[\w.-]{1,260}$/),
  SignatureVersion: z.string(),
  Signature: z.string(),
  SigningCertURL: z.string(),
};

const confirmation = { ...common, SubscribeURL: line, Token: line };

const schema = z.discriminatedUnion('Type', [
  z.looseObject({ ...common, Type: z.literal('Notification'), Subject: z.string().nullish() }),
  z.looseObject({ ...confirmation, Type: z.literal('SubscriptionConfirmation') }),
  z.looseObject({ ...confirmation, Type: z.literal('UnsubscribeConfirmation') }),
]);

/** A message in SNS's own envelope. Nothing in it is verified yet. */
export type SnsMessage = z.infer<typeof schema>;

/** Null where the body is none: only what has all that is signed can be verified. */
export function readMessage(request: Pick<IntakeRequest, 'body'>): SnsMessage | null {
  const parsed = parseJsonBody(request);
  const message = parsed.readable ? schema.safeParse(parsed.payload) : null;
  return message?.success === true ? message.data : null;
}

/** What SNS signs: names and values of these fields in the order of their names, a line each. */
export function signedText(message: SnsMessage): string {
  const { Message, MessageId, Timestamp, TopicArn, Type } = message;
  const fields =
    message.Type === 'Notification'
      ? {
          Message,
          MessageId,
          ...(typeof message.Subject === 'string' && { Subject: message.Subject }),
          Timestamp,
          TopicArn,
          Type,
        }
      : {
          Message,
          MessageId,
          SubscribeURL: message.SubscribeURL,
          Timestamp,
          Token: message.Token,
          TopicArn,
          Type,
        };
  return Object.entries(fields)
    .map(([name, value]) => `${name}\n${value}\n`)
    .join('');
}
