import { DEFAULT_JSON_LIMITS } from '../parse-json.ts';
import type { Provider } from '../provider.ts';
import { standardReply } from '../standard-reply.ts';
import { GITHUB_EVENTS, interpretGithub } from './github/events.ts';
import { parseGithubBody } from './github/parse-body.ts';
import { verifyGithubSignature } from './github/signature.ts';

/** A push of GitHub names up to 2,048 commits, each with some twenty keys. */
const JSON_LIMITS = { ...DEFAULT_JSON_LIMITS, keys: 100_000 };

export const github: Provider = {
  name: 'github',
  bodyLimit: 25 * 1024 * 1024,
  accepts: {
    description: 'GitHub repository and organisation webhooks',
    forms: ['application/json', 'application/x-www-form-urlencoded with the JSON in `payload`'],
    events: GITHUB_EVENTS,
    authentication: ['X-Hub-Signature-256: sha256=<hex HMAC-SHA256 of the body>'],
    severities: {},
    statuses: {},
  },
  verify: verifyGithubSignature,
  parse: (request) => parseGithubBody(request, JSON_LIMITS),
  deliveryId: (headers) => headers['x-github-delivery'] ?? null,
  interpret: interpretGithub,
  reply: standardReply,
};
