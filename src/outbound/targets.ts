import type { WebhookEndpoint } from '../domain/webhook-endpoint.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Target } from './endpoint-pump.ts';
import { signingKeys } from './push-headers.ts';

interface TargetsDeps {
  openSecret: (endpoint: WebhookEndpoint) => string;
  logger: Logger;
}

export interface Targets {
  /** Undefined where the endpoint is paused, or its secret cannot be opened: neither sent nor cancelled then. */
  of(endpoint: WebhookEndpoint): Target;
  /** Forgets the endpoints that are not named. */
  keep(ids: { has(id: string): boolean }): void;
}

/** Opens each endpoint's secret once for as long as its row stays the same. */
export function createTargets({ openSecret, logger }: TargetsDeps): Targets {
  const known = new Map<string, { signature: string; target: Target }>();

  const make = (endpoint: WebhookEndpoint): Target => {
    try {
      const { url, headers, ratePerSecond, maxInFlight } = endpoint;
      return { url, headers, ratePerSecond, maxInFlight, keys: signingKeys(openSecret(endpoint)) };
    } catch (error) {
      logger.error(
        { err: error, endpointId: endpoint.id },
        'webhook secret cannot be opened, nothing is sent',
      );
      return undefined;
    }
  };

  return {
    of(endpoint) {
      if (endpoint.state === 'PAUSED') return undefined;
      if (endpoint.state !== 'ACTIVE') return null;
      const { url, secret, headers, ratePerSecond, maxInFlight } = endpoint;
      const signature = JSON.stringify([url, secret, headers, ratePerSecond, maxInFlight]);
      const before = known.get(endpoint.id);
      if (before?.signature === signature) return before.target;
      const target = make(endpoint);
      known.set(endpoint.id, { signature, target });
      return target;
    },
    keep(ids) {
      for (const id of known.keys()) if (!ids.has(id)) known.delete(id);
    },
  };
}
