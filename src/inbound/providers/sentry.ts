import { DEFAULT_JSON_LIMITS, parseJsonBody } from '../parse-json.ts';
import type { Provider } from '../provider.ts';
import { standardReply } from '../standard-reply.ts';
import { SENTRY_ACCEPTS } from './sentry/events.ts';
import { interpretSentry } from './sentry/interpret.ts';
import { SENTRY_SEVERITIES } from './sentry/severity.ts';
import { verifySentrySignature } from './sentry/signature.ts';

/** An event comes with its stack traces, each frame with its variables. */
const JSON_LIMITS = { ...DEFAULT_JSON_LIMITS, keys: 100_000 };

export const sentry: Provider = {
  name: 'sentry',
  bodyLimit: 2 * 1024 * 1024,
  accepts: {
    description:
      'webhooks of a Sentry integration; an issue, its events and its alert rules meet in one incident, a metric alert has its own',
    forms: ['{"action", "data", "installation", "actor"}, the resource in the header Sentry-Hook-Resource'],
    ...SENTRY_ACCEPTS,
    authentication: [
      "Sentry-Hook-Signature: <hex HMAC-SHA256 of the body with the integration's client secret>",
    ],
    severities: SENTRY_SEVERITIES,
  },
  verify: verifySentrySignature,
  parse: (request) => parseJsonBody(request, JSON_LIMITS),
  deliveryId: (headers) => headers['request-id'] ?? null,
  interpret: interpretSentry,
  reply: standardReply,
};
