import type { JsonValue } from '../../../kernel/canonical-json.ts';
import { isObject } from '../../json-reading.ts';
import type { InterpretContext, Interpretation } from '../../provider.ts';
import { interpretMessages } from './messages.ts';
import { interpretV3 } from './v3.ts';

export const PAGERDUTY_FORMS = [
  'V3: {"event": {"id", "event_type", "occurred_at", "data"}}',
  'V2: {"messages": [{"id", "event": "incident.trigger", "created_on", "incident", "log_entries"}]}',
  'the guide\'s: {"messages": [{"event": "incident.triggered", "incident"}]}',
  'V1 is recognised and ignored',
] as const;

/** One endpoint takes all forms that PagerDuty ever had: the body says which one it is. */
export function interpretPagerduty(payload: JsonValue, context: InterpretContext): Interpretation {
  if (isObject(payload)) {
    if (isObject(payload['event'])) return interpretV3(payload['event'], context);
    if (Array.isArray(payload['messages'])) return interpretMessages(payload['messages'], context);
  }
  return {
    kind: 'IGNORED',
    reason: 'the body has none of the known forms: neither an `event` object (V3) nor a list `messages` (V2)',
  };
}
