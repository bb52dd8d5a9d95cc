import type { IncidentFields } from '../../../domain/incident.ts';
import type { JsonValue } from '../../../kernel/canonical-json.ts';
import { boundedId } from '../../bounded-id.ts';
import { createSignal } from '../../create-signal.ts';
import type { SignalDraft } from '../../create-signal.ts';
import { epochTime } from '../../epoch-time.ts';
import { at, isObject } from '../../json-reading.ts';
import { limitText, limitUrl, quoted } from '../../limited-text.ts';
import type { InterpretContext, Interpretation } from '../../provider.ts';
import { serviceOfTags } from '../../service-of-tags.ts';
import { meaningOf } from '../../word-table.ts';
import { datadogDeliveryId } from './delivery-id.ts';
import { datadogField, isRounded } from './field.ts';
import { plainTitle } from './plain-title.ts';
import { datadogSeverity } from './severity.ts';
import { DATADOG_TRANSITIONS } from './words.ts';

const NO_TRANSITION =
  'the body has no alert_transition: give the webhook in Datadog the payload that GET /api/v1/webhooks/test shows. ' +
  'Events that are no monitor alerts have no transition and are not acted on';

export function interpretDatadog(payload: JsonValue, context: InterpretContext): Interpretation {
  const transition = isObject(payload) ? datadogField(payload, 'alert_transition') : null;
  if (transition === null) return { kind: 'IGNORED', reason: NO_TRANSITION };
  const kind = meaningOf(DATADOG_TRANSITIONS, transition);
  if (kind === null) {
    return { kind: 'IGNORED', reason: `the alert_transition ${quoted(transition)} is not acted on` };
  }
  const warnings: string[] = [];
  const key = keyOf(payload, warnings);
  if (key === null) {
    const message = 'Required: "$ALERT_CYCLE_KEY"; or "$AGGREG_KEY" as aggreg_key';
    return { kind: 'INVALID', problems: [{ path: 'alert_cycle_key', message }] };
  }
  const signal = createSignal(
    {
      kind,
      key,
      claimed:
        epochTime(readable(payload, 'date'), 'date', warnings) ??
        epochTime(readable(payload, 'last_updated'), 'last_updated', warnings),
      eventId: datadogDeliveryId(payload),
      fields: {
        ...(kind === 'TRIGGER' && openingFields(payload, warnings)),
        ...commonFields(payload, warnings),
      },
      text: null,
      actor: null,
    },
    context,
  );
  return { kind: 'MEANT', signals: [signal], deployments: [], warnings };
}

/** A cycle runs from trigger to recovery; what events are aggregated by is used for one alert after another. */
function keyOf(payload: JsonValue, warnings: string[]): SignalDraft['key'] | null {
  const cycle = datadogField(payload, 'alert_cycle_key');
  const name = cycle === null ? 'aggreg_key' : 'alert_cycle_key';
  const key = cycle ?? datadogField(payload, name);
  if (key === null) return null;
  if (isRounded(payload, name)) {
    warnings.push(`${name} is a number too long to be read exactly: put quotes around it in the payload`);
  }
  return { externalKey: boundedId(key), reuse: cycle === null ? 'EPISODES' : 'ONCE', synthetic: false };
}

/** A time as it was rendered, but for variables that came to nothing. */
function readable(payload: JsonValue, name: string): JsonValue {
  return datadogField(payload, name) === null ? null : at(payload, name);
}

/** What a recovery says of it is about the recovery. */
function openingFields(payload: JsonValue, warnings: string[]): Partial<IncidentFields> {
  const body = withoutMarkdownMarks(datadogField(payload, 'body') ?? '');
  const severity = datadogSeverity(payload, warnings);
  return {
    title: limitText(titleOf(payload, warnings), 'title', warnings),
    ...(body !== '' && { description: limitText(body, 'description', warnings) }),
    ...(severity !== null && { severity }),
  };
}

function titleOf(payload: JsonValue, warnings: string[]): string {
  const title = datadogField(payload, 'title');
  if (title !== null) return plainTitle(title);
  warnings.push('the alert has no title');
  return `Datadog monitor ${datadogField(payload, 'alert_id') ?? 'without a name'}`;
}

/** Datadog puts Markdown between two lines of `%%%`. */
function withoutMarkdownMarks(body: string): string {
  const text = body.startsWith('%%%') ? body.slice(3).trim() : body;
  return text.endsWith('%%%') ? text.slice(0, -3).trim() : text;
}

function commonFields(payload: JsonValue, warnings: string[]): Partial<IncidentFields> {
  const link = datadogField(payload, 'link');
  const url = link === null ? null : limitUrl(link, warnings);
  const service = serviceOfTags(at(payload, 'tags')) ?? serviceOfTags(at(payload, 'alert_scope'));
  return {
    ...(url !== null && { url }),
    ...(service !== null && { service: limitText(service, 'service', warnings) }),
  };
}
