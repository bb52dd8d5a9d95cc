import { parseJsonBody } from '../parse-json.ts';
import type { Provider } from '../provider.ts';
import { SHARED_SECRET_WAYS, verifySharedSecret } from '../shared-secret.ts';
import { standardReply } from '../standard-reply.ts';
import { OPSGENIE_ACTIONS, OPSGENIE_EVENTS, OPSGENIE_SEVERITIES } from './opsgenie/actions.ts';
import { interpretOpsgenie } from './opsgenie/interpret.ts';

export const opsgenie: Provider = {
  name: 'opsgenie',
  bodyLimit: 1024 * 1024,
  accepts: {
    description:
      'the webhook integration of Opsgenie: an incident for each alert; the severity is that of the priority, the ' +
      'service that of a tag `service:`, else the entity',
    forms: [
      '{"action": "Create", "alert": {"alertId", "message", "priority", "createdAt", "updatedAt", ...}}',
    ],
    events: OPSGENIE_EVENTS,
    authentication: SHARED_SECRET_WAYS,
    severities: OPSGENIE_SEVERITIES,
    statuses: OPSGENIE_ACTIONS,
  },
  verify: verifySharedSecret,
  parse: (request) => parseJsonBody(request),
  deliveryId: () => null,
  interpret: interpretOpsgenie,
  reply: standardReply,
};
