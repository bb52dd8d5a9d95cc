import { DEFAULT_JSON_LIMITS, parseJsonBody } from '../parse-json.ts';
import { textAt } from '../json-reading.ts';
import type { Provider } from '../provider.ts';
import { SHARED_SECRET_WAYS, verifySharedSecret } from '../shared-secret.ts';
import { standardReply } from '../standard-reply.ts';
import { interpretStatuspage } from './statuspage/interpret.ts';
import { STATUSPAGE_SEVERITIES } from './statuspage/severity.ts';
import { STATUSPAGE_EVENTS, STATUSPAGE_STATUSES } from './statuspage/statuses.ts';

/** Each update of a long incident names all the components of a large page. */
const JSON_LIMITS = { ...DEFAULT_JSON_LIMITS, keys: 100_000 };

export const statuspage: Provider = {
  name: 'statuspage',
  bodyLimit: 1024 * 1024,
  accepts: {
    description:
      'subscriptions to an Atlassian Statuspage, which can set no header: the secret goes into the URL',
    forms: ['{"page", "incident": {"id", "name", "impact", "incident_updates": [newest first]}}'],
    events: STATUSPAGE_EVENTS,
    authentication: SHARED_SECRET_WAYS,
    severities: STATUSPAGE_SEVERITIES,
    statuses: STATUSPAGE_STATUSES,
  },
  verify: verifySharedSecret,
  parse: (request) => parseJsonBody(request, JSON_LIMITS),
  // Of the newest update. One that is edited afterwards is not told again.
  deliveryId: (_headers, payload) => textAt(payload, 'incident', 'incident_updates', 0, 'id'),
  interpret: interpretStatuspage,
  reply: standardReply,
};
