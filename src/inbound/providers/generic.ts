import { SEVERITY_WORDS } from '../../domain/severity-word.ts';
import { parseJsonBody } from '../parse-json.ts';
import type { Provider } from '../provider.ts';
import { SHARED_SECRET_WAYS, verifySharedSecret } from '../shared-secret.ts';
import { interpretGeneric } from './generic/interpret.ts';
import { genericReply } from './generic/reply.ts';
import { STATUS_WORDS } from './generic/status-word.ts';

export const generic: Provider = {
  name: 'generic',
  bodyLimit: 1024 * 1024,
  accepts: {
    description: 'any sender: one JSON object for each thing that happened',
    forms: [
      '{"title", "description", "severity", "metadata": {"source", "service", ...}}',
      'also "dedup_key", "status", "source", "service", "url", "occurred_at" (RFC 3339); header Idempotency-Key',
    ],
    events: {
      'no status, or triggered': 'opens an incident; with a dedup_key, one for each outage of that key',
      acknowledged: 'acknowledges the incident of the dedup_key',
      resolved: 'resolves the incident of the dedup_key; where there is none, opens nothing',
    },
    authentication: SHARED_SECRET_WAYS,
    severities: SEVERITY_WORDS,
    statuses: STATUS_WORDS,
  },
  verify: verifySharedSecret,
  parse: (request) => parseJsonBody(request),
  deliveryId: () => null,
  interpret: interpretGeneric,
  reply: genericReply,
};
