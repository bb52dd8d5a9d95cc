import { SEVERITY_WORDS } from '../../domain/severity-word.ts';
import type { Provider } from '../provider.ts';
import { SHARED_SECRET_WAYS, verifySharedSecret } from '../shared-secret.ts';
import { standardReply } from '../standard-reply.ts';
import { parseCloudevents } from './cloudevents/content-mode.ts';
import { cloudeventsDeliveryId } from './cloudevents/delivery-id.ts';
import { cloudeventsHandshake } from './cloudevents/handshake.ts';
import { interpretCloudevents } from './cloudevents/interpret.ts';
import { STATUS_WORDS } from './generic/status-word.ts';

export const cloudevents: Provider = {
  name: 'cloudevents',
  bodyLimit: 1024 * 1024,
  accepts: {
    description:
      'CloudEvents 1.0 whose data has the form of generic webhooks; without a dedup_key, source and subject say which incident is meant',
    forms: [
      'structured: application/cloudevents+json, {"specversion": "1.0", "id", "source", "type", "subject", "time", "data"}',
      'batch: application/cloudevents-batch+json, a list of those',
      'binary: headers ce-specversion, ce-id, ce-source, ce-type, ce-subject, ce-time, and the data as body',
    ],
    events: {
      'data without status, or triggered': 'opens an incident, one for each outage of its key',
      acknowledged: 'acknowledges the incident of the key',
      resolved: 'resolves the incident of the key',
      'other data': 'ignored: it has not the form of generic webhooks',
    },
    authentication: [...SHARED_SECRET_WAYS, 'the secret in the query: ?access_token=<secret>'],
    severities: SEVERITY_WORDS,
    statuses: STATUS_WORDS,
  },
  // RFC 6750, which the specification of these webhooks leans on, has every receiver know the query parameter.
  verify: (request, context) => verifySharedSecret(request, context, request.query.getAll('access_token')),
  handshake: cloudeventsHandshake,
  parse: parseCloudevents,
  deliveryId: cloudeventsDeliveryId,
  interpret: interpretCloudevents,
  reply: standardReply,
};
