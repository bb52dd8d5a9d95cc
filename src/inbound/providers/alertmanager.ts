import { SEVERITY_WORDS } from '../../domain/severity-word.ts';
import type { AlertDialect } from '../alert-dialect.ts';
import {
  ALERT_BODY_LIMIT,
  ALERT_EVENTS,
  ALERT_JSON_LIMITS,
  ALERT_STATUSES,
  interpretAlertGroup,
} from '../alert-group.ts';
import { textAt } from '../json-reading.ts';
import { parseJsonBody } from '../parse-json.ts';
import type { Provider } from '../provider.ts';
import { SHARED_SECRET_WAYS, verifySharedSecret } from '../shared-secret.ts';
import { standardReply } from '../standard-reply.ts';

const dialect: AlertDialect = {
  sender: 'Alertmanager',
  scope: () => null,
  title: () => null,
  urls: (alert, body) => [textAt(alert, 'generatorURL'), textAt(body, 'externalURL')],
  resolveText: () => null,
  otherBodies: 'a webhook receiver of Alertmanager sends one; leave its `payload` as it comes',
};

export const alertmanager: Provider = {
  name: 'alertmanager',
  bodyLimit: ALERT_BODY_LIMIT,
  accepts: {
    description:
      'a webhook receiver of Prometheus Alertmanager: an incident for each alert and firing, told apart by ' +
      'fingerprint and startsAt; the severity is that of the label `severity`, the service that of the label ' +
      '`service`, `service_name` or `app`',
    forms: [
      '{"version": "4", "alerts": [{"status", "labels", "annotations", "startsAt", "endsAt", "generatorURL", "fingerprint"}]}',
    ],
    events: ALERT_EVENTS,
    authentication: SHARED_SECRET_WAYS,
    severities: SEVERITY_WORDS,
    statuses: ALERT_STATUSES,
  },
  // It comes again after 5xx only.
  tooFastStatus: 503,
  verify: verifySharedSecret,
  parse: (request) => parseJsonBody(request, ALERT_JSON_LIMITS),
  deliveryId: () => null,
  interpret: (payload, context) => interpretAlertGroup(payload, dialect, context),
  reply: standardReply,
};
