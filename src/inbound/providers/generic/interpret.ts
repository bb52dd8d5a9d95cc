import { receiptKey } from '../../../domain/incident-state.ts';
import type { IncidentFields } from '../../../domain/incident.ts';
import { parseTimestamp } from '../../../domain/plausible-time.ts';
import { SEVERITY_WORDS } from '../../../domain/severity-word.ts';
import type { JsonValue } from '../../../kernel/canonical-json.ts';
import { createSignal } from '../../create-signal.ts';
import type { SignalDraft } from '../../create-signal.ts';
import { isObject, textAt } from '../../json-reading.ts';
import type { JsonObject } from '../../json-reading.ts';
import { limitText, limitUrl } from '../../limited-text.ts';
import type { InterpretContext, Interpretation } from '../../provider.ts';
import { tableSeverity } from '../../table-severity.ts';
import { isBlank, readForm } from './form.ts';
import type { GenericForm } from './form.ts';
import { kindOfStatus } from './status-word.ts';

export function interpretGeneric(payload: JsonValue, context: InterpretContext): Interpretation {
  if (!isObject(payload)) {
    const what = Array.isArray(payload) ? 'a list: send one request for each item' : 'no object';
    return {
      kind: 'INVALID',
      problems: [{ path: '', message: `Expected a JSON object, but the body is ${what}` }],
    };
  }
  return interpretForm(payload, envelopeOf(context), context);
}

/** What is taken from around a form where the form itself does not say it. */
export interface FormEnvelope {
  key: SignalDraft['key'];
  claimed: Date | null;
  source: string | null;
  eventId: string | null;
}

/** Of a form that comes alone: it is known by its webhook. */
function envelopeOf({ receiptId }: InterpretContext): FormEnvelope {
  const key = { externalKey: receiptKey(receiptId), reuse: 'ONCE', synthetic: true } as const;
  return { key, claimed: null, source: null, eventId: null };
}

export function interpretForm(
  payload: JsonObject,
  envelope: FormEnvelope,
  context: Pick<InterpretContext, 'source' | 'receivedAt' | 'newId'>,
): Interpretation {
  const reading = readForm(payload, envelope.key.reuse === 'EPISODES');
  if (!reading.valid) return { kind: 'INVALID', problems: reading.problems };
  const { form } = reading;
  const warnings: string[] = [];
  const kind = isBlank(form.status) ? 'TRIGGER' : (kindOfStatus(form.status) ?? 'TRIGGER');
  const signal = createSignal(
    {
      kind,
      key: keyOf(form, envelope, warnings),
      claimed: isBlank(form.occurred_at) ? envelope.claimed : parseTimestamp(form.occurred_at),
      eventId: envelope.eventId,
      fields: fieldsOf(form, envelope, warnings),
      text: null,
      actor: null,
    },
    context,
  );
  return { kind: 'MEANT', signals: [signal], deployments: [], warnings };
}

function keyOf(form: GenericForm, { key }: FormEnvelope, warnings: string[]): SignalDraft['key'] {
  if (!isBlank(form.dedup_key)) {
    return { externalKey: form.dedup_key, reuse: 'EPISODES', synthetic: false };
  }
  if (typeof form.dedup_key === 'string') warnings.push('dedup_key is blank and is passed over');
  return key;
}

function fieldsOf(form: GenericForm, { source }: FormEnvelope, warnings: string[]): Partial<IncidentFields> {
  const { title, description, severity, url } = form;
  const service = isBlank(form.service) ? textAt(metadataOf(form), 'service') : form.service;
  const named = isBlank(form.source) ? (textAt(metadataOf(form), 'source') ?? source) : form.source;
  const usableUrl = isBlank(url) ? null : limitUrl(url, warnings);
  return {
    ...(!isBlank(title) && { title: limitText(title.trim(), 'title', warnings) }),
    ...(!isBlank(description) && { description: limitText(description, 'description', warnings) }),
    ...(!isBlank(severity) && { severity: tableSeverity(SEVERITY_WORDS, severity, warnings) }),
    ...(service !== null && { service: limitText(service, 'service', warnings) }),
    ...(usableUrl !== null && { url: usableUrl }),
    ...(named !== null && { source: limitText(named, 'source', warnings) }),
  };
}

/** Validated to be an object; what is in it is the sender's own. */
function metadataOf({ metadata }: GenericForm): JsonValue {
  return (metadata ?? null) as JsonValue;
}
