import type { IncidentFields } from '../../../domain/incident.ts';
import type { SignalKind } from '../../../domain/signal.ts';
import type { JsonValue } from '../../../kernel/canonical-json.ts';
import { createSignal } from '../../create-signal.ts';
import { boundedId } from '../../bounded-id.ts';
import { ignored } from '../../ignored.ts';
import { at, isObject, listAt, textAt } from '../../json-reading.ts';
import { limitText, limitUrl, quoted } from '../../limited-text.ts';
import type { InterpretContext, Interpretation } from '../../provider.ts';
import { tableSeverity } from '../../table-severity.ts';
import { STATUSPAGE_SEVERITIES } from './severity.ts';
import { phaseOf } from './statuses.ts';
import { readUpdates } from './updates.ts';
import type { StatuspageUpdate } from './updates.ts';

export function interpretStatuspage(payload: JsonValue, context: InterpretContext): Interpretation {
  const incident = at(payload, 'incident');
  if (!isObject(incident)) return ignored(reasonOfForm(payload));
  const id = textAt(incident, 'id');
  if (id === null) {
    return {
      kind: 'INVALID',
      problems: [{ path: 'incident.id', message: 'Required: the id of the incident' }],
    };
  }
  const reason = reasonToIgnore(incident);
  if (reason !== null) return ignored(reason);
  const warnings: string[] = [];
  const updates = readUpdates(incident, warnings);
  const fields = fieldsOf(incident, updates, warnings);
  const key = { externalKey: boundedId(id), reuse: 'ONCE', synthetic: false } as const;
  const signals = updates.flatMap((update, index) =>
    update.kinds.map((kind, place) =>
      createSignal(
        {
          kind,
          key,
          claimed: update.at,
          eventId: update.eventId,
          fields: place > 0 ? {} : index === updates.length - 1 ? fields : fieldsOfOlder(kind, fields),
          text: textOf(update, kind, warnings),
          actor: null,
        },
        context,
      ),
    ),
  );
  return { kind: 'MEANT', signals, deployments: [], warnings: [...new Set(warnings)] };
}

function reasonOfForm(payload: JsonValue): string {
  return isObject(at(payload, 'component_update'))
    ? 'component_update is about the state of a component, not an incident'
    : 'the body has not the form of a Statuspage webhook: there is no `incident` object';
}

function reasonToIgnore(incident: JsonValue): string | null {
  const status = textAt(incident, 'incident_updates', 0, 'status');
  if (status === null) return 'the incident has no updates';
  const phase = phaseOf(status);
  const isPlanned = textAt(incident, 'impact') === 'maintenance' || at(incident, 'scheduled_for') !== null;
  if (phase === 'MAINTENANCE' || isPlanned) return 'a maintenance is planned, not an incident';
  return phase === null ? `the status ${quoted(status)} is not understood` : null;
}

/** All of them with the newest update, absent ones too: what it does not say is not left over from an older one. */
function fieldsOf(
  incident: JsonValue,
  updates: readonly StatuspageUpdate[],
  warnings: string[],
): IncidentFieldsOfPage {
  const name = textAt(incident, 'name');
  if (name === null) warnings.push('the incident has no name');
  const impact = textAt(incident, 'impact');
  const url = textAt(incident, 'shortlink');
  const components = listAt(incident, 'components');
  const component = components.length === 1 ? textAt(components[0], 'name') : null;
  // The words of the resolve are for the timeline: they do not say what it was.
  const description = (updates.findLast(({ phase }) => phase === 'OPEN') ?? updates.at(-1))?.body ?? '';
  return {
    title: limitText(name ?? `Statuspage incident ${textAt(incident, 'id') ?? ''}`, 'title', warnings),
    description: limitText(description, 'description', warnings),
    severity: impact === null ? 'MEDIUM' : tableSeverity(STATUSPAGE_SEVERITIES, impact, warnings),
    service: component === null ? null : limitText(component, 'service', warnings),
    url: url === null ? null : limitUrl(url, warnings),
  };
}

type IncidentFieldsOfPage = Omit<IncidentFields, 'source'>;

/** What opens an incident needs a title. */
function fieldsOfOlder(kind: SignalKind, { title }: IncidentFieldsOfPage): Partial<IncidentFields> {
  return kind === 'TRIGGER' ? { title } : {};
}

function textOf({ status, body }: StatuspageUpdate, kind: SignalKind, warnings: string[]): string {
  const word = `${status.charAt(0).toUpperCase()}${status.slice(1)}`;
  const text = body === null ? word : kind === 'NOTE' ? `${word}: ${body}` : body;
  return limitText(text, 'text', warnings);
}
