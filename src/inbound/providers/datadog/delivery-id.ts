import type { JsonValue } from '../../../kernel/canonical-json.ts';
import { datadogField, isRounded } from './field.ts';

/**
 * `$ID` names the event: two webhooks that one event sets off are the same, and so is each retry. The transition
 * beside it keeps a recovery apart from its alert, should an event of Datadog ever be both.
 */
export function datadogDeliveryId(payload: JsonValue): string | null {
  const id = datadogField(payload, 'id');
  if (id === null || id === '0' || isRounded(payload, 'id')) return null;
  const transition = datadogField(payload, 'alert_transition');
  return transition === null ? id : `${id} ${transition}`;
}
