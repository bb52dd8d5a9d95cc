import { assertNever } from '../kernel/assert-never.ts';
import type { DisabledReason, WebhookEndpoint } from './webhook-endpoint.ts';

const DISABLED_FOR: Record<DisabledReason, string> = {
  GONE: 'it answered 410 Gone',
  FAILING: 'it did nothing but fail for five days',
};

/** Null where an endpoint receives, or will once it is resumed. */
export function whyItReceivesNothing(
  endpoint: Pick<WebhookEndpoint, 'state' | 'invalidReason' | 'disabledReason' | 'disabledAt'>,
): string | null {
  const { state, invalidReason, disabledReason, disabledAt } = endpoint;
  switch (state) {
    case 'ACTIVE':
    case 'PAUSED':
      return null;
    case 'INACTIVE':
      return 'the endpoint is switched off; set isActive to true first';
    case 'DISABLED': {
      const since = disabledAt === null ? '' : ` at ${disabledAt.toISOString()}`;
      const why = disabledReason === null ? '' : `, since ${DISABLED_FOR[disabledReason]}`;
      return `OpsLens disabled the endpoint${since}${why}; set isActive to true first`;
    }
    case 'INVALID':
      return `the endpoint cannot be used: ${invalidReason ?? 'its row is invalid'}`;
    default:
      return assertNever(state);
  }
}
