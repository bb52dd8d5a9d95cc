import type { EndpointHealth, HealthState } from './endpoint-health.ts';
import type { WebhookEndpoint } from './webhook-endpoint.ts';

/** How an endpoint does, as people are told. */
export interface ShownHealth {
  endpointId: string;
  status: HealthState;
  /** Null where nobody knows since when: it never was anything else, and its row was made by hand. */
  since: Date | null;
  consecutiveFailures: number;
  failingSince: Date | null;
  /** Null where nothing keeps it from being pushed to. */
  pausedUntil: Date | null;
  lastFailureAt: Date | null;
  lastError: string | null;
}

/**
 * What is known of the endpoint is what it did under its address. A health that calls it disabled is out of date where
 * its owner enabled it again, and one that does not where it was disabled a moment ago.
 */
export function shownHealth(
  endpoint: Pick<WebhookEndpoint, 'id' | 'url' | 'state' | 'createdAt' | 'disabledAt'>,
  stored: EndpointHealth | null,
): ShownHealth {
  const isDisabled = endpoint.state === 'DISABLED';
  const known = stored?.url === endpoint.url ? stored : null;
  const isOutdated = known === null || (known.state === 'DISABLED' && !isDisabled);
  if (isOutdated) {
    return {
      endpointId: endpoint.id,
      status: isDisabled ? 'DISABLED' : 'HEALTHY',
      since: isDisabled ? endpoint.disabledAt : endpoint.createdAt,
      consecutiveFailures: 0,
      failingSince: null,
      pausedUntil: null,
      lastFailureAt: null,
      lastError: null,
    };
  }
  const newest = known.failures.at(-1);
  return {
    endpointId: endpoint.id,
    status: isDisabled ? 'DISABLED' : known.state,
    since: isDisabled && known.state !== 'DISABLED' ? endpoint.disabledAt : known.since,
    consecutiveFailures: known.consecutiveFailures,
    failingSince: known.failingSince,
    pausedUntil: isDisabled ? null : (known.circuit?.retryAt ?? null),
    lastFailureAt: newest?.at ?? null,
    lastError: newest?.error ?? null,
  };
}
