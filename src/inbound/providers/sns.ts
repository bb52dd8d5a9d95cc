import { textAt } from '../json-reading.ts';
import { parseJsonBody } from '../parse-json.ts';
import type { Provider } from '../provider.ts';
import { SHARED_SECRET_WAYS } from '../shared-secret.ts';
import { standardReply } from '../standard-reply.ts';
import { ALARM_EVENTS, ALARM_STATUSES } from './sns/alarm-states.ts';
import { createCertificates } from './sns/certificates.ts';
import { interpretSns } from './sns/interpret.ts';
import { TOPIC_ARNS } from './sns/topic-arns.ts';
import { createSnsVerify } from './sns/verify.ts';

/** Has certificates of its own in memory, so each registry makes its own. */
export function createSns(): Provider {
  return {
    name: 'sns',
    // A message of 256 KiB, whose quotes and line breaks are escaped in the envelope around it.
    bodyLimit: 1024 * 1024,
    accepts: {
      description: 'alarms of AWS CloudWatch that come through SNS, without raw message delivery',
      forms: [
        '{"Type", "MessageId", "TopicArn", "Message", "Timestamp", "SignatureVersion", "Signature", "SigningCertURL"}',
      ],
      events: {
        ...ALARM_EVENTS,
        'other messages': 'ignored',
        SubscriptionConfirmation: `confirmed where the topic is among the ${TOPIC_ARNS} of the source, else ignored`,
        UnsubscribeConfirmation: 'ignored',
      },
      authentication: [
        'the signature of SNS in the body, versions 1 and 2: always',
        `and a TopicArn among the ${TOPIC_ARNS} of the source; where these are not set, its secret:`,
        ...SHARED_SECRET_WAYS,
      ],
      severities: {},
      statuses: ALARM_STATUSES,
    },
    settings: {
      [TOPIC_ARNS]:
        'the ARNs of the topics that may send, separated by commas; their subscriptions are confirmed',
    },
    signsWithOwnKey: true,
    // SNS takes 429 and all other 4xx as delivered.
    tooFastStatus: 503,
    verify: createSnsVerify(createCertificates()),
    parse: (request) => parseJsonBody(request),
    deliveryId: (_headers, payload) => textAt(payload, 'MessageId'),
    interpret: interpretSns,
    reply: standardReply,
  };
}
