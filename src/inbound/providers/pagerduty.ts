import { SEVERITY_WORDS } from '../../domain/severity-word.ts';
import { parseJsonBody } from '../parse-json.ts';
import type { Provider } from '../provider.ts';
import { SHARED_SECRET_WAYS } from '../shared-secret.ts';
import { standardReply } from '../standard-reply.ts';
import { pagerdutyDeliveryId } from './pagerduty/delivery-id.ts';
import { PAGERDUTY_FORMS, interpretPagerduty } from './pagerduty/forms.ts';
import { verifyPagerduty } from './pagerduty/signature.ts';
import { PAGERDUTY_EVENTS, STATUS_VERBS } from './pagerduty/verbs.ts';

export const pagerduty: Provider = {
  name: 'pagerduty',
  bodyLimit: 256 * 1024,
  accepts: {
    description:
      'PagerDuty webhooks; the severity is that of the priority, else urgency high = HIGH, low = LOW',
    forms: PAGERDUTY_FORMS,
    events: PAGERDUTY_EVENTS,
    authentication: [
      'X-PagerDuty-Signature: v1=<hex HMAC-SHA256 of the body>, several separated by commas (V3)',
      ...SHARED_SECRET_WAYS,
    ],
    severities: SEVERITY_WORDS,
    statuses: STATUS_VERBS,
  },
  verify: verifyPagerduty,
  parse: (request) => parseJsonBody(request),
  deliveryId: pagerdutyDeliveryId,
  interpret: interpretPagerduty,
  reply: standardReply,
};
