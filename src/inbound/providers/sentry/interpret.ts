import type { JsonValue } from '../../../kernel/canonical-json.ts';
import { createSignal } from '../../create-signal.ts';
import { ignored } from '../../ignored.ts';
import { at, isObject, textAt } from '../../json-reading.ts';
import { limitText, quoted } from '../../limited-text.ts';
import type { InterpretContext, Interpretation } from '../../provider.ts';
import { SENTRY_EVENTS } from './events.ts';
import { hookTime } from './hook-time.ts';

export function interpretSentry(payload: JsonValue, context: InterpretContext): Interpretation {
  const { headers } = context;
  const resource = headers['sentry-hook-resource']?.trim() || resourceOfShape(at(payload, 'data'));
  const action = textAt(payload, 'action');
  if (resource === null || action === null) return ignored(reasonOfForm(payload));
  const event = SENTRY_EVENTS.get(`${resource}.${action}`);
  if (event === undefined) return ignored(reasonToIgnore(resource, action));
  const warnings: string[] = [];
  const reading = event.read(at(payload, 'data'), { action, sentAt: hookTime(headers), warnings });
  const { externalKey, idPath, at: claimed, tie, fields, text } = reading;
  if (externalKey === null) {
    return {
      kind: 'INVALID',
      problems: [{ path: idPath, message: 'Required: the id of what this is about' }],
    };
  }
  const actor = at(payload, 'actor', 'type') === 'user' ? textAt(payload, 'actor', 'name') : null;
  const signals = event.kinds.map((kind) =>
    createSignal(
      {
        kind,
        key: { externalKey, reuse: 'ONCE', synthetic: false },
        claimed,
        eventId: tie,
        fields: kind === 'TRIGGER' ? fields : {},
        text: text === null || kind === 'TRIGGER' ? null : limitText(text, 'text', warnings),
        actor: actor === null ? null : limitText(actor, 'actor', warnings),
      },
      context,
    ),
  );
  return { kind: 'MEANT', signals, deployments: [], warnings: [...new Set(warnings)] };
}

/** For senders that lost the header on the way. */
function resourceOfShape(data: JsonValue): string | null {
  if (isObject(at(data, 'metric_alert'))) return 'metric_alert';
  if (isObject(at(data, 'event'))) return 'event_alert';
  if (isObject(at(data, 'error'))) return 'error';
  if (isObject(at(data, 'issue'))) return 'issue';
  if (at(data, 'comment_id') !== null) return 'comment';
  return isObject(at(data, 'installation')) ? 'installation' : null;
}

function reasonOfForm(payload: JsonValue): string {
  return isObject(payload) && isObject(payload['event']) && payload['project'] !== undefined
    ? 'this is the form of the legacy webhooks plugin, which does not sign: create an internal integration instead'
    : 'the body has not the form of an integration webhook: an object with `action` and `data`';
}

function reasonToIgnore(resource: string, action: string): string {
  const name = quoted(`${resource}.${action}`);
  if (resource === 'installation') return `${name} is about the integration, not an incident`;
  return `${name} is not acted on`;
}
