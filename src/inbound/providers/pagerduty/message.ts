import { z } from 'zod';
import type { Signal, SignalKind } from '../../../domain/signal.ts';
import type { JsonValue } from '../../../kernel/canonical-json.ts';
import { claimedTime } from '../../claimed-time.ts';
import { createSignal } from '../../create-signal.ts';
import type { Problem } from '../../intake.ts';
import { at, listAt, textAt } from '../../json-reading.ts';
import { limitText } from '../../limited-text.ts';
import type { InterpretContext } from '../../provider.ts';
import { schemaProblems } from '../../schema-problems.ts';
import { personName } from './person-name.ts';
import { incidentFields, incidentSchema } from './incident.ts';
import { kindOfEvent } from './verbs.ts';

const messageSchema = z.looseObject({
  event: z.string(),
  incident: incidentSchema.extend({ description: z.string().nullish() }),
});

export type MessageReading = { kind: 'SIGNAL'; signal: Signal } | { kind: 'INVALID'; problems: Problem[] };

export interface MessagePlace {
  index: number;
  context: InterpretContext;
  warnings: string[];
}

/** One message whose event we act on. */
export function interpretMessage(
  message: JsonValue,
  { index, context, warnings }: MessagePlace,
): MessageReading {
  const path = ['messages', index];
  const parsed = messageSchema.safeParse(message);
  if (!parsed.success) return { kind: 'INVALID', problems: schemaProblems(parsed.error, path) };
  const kind = kindOfEvent(parsed.data.event);
  if (kind === null)
    return { kind: 'INVALID', problems: [{ path: `${path.join('.')}.event`, message: 'unknown' }] };
  const text = textOf(message, kind);
  const signal = createSignal(
    {
      kind,
      key: { externalKey: parsed.data.incident.id, reuse: 'ONCE', synthetic: false },
      claimed: claimedTime(at(message, 'created_on'), `messages.${index}.created_on`, warnings),
      eventId: textAt(message, 'id'),
      fields: kind === 'NOTE' ? {} : fieldsOf(message, kind, context.source, warnings),
      text: text === null ? null : limitText(text, 'text', warnings),
      actor: personName(at(message, 'log_entries', 0, 'agent'), warnings),
    },
    context,
  );
  return { kind: 'SIGNAL', signal };
}

function fieldsOf(
  message: JsonValue,
  kind: SignalKind,
  source: string,
  warnings: string[],
): Signal['fields'] {
  const incident = at(message, 'incident');
  const description = descriptionOf(message, kind, warnings);
  return incidentFields({ incident, description, titleRequired: kind === 'TRIGGER', source }, warnings);
}

/** V2's `description` only repeats the title; what was reported is in the log entry of the trigger. */
function descriptionOf(message: JsonValue, kind: SignalKind, warnings: string[]): string | null {
  const channel = at(message, 'log_entries', 0, 'channel');
  if (kind === 'TRIGGER' && at(channel, 'details_omitted') === true) {
    warnings.push('PagerDuty left the details out: the webhook would have been too large');
  }
  const details = kind === 'TRIGGER' ? detailsText(at(channel, 'details')) : null;
  if (details !== null) return details;
  const description = textAt(message, 'incident', 'description');
  return description === textAt(message, 'incident', 'title') ? null : description;
}

function detailsText(details: JsonValue): string | null {
  if (typeof details !== 'object' || details === null) return textAt(details);
  const lines = Object.entries(details).map(
    ([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return lines.length === 0 ? null : lines.join('\n');
}

function textOf(message: JsonValue, kind: SignalKind): string | null {
  const entry = at(message, 'log_entries', 0);
  const note = textAt(entry, 'channel', 'content') ?? textAt(entry, 'note');
  if (kind !== 'NOTE') return textAt(entry, 'note');
  if (textAt(message, 'event')?.includes('annotate') === true) {
    return note ?? textAt(entry, 'channel', 'summary') ?? textAt(entry, 'summary') ?? 'Note added';
  }
  return textAt(entry, 'summary') ?? verbText(message);
}

/** `incident.escalate` becomes "Escalate: Ines Duarte". */
function verbText(message: JsonValue): string {
  const verb = (textAt(message, 'event') ?? '').replace(/^incident\./, '').replaceAll(/[._]/g, ' ');
  const people = listAt(message, 'incident', 'assignments').flatMap(
    (item) => textAt(item, 'assignee', 'summary') ?? [],
  );
  const sentence = verb.charAt(0).toUpperCase() + verb.slice(1);
  return people.length === 0 ? sentence : `${sentence}: ${people.join(', ')}`;
}
