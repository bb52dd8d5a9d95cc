import type { WebhookEndpoint } from '../domain/webhook-endpoint.ts';
import type { Logger } from '../kernel/logger.ts';

/** Says of each endpoint once, by a line in the log, that it cannot be used: hand-made rows have nobody to refuse them. */
export function createUnusableEndpointsLog(
  logger: Pick<Logger, 'warn'>,
): (endpoints: Iterable<WebhookEndpoint>) => void {
  let told = new Map<string, string>();
  return (endpoints) => {
    const unusable = new Map<string, string>();
    for (const { id, state, invalidReason } of endpoints) {
      if (state !== 'INVALID') continue;
      const reason = invalidReason ?? '';
      unusable.set(id, reason);
      if (told.get(id) !== reason) {
        logger.warn({ endpointId: id, reason }, 'webhook endpoint cannot be used: it receives nothing');
      }
    }
    told = unusable;
  };
}
