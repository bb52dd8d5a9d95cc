import type { JsonValue } from '../../../kernel/canonical-json.ts';
import { ignored } from '../../ignored.ts';
import { isObject, textAt } from '../../json-reading.ts';
import { quoted } from '../../limited-text.ts';
import { DEFAULT_JSON_LIMITS, parseJsonText } from '../../parse-json.ts';
import type { InterpretContext, Interpretation } from '../../provider.ts';
import { interpretAlarm } from './alarm.ts';
import { isSubscribeUrl } from './amazon-urls.ts';
import { TOPIC_ARNS, topicArns } from './topic-arns.ts';

/** Only the body is read: the headers repeat it, but are not signed. */
export function interpretSns(payload: JsonValue, context: InterpretContext): Interpretation {
  const type = textAt(payload, 'Type');
  const topic = quoted(textAt(payload, 'TopicArn') ?? '');
  switch (type) {
    case 'Notification':
      return interpretNotification(payload, context);
    case 'SubscriptionConfirmation':
      return interpretSubscription(payload, context);
    case 'UnsubscribeConfirmation':
      return ignored(`the topic ${topic} no longer sends here: the subscription was ended`);
    default:
      return ignored(
        `${type === null ? 'the body is no message' : `the type ${quoted(type)} is none`} of SNS`,
      );
  }
}

function interpretNotification(payload: JsonValue, context: InterpretContext): Interpretation {
  const parsing = parseJsonText(textAt(payload, 'Message') ?? '', DEFAULT_JSON_LIMITS);
  const message = parsing.readable ? parsing.payload : null;
  if (isObject(message) && textAt(message, 'AlarmArn') !== null) {
    return interpretAlarm(message, textAt(payload, 'Timestamp'), context);
  }
  return ignored('the message is no alarm of CloudWatch: a JSON text with `AlarmArn` and `NewStateValue`');
}

/** Whoever owns a topic can have it ask; only one that the source names is answered. */
function interpretSubscription(payload: JsonValue, { settings }: InterpretContext): Interpretation {
  const topic = textAt(payload, 'TopicArn') ?? '';
  const url = textAt(payload, 'SubscribeURL') ?? '';
  const asks = `the topic ${quoted(topic)} asks to send here`;
  if (!isSubscribeUrl(url)) return ignored(`${asks}, but its SubscribeURL is not one of SNS`);
  if (topicArns(settings)?.includes(topic) === true) return { kind: 'IGNORED', reason: asks, confirm: url };
  return ignored(
    `${asks}: set ${TOPIC_ARNS} of this source to it and ask again, or open the SubscribeURL of this body`,
  );
}
