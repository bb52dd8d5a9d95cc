import { z } from 'zod';
import type { SignalKind } from '../../../domain/signal.ts';
import type { JsonValue } from '../../../kernel/canonical-json.ts';
import { claimedTime } from '../../claimed-time.ts';
import { createSignal } from '../../create-signal.ts';
import { ignored } from '../../ignored.ts';
import { at, textAt } from '../../json-reading.ts';
import type { JsonObject } from '../../json-reading.ts';
import { limitText, quoted } from '../../limited-text.ts';
import type { InterpretContext, Interpretation } from '../../provider.ts';
import { schemaProblems } from '../../schema-problems.ts';
import { personName } from './person-name.ts';
import { incidentFields, incidentSchema } from './incident.ts';
import { v3Text } from './v3-text.ts';
import { kindOfEvent } from './verbs.ts';

const envelope = z.looseObject({ event_type: z.string(), data: z.looseObject({}) });

export function interpretV3(event: JsonObject, context: InterpretContext): Interpretation {
  const type = textAt(event, 'event_type');
  const kind = type === null ? null : kindOfEvent(type);
  if (type !== null && kind === null) return ignored(reasonToIgnore(type));
  const parsed = envelope.safeParse(event);
  if (!parsed.success || kind === null || type === null) {
    return { kind: 'INVALID', problems: parsed.success ? [] : schemaProblems(parsed.error, ['event']) };
  }
  return interpretIncidentEvent(event, { type, kind }, context);
}

function reasonToIgnore(type: string): string {
  if (type === 'pagey.ping') return 'pagey.ping: a test delivery of PagerDuty';
  if (type.startsWith('service.')) return `${quoted(type)} is about a service, not an incident`;
  return `the event type ${quoted(type)} is not acted on`;
}

function interpretIncidentEvent(
  event: JsonObject,
  { type, kind }: { type: string; kind: SignalKind },
  context: InterpretContext,
): Interpretation {
  const place = incidentPlace(at(event, 'data'));
  const incident = at(event, 'data', ...place);
  // Action invocations and the like need not concern an incident.
  if (kind === 'NOTE' && incident === null) return ignored(`${quoted(type)} names no incident`);
  const parsed = incidentSchema.safeParse(incident);
  if (!parsed.success)
    return { kind: 'INVALID', problems: schemaProblems(parsed.error, ['event', 'data', ...place]) };
  const warnings: string[] = [];
  const fields =
    kind === 'NOTE'
      ? {}
      : incidentFields(
          { incident, description: null, titleRequired: kind === 'TRIGGER', source: context.source },
          warnings,
        );
  const text = v3Text(type, at(event, 'data'));
  const signal = createSignal(
    {
      kind,
      key: { externalKey: parsed.data.id, reuse: 'ONCE', synthetic: false },
      claimed: claimedTime(event['occurred_at'], 'event.occurred_at', warnings),
      eventId: textAt(event, 'id'),
      fields,
      text: text === null ? null : limitText(text, 'text', warnings),
      actor: personName(event['agent'], warnings),
    },
    context,
  );
  return { kind: 'MEANT', signals: [signal], deployments: [], warnings };
}

/** `data` is the incident itself, or something that belongs to one: then its own `id` is that of the note or task. */
function incidentPlace(data: JsonValue): (string | number)[] {
  const type = textAt(data, 'type');
  if (type === 'incident' || (type === null && at(data, 'incident') === null)) return [];
  const assignments = ['incident_role_assignments', 0, 'incident'];
  return at(data, ...assignments) === null ? ['incident'] : assignments;
}
