import type { ProviderRegistry } from '../inbound/registry.ts';
import type { RestReply, RestRoute } from './rest-route.ts';

/** Says which webhooks are taken in and in which form, so that a sender can see that the address is right. */
export function createTestRoute({ providers }: { providers: ProviderRegistry }): RestRoute {
  return {
    method: 'GET',
    path: '/api/v1/webhooks/test',
    scope: null,
    bodyLimit: 0,
    handle: (): RestReply => ({
      status: 200,
      body: {
        status: 'ok',
        message: 'OpsLens takes in webhooks at POST /api/v1/webhooks/{provider}',
        providers: [...providers.values()].map(({ name, bodyLimit, accepts, settings = {} }) => ({
          name,
          path: `/api/v1/webhooks/${name}`,
          description: accepts.description,
          forms: accepts.forms,
          events: accepts.events,
          authentication: accepts.authentication,
          ...(Object.keys(accepts.severities).length > 0 && { severities: accepts.severities }),
          ...(Object.keys(accepts.statuses).length > 0 && { statuses: accepts.statuses }),
          ...(Object.keys(settings).length > 0 && { settings }),
          body_limit: bodyLimit,
        })),
      },
    }),
  };
}
