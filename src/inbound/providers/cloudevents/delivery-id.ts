import type { JsonValue } from '../../../kernel/canonical-json.ts';
import { batchIdentity, eventIdentity } from './attributes.ts';
import { contentMode } from './content-mode.ts';
import { headerAttributes } from './header-attributes.ts';

export function cloudeventsDeliveryId(
  headers: Readonly<Record<string, string>>,
  payload: JsonValue,
): string | null {
  const mode = contentMode(headers, payload);
  if (mode === 'BINARY') return eventIdentity(headerAttributes(headers).attributes);
  return Array.isArray(payload) ? batchIdentity(payload) : eventIdentity(payload);
}
