import { SEVERITY_WORDS } from '../../domain/severity-word.ts';
import {
  ALERT_BODY_LIMIT,
  ALERT_EVENTS,
  ALERT_JSON_LIMITS,
  ALERT_STATUSES,
  interpretAlertGroup,
} from '../alert-group.ts';
import { parseJsonBody } from '../parse-json.ts';
import type { Provider } from '../provider.ts';
import { SHARED_SECRET_WAYS } from '../shared-secret.ts';
import { standardReply } from '../standard-reply.ts';
import { grafanaDialect } from './grafana/dialect.ts';
import { GRAFANA_SETTINGS, verifyGrafana } from './grafana/signature.ts';

export const grafana: Provider = {
  name: 'grafana',
  bodyLimit: ALERT_BODY_LIMIT,
  accepts: {
    description:
      'a webhook contact point of Grafana Alerting: an incident for each alert and firing, told apart by ' +
      'organisation, fingerprint and startsAt; the severity is that of the label `severity`, the service that of ' +
      'the label `service`, `service_name` or `app`; DatasourceNoData and DatasourceError are incidents of their own',
    forms: [
      '{"version": "1", "orgId", "alerts": [{"status", "labels", "annotations", "startsAt", "endsAt", "generatorURL", "fingerprint"}]}',
    ],
    events: ALERT_EVENTS,
    authentication: [
      'X-Grafana-Alerting-Signature: <hex HMAC-SHA256 of the body>, or of <seconds>:<body> with the setting timestamp_header',
      ...SHARED_SECRET_WAYS,
    ],
    severities: SEVERITY_WORDS,
    statuses: ALERT_STATUSES,
  },
  settings: GRAFANA_SETTINGS,
  // As Alertmanager, whose code it is.
  tooFastStatus: 503,
  verify: verifyGrafana,
  parse: (request) => parseJsonBody(request, ALERT_JSON_LIMITS),
  deliveryId: () => null,
  interpret: (payload, context) => interpretAlertGroup(payload, grafanaDialect, context),
  reply: standardReply,
};
