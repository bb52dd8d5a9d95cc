import type { JsonValue } from '../../../kernel/canonical-json.ts';
import { listAt, textAt } from '../../json-reading.ts';

/** What the signature covers comes first: V3's event id, V2's message id, and last the header, which it does not cover. */
export function pagerdutyDeliveryId(
  headers: Readonly<Record<string, string>>,
  payload: JsonValue,
): string | null {
  const messages = listAt(payload, 'messages');
  const messageId = messages.length === 1 ? textAt(messages[0], 'id') : null;
  return textAt(payload, 'event', 'id') ?? messageId ?? headers['x-webhook-id'] ?? null;
}
