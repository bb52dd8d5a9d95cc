import { parseJsonBody } from '../parse-json.ts';
import type { Provider } from '../provider.ts';
import { SHARED_SECRET_WAYS, verifySharedSecret } from '../shared-secret.ts';
import { standardReply } from '../standard-reply.ts';
import { datadogDeliveryId } from './datadog/delivery-id.ts';
import { interpretDatadog } from './datadog/interpret.ts';
import { DATADOG_TEMPLATE } from './datadog/template.ts';
import { DATADOG_SEVERITIES, DATADOG_TRANSITIONS } from './datadog/words.ts';

export const datadog: Provider = {
  name: 'datadog',
  bodyLimit: 1024 * 1024,
  accepts: {
    description:
      'a webhook of the Datadog integration with the payload below: an incident for each alert cycle; the severity is ' +
      'that of the priority, else of the alert type; the service that of the tag `service:`',
    forms: [DATADOG_TEMPLATE],
    events: {
      'Triggered, Re-Triggered, Warn, Re-Warn, No Data, Re-No Data, Renotify':
        'opens the incident of the alert_cycle_key, or counts a repeated trigger and updates its fields',
      Recovered: 'resolves that incident; where there is none, opens nothing',
      'no alert_transition': 'ignored: not the alert of a monitor',
    },
    authentication: SHARED_SECRET_WAYS,
    severities: DATADOG_SEVERITIES,
    statuses: DATADOG_TRANSITIONS,
  },
  // It comes again after 5xx only.
  tooFastStatus: 503,
  verify: verifySharedSecret,
  parse: (request) => parseJsonBody(request),
  deliveryId: (_headers, payload) => datadogDeliveryId(payload),
  interpret: interpretDatadog,
  reply: standardReply,
};
