import type { PublicJwk } from '../access/webhook-signing-keys.ts';
import type { RestReply, RestRoute } from './rest-route.ts';

/** Receivers may keep it for so long; a new key must be shown that long before it signs. */
const MAX_AGE_SECONDS = 3600;

/** The JWK set (RFC 7517) by which `v1a` signatures of outgoing webhooks are verified. Open to all: it holds no secret. */
export function createWebhookKeysRoute({ publicKeys }: { publicKeys: readonly PublicJwk[] }): RestRoute {
  const reply: RestReply = {
    status: 200,
    body: { keys: publicKeys.map((key) => ({ ...key })) },
    headers: {
      'Content-Type': 'application/jwk-set+json',
      'Cache-Control': `public, max-age=${MAX_AGE_SECONDS}`,
    },
  };
  return {
    method: 'GET',
    path: '/.well-known/webhook-keys',
    scope: null,
    bodyLimit: 0,
    handle: () => reply,
  };
}
