import { endedOverlap } from '../domain/endpoint-rotation.ts';
import type { WebhookEndpoint } from '../domain/webhook-endpoint.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { WebhookEndpointStore } from '../store/webhook-endpoint-store.ts';
import type { TroubleLog } from './trouble-log.ts';

interface SettleRotationsDeps {
  endpoints: Pick<WebhookEndpointStore, 'replaceSecrets'>;
  /** Whether the endpoint is this process's. */
  isOurs: (endpointId: string) => boolean;
  clock: Pick<Clock, 'now'>;
  logger: Logger;
  trouble: TroubleLog;
}

/** The rest is written down by the next turns. Signing goes by the time and waits for none of it. */
const AT_ONCE = 20;

/**
 * Writes down which rotations have ended: the new secret takes the place of the old one, so that a `secret` that somebody
 * writes from then on wins as it does otherwise. Never rejects.
 */
export function createSettleRotations({ endpoints, isOurs, clock, logger, trouble }: SettleRotationsDeps) {
  return async (all: Iterable<WebhookEndpoint>): Promise<void> => {
    const now = clock.now();
    let settled = 0;
    for (const endpoint of all) {
      const secrets = endedOverlap(endpoint, now);
      if (secrets === null || !isOurs(endpoint.id)) continue;
      if (settled === AT_ONCE) return;
      settled += 1;
      try {
        const outcome = await endpoints.replaceSecrets(endpoint, secrets);
        if (outcome === null || outcome === 'CHANGED_MEANWHILE') continue;
        logger.info({ endpointId: endpoint.id }, 'webhook secret of before the rotation has ended');
      } catch (error) {
        trouble('end of a webhook secret not written down', error, { endpointId: endpoint.id });
        return;
      }
    }
  };
}
